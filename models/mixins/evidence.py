from odoo import api, models
from odoo.tools import SQL

ERASE_SETTING = "integration_management.erase_ledger_of"


class IntegrationEvidence(models.AbstractModel):
    """Base of tables whose rows prove something, and are frozen by the database itself.

    The employer must be able to prove what was told, agreed to and passed on (Art. 5 (2) and
    7 (1) GDPR). Triggers on the evidence columns, on the id that others refer to and on emptying
    the table hold against everybody who writes through Odoo, superuser code and plain SQL
    included. The owner of the database can still take them away; that is no accident then.
    """

    _name = "integration.evidence"
    _description = "Evidence"
    # The columns the trigger guards; everything but bookkeeping. No stored compute among them
    # but with precompute, no many2many: both are written after the row itself.
    _ledger_columns = ()
    # Columns that are filled in later, once: a withdrawal, the scan of the signed paper
    _ledger_once_columns = ()
    # From when on a row is evidence, as a condition on OLD (a new one has none) and NEW
    _ledger_frozen = SQL("TRUE")
    # Whether a row may not even be added under that condition: parts of something frozen
    _ledger_guards_insert = False

    def _auto_init(self):
        # PostgreSQL changes no type of a column that a trigger names: an update goes first.
        if self._auto:
            self._drop_guard()
        return super()._auto_init()

    @api.private
    def init(self):  # pylint: disable=missing-return
        super().init()
        if self._auto:
            # Behind the columns that an update adds, which are filled in only then.
            if hasattr(self.pool, "_post_init_queue"):
                self.pool.post_init(self._guard_filled)
            else:
                self._guard_filled()

    @api.model
    def _guard_filled(self):
        """Guard the table once an update has computed what its new columns hold."""
        self.flush_model()
        self._create_guard()

    @api.model
    def _guard_names(self):
        return {
            "table": SQL.identifier(self._table),
            "trigger": SQL.identifier(f"{self._table}_guard"),
            "trigger_all": SQL.identifier(f"{self._table}_guard_all"),
            "guard": SQL.identifier(f"{self._table}_guard"),
            "erase": SQL.identifier(f"{self._table}_erase"),
        }

    @api.model
    def _drop_guard(self):
        """Take away triggers and functions, for an update of the table or its removal."""
        names = self._guard_names()
        self.env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s CASCADE", names["guard"]))
        self.env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s", names["erase"]))

    @api.model
    def _create_guard(self):
        """Create the triggers, and the one function that may delete a whole client's rows."""
        names = self._guard_names()
        columns = SQL(", ").join(SQL.identifier(column) for column in self._ledger_columns)
        of_client = "client_id" in self._fields
        self._drop_guard()
        self.env.cr.execute(
            SQL(
                """
            CREATE FUNCTION %(guard)s() RETURNS trigger LANGUAGE plpgsql AS $guard$
            BEGIN
                -- Emptying the whole table knows no rows to look at
                IF TG_OP <> 'TRUNCATE' THEN
                    IF %(erasing)s THEN
                        RETURN OLD;
                    END IF;
                    -- Without an argument: the guard of the row, which may not be evidence yet
                    IF TG_NARGS = 0 AND NOT (%(frozen)s) THEN
                        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
                    END IF;
                END IF;
                RAISE EXCEPTION 'Rows of %% are evidence: they are neither changed nor deleted. '
                    'Record a further event instead.', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END $guard$;
            CREATE TRIGGER %(trigger)s BEFORE %(insert)s DELETE OR UPDATE OF id, %(columns)s
                ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(guard)s();
            CREATE TRIGGER %(trigger_all)s BEFORE TRUNCATE
                ON %(table)s FOR EACH STATEMENT EXECUTE FUNCTION %(guard)s();
            """,
                columns=columns,
                frozen=self._ledger_frozen,
                insert=SQL("INSERT OR") if self._ledger_guards_insert else SQL(),
                erasing=SQL(
                    "TG_OP = 'DELETE' AND current_setting(%s, true) = OLD.client_id::text",
                    ERASE_SETTING,
                )
                if of_client
                else SQL("FALSE"),
                **names,
            )
        )
        for column in self._ledger_once_columns:
            self.env.cr.execute(
                SQL(
                    """
                CREATE TRIGGER %(trigger)s BEFORE UPDATE OF %(column)s ON %(table)s
                    FOR EACH ROW WHEN (OLD.%(column)s IS NOT NULL)
                    EXECUTE FUNCTION %(guard)s('once')
                """,
                    **dict(names, trigger=SQL.identifier(f"{self._table}_guard_{column}")),
                    column=SQL.identifier(column),
                )
            )
        if of_client:
            self._create_eraser(names)

    @api.model
    def _create_eraser(self, names):
        self.env.cr.execute(
            SQL(
                """
            CREATE FUNCTION %(erase)s(client integer) RETURNS void LANGUAGE plpgsql AS $erase$
            BEGIN
                PERFORM set_config(%(setting)s, client::text, true);
                %(deletes)s
                PERFORM set_config(%(setting)s, '', true);
            END $erase$;
            """,
                setting=ERASE_SETTING,
                deletes=self._erase_statements(names),
                **names,
            )
        )

    @api.model
    def _erase_statements(self, names):
        """Return the statements that delete what there is of the client ``client``."""
        return SQL("DELETE FROM %(table)s WHERE client_id = client;", **names)

    @api.model
    def _erase_ledger(self, clients):
        """Delete every row of ``clients``: for the retention of whole files, nothing else."""
        self.flush_model()
        for client in clients:
            self.env.cr.execute(SQL("SELECT %s(%s)", self._guard_names()["erase"], client.id))
        self.env.invalidate_all()
