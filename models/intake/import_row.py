import json

from odoo import api, fields, models
from odoo.tools import SQL

# Verdicts of rows of which nothing has become yet, and which may be entered
OPEN = ("new", "known")


class IntegrationImportRow(models.Model):
    """One row of a file: what would become of it, and then what did.

    What it says is kept until it is entered. What stays is its number, what became of it and a
    hash that only this database can compute, by which the same row is known again.
    """

    _name = "integration.import.row"
    _inherit = ["integration.secured"]
    _description = "Row of an Import"
    _order = "batch_id desc, number, id"
    _check_company_auto = True
    _system_fields = frozenset(
        {
            "batch_id", "number", "says", "label", "verdict", "message", "row_hash", "client_id",
            "household_key", "household_id", "made",
        }
    )  # fmt: skip

    batch_id = fields.Many2one(
        "integration.import.batch",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="batch_id.company_id", string="Employer", store=True, precompute=True, index=True
    )
    user_id = fields.Many2one(
        related="batch_id.user_id", string="Imported By", store=True, precompute=True, index=True
    )
    number = fields.Integer(string="Row", required=True, readonly=True)
    label = fields.Char(string="Person", readonly=True)
    says = fields.Json(readonly=True, export_string_translation=False)
    take = fields.Boolean(
        string="Enter",
        help="Whether the row is entered. One that is perhaps known already is entered only if "
        "this is ticked.",
    )
    verdict = fields.Selection(
        [
            ("new", "New"),
            ("known", "Perhaps known already"),
            ("same", "Same as another row"),
            ("before", "Imported before"),
            ("unread", "Cannot be read"),
            ("entered", "Entered"),
            ("waiting", "Entered, waits for consent"),
            ("failed", "Not entered"),
            ("left", "Left out"),
            ("undone", "Undone"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    message = fields.Char(string="Remark", readonly=True)
    client_id = fields.Many2one(
        "integration.client",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    household_key = fields.Char(readonly=True, export_string_translation=False)
    household_id = fields.Many2one(
        "integration.household",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    row_hash = fields.Char(readonly=True, index=True, export_string_translation=False)
    made = fields.Json(readonly=True, export_string_translation=False)

    @api.depends("number")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._("Row %s", row.number)

    def _locked_fields(self):
        if self.verdict not in OPEN:
            return super()._locked_fields() | {"take"}
        return super()._locked_fields()

    def _ticked(self):
        """Return the rows that are to be entered."""
        return self.filtered(lambda row: row.take and row.verdict in OPEN)

    def _keep_made(self, made):
        """Write down what became of rows that were entered, and clear what they said.

        In one go: the values are our own, and there are thousands.

        :param made: {row: {"client_id", "verdict", "household_id", "made"}}
        """
        self.flush_recordset()
        told = [made[row] for row in self]
        columns = {name: [one.get(name) for one in told] for name in ("client_id", "household_id")}
        self.env.cr.execute(
            SQL(
                """UPDATE integration_import_row AS own
                      SET client_id = new.client_id, household_id = new.household_id,
                          verdict = new.verdict, made = new.made::jsonb, says = NULL, label = NULL,
                          message = CASE WHEN new.verdict = 'waiting' THEN own.message END
                     FROM unnest(%s::int[], %s::int[], %s::int[], %s::text[], %s::text[])
                          AS new (id, client_id, household_id, verdict, made)
                    WHERE own.id = new.id""",
                self.ids,
                columns["client_id"],
                columns["household_id"],
                [one["verdict"] for one in told],
                [json.dumps(one["made"]) if "made" in one else None for one in told],
            )
        )
        self.invalidate_recordset()
