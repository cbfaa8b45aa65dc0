from odoo import api, fields, models
from odoo.tools import SQL


class IntegrationEvidenceKinds(models.AbstractModel):
    """Evidence that names kinds of information: a release, an entry of the register.

    A many2many is a table of its own. So the codes stand in the row as well, frozen with it, and
    the table of the kinds has a guard that holds it to them: what a paper prints from the kinds
    stays what was signed.
    """

    _name = "integration.evidence.kinds"
    _inherit = ["integration.evidence"]
    _description = "Evidence That Names Kinds of Information"
    # From when on the kinds of a row are evidence
    _kinds_frozen = SQL("TRUE")

    kind_ids = fields.Many2many(
        "integration.information.kind",
        string="Kinds of Information",
        required=True,
        check_company=True,
        context={"active_test": False},
    )
    kind_codes = fields.Char(readonly=True, copy=False)

    @api.model
    def _with_kind_codes(self, vals):
        """Return ``vals`` of a new record with the kinds as evidence beside the many2many.

        Kinds that come by ``default_kind_ids`` are written out: what is passed on must not
        depend on where it was entered.
        """
        vals = {**self.default_get(["kind_ids"]), **vals}
        chosen = self.new({"kind_ids": vals.get("kind_ids")}).kind_ids._origin
        return dict(vals, kind_codes=chosen._joined_codes())

    def _frozen_codes(self):
        """Return the codes of the kinds as they were signed or recorded."""
        self.ensure_one()
        return set(filter(None, (self.kind_codes or "").split(", ")))

    # ------------------------------------------------------------
    # The guard in the database
    # ------------------------------------------------------------

    @api.model
    def _kinds_names(self):
        field = self._fields["kind_ids"]
        return {
            "relation": SQL.identifier(field.relation),
            "row": SQL.identifier(field.column1),
            "kind": SQL.identifier(field.column2),
            "table": SQL.identifier(self._table),
            "guard": SQL.identifier(f"{self._table}_kinds_guard"),
            "guard_all": SQL.identifier(f"{self._table}_kinds_guard_all"),
        }

    @api.model
    def _drop_guard(self):  # pylint: disable=missing-return
        super()._drop_guard()
        self.env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s CASCADE", self._kinds_names()["guard"]))

    @api.model
    def _create_guard(self):  # pylint: disable=missing-return
        super()._create_guard()
        # A row that is gone takes its kinds along: that is the retention of a whole file.
        self.env.cr.execute(
            SQL(
                """
            CREATE FUNCTION %(guard)s() RETURNS trigger LANGUAGE plpgsql AS $guard$
            BEGIN
                IF TG_OP = 'INSERT' AND EXISTS (
                    SELECT 1 FROM %(table)s AS parent, integration_information_kind AS kind
                     WHERE parent.id = NEW.%(row)s AND kind.id = NEW.%(kind)s
                       AND kind.code = ANY(string_to_array(parent.kind_codes, ', '))
                ) THEN
                    RETURN NEW;
                END IF;
                IF TG_OP <> 'TRUNCATE' AND NOT EXISTS (
                    SELECT 1 FROM %(table)s AS parent
                     WHERE parent.id = COALESCE(NEW.%(row)s, OLD.%(row)s) AND %(frozen)s
                ) THEN
                    RETURN COALESCE(NEW, OLD);
                END IF;
                RAISE EXCEPTION 'Rows of %% are evidence: they are neither changed nor deleted. '
                    'Record a further event instead.', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END $guard$;
            CREATE TRIGGER %(guard)s BEFORE INSERT OR UPDATE OR DELETE ON %(relation)s
                FOR EACH ROW EXECUTE FUNCTION %(guard)s();
            CREATE TRIGGER %(guard_all)s BEFORE TRUNCATE ON %(relation)s
                FOR EACH STATEMENT EXECUTE FUNCTION %(guard)s();
            """,
                frozen=self._kinds_frozen,
                **self._kinds_names(),
            )
        )
