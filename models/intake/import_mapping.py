from odoo import api, fields, models
from odoo.fields import Command

from .cells import plain, target


class IntegrationImportMapping(models.Model):
    """Which column of another system's file is what; found again by the names of the columns.

    It belongs to the employer and holds names of columns alone, never a cell.
    """

    _name = "integration.import.mapping"
    _inherit = ["integration.secured"]
    _description = "Columns of an Import"
    _order = "id desc"
    _check_company_auto = True
    _system_fields = frozenset({"signature", "name"})
    _fixed_fields = frozenset({"company_id"})

    name = fields.Char(required=True, readonly=True, export_string_translation=False)
    company_id = fields.Many2one(
        "res.company", string="Employer", required=True, index=True, readonly=True,
        default=lambda self: self.env.company,
    )  # fmt: skip
    signature = fields.Char(
        required=True, readonly=True, index=True, export_string_translation=False
    )
    line_ids = fields.One2many("integration.import.mapping.line", "mapping_id", string="Columns")

    @api.depends("line_ids")
    def _compute_display_name(self):
        for mapping in self:
            mapping.display_name = self.env._("%s columns", len(mapping.line_ids))

    @api.model
    def _for_columns(self, company, columns):
        """Return the mapping of the employer for these columns, made anew if there is none."""
        signature = "|".join(sorted(plain(column) for column in columns))
        found = self.search(
            [("company_id", "=", company.id), ("signature", "=", signature)], limit=1
        )
        if found:
            return found
        taken, lines = set(), []
        for column in columns:
            field = target(column)
            # Two columns for one field: the first one, and the user says if it is the other.
            field = False if field in taken else field
            taken.add(field)
            lines.append(Command.create({"column": column, "target": field}))
        # sudo: integration.import.mapping - the employer is the batch's own, names of columns only
        mappings = self.sudo()._as_system()
        mapping = mappings.create(
            {
                "company_id": company.id,
                "name": self.env._("Columns"),
                "signature": signature,
                "line_ids": lines,
            }
        )
        return mapping.with_env(self.env)

    def _targets(self):
        """Return {column: field} as the mapping says."""
        return {line.column: line.target for line in self.line_ids if line.target}
