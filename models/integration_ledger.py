from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

ERASE_SETTING = "integration_management.erase_ledger_of"


class IntegrationLedger(models.AbstractModel):
    """Base of registers whose rows are added and never changed, down to SQL.

    The employer must be able to prove what was agreed to and what was passed on (Art. 5 (2)
    and 7 (1) GDPR). A trigger on the evidence columns holds against everybody who writes
    through Odoo, superuser code and plain SQL included.
    """

    _name = "integration.ledger"
    _inherit = ["integration.filed", "integration.secured"]
    _description = "Register of Evidence"
    # The columns the trigger guards; everything but bookkeeping. No stored compute among them
    # but with precompute, no many2many: both are written after the row itself.
    _ledger_columns = ()

    def _auto_init(self):
        # PostgreSQL changes no type of a column that a trigger names: an update goes first.
        if self._auto:
            self._drop_guard()
        return super()._auto_init()

    def init(self):  # pylint: disable=missing-return
        super().init()
        if self._auto:
            self._create_guard()

    @api.model
    def _guard_names(self):
        return {
            "table": SQL.identifier(self._table),
            "trigger": SQL.identifier(f"{self._table}_guard"),
            "guard": SQL.identifier(f"{self._table}_guard"),
            "erase": SQL.identifier(f"{self._table}_erase"),
        }

    @api.model
    def _drop_guard(self):
        """Take away trigger and functions, for an update of the table or its removal."""
        names = self._guard_names()
        self.env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s CASCADE", names["guard"]))
        self.env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s", names["erase"]))

    @api.model
    def _create_guard(self):
        """Create the trigger, and the one function that may delete a whole client's rows."""
        names = self._guard_names()
        columns = SQL(", ").join(SQL.identifier(column) for column in self._ledger_columns)
        self._drop_guard()
        self.env.cr.execute(SQL(
            """
            CREATE FUNCTION %(guard)s() RETURNS trigger LANGUAGE plpgsql AS $guard$
            BEGIN
                IF TG_OP = 'DELETE'
                   AND current_setting(%(setting)s, true) = OLD.client_id::text THEN
                    RETURN OLD;
                END IF;
                RAISE EXCEPTION 'Rows of %% are evidence: they are neither changed nor deleted. '
                    'Record a further event instead.', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END $guard$;
            CREATE TRIGGER %(trigger)s BEFORE DELETE OR UPDATE OF %(columns)s ON %(table)s
                FOR EACH ROW EXECUTE FUNCTION %(guard)s();
            CREATE FUNCTION %(erase)s(client integer) RETURNS void LANGUAGE plpgsql AS $erase$
            BEGIN
                PERFORM set_config(%(setting)s, client::text, true);
                DELETE FROM %(table)s WHERE client_id = client;
                PERFORM set_config(%(setting)s, '', true);
            END $erase$;
            """,
            setting=ERASE_SETTING, columns=columns, **names,
        ))

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._(
            "This register is never changed. Record a further event instead and give the reason."
        ))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ledger(self):
        raise UserError(self.env._(
            "This register is never deleted from. Record a further event instead."
        ))

    def copy_data(self, default=None):
        raise UserError(self.env._("Evidence cannot be duplicated."))

    @api.model
    def _erase_ledger(self, clients):
        """Delete every row of ``clients``: for the retention of whole files, nothing else."""
        self.flush_model()
        for client in clients:
            self.env.cr.execute(SQL("SELECT %s(%s)", self._guard_names()["erase"], client.id))
        self.env.invalidate_all()
