from odoo import api, fields, models
from odoo.exceptions import UserError

TARGETS = [
    ("name", "Full Name"),
    ("last_name", "Last Name"),
    ("first_name", "First Name"),
    ("birthdate", "Date of Birth"),
    ("gender", "Gender"),
    ("languages", "Languages"),
    ("interpreter_needed", "Interpreter Needed"),
    ("phone", "Phone"),
    ("email", "Email"),
    ("street", "Street"),
    ("zip", "ZIP"),
    ("city", "City"),
    ("household", "Household"),
    ("household_role", "Role in the Household"),
    ("nationalities", "Nationalities"),
    ("date_arrival_country", "In Germany Since"),
    ("consent_date", "Consent Signed On"),
    ("consent_paper", "Paper Filed"),
    ("guardian", "Guardian"),
    ("case_start", "Start of the Case"),
    ("municipality", "Municipality"),
]


class IntegrationImportMappingLine(models.Model):
    """What one column of a file is; a column without a field is left out."""

    _name = "integration.import.mapping.line"
    _inherit = ["integration.secured"]
    _description = "Column of an Import"
    _order = "id"
    _check_company_auto = True
    _system_fields = frozenset({"column"})
    _fixed_fields = frozenset({"mapping_id"})

    mapping_id = fields.Many2one(
        "integration.import.mapping",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="mapping_id.company_id", string="Employer", store=True, precompute=True, index=True
    )
    column = fields.Char(string="Column of the File", required=True, readonly=True)
    target = fields.Selection(TARGETS, string="Is", help="Empty: the column is left out.")

    @api.depends("column")
    def _compute_display_name(self):
        for line in self:
            line.display_name = self.env._("Column %s", line.id)

    @api.constrains("target")
    def _check_target_once(self):
        for mapping in self.mapping_id:
            targets = [line.target for line in mapping.line_ids if line.target]
            twice = {name for name in targets if targets.count(name) > 1}
            if twice:
                labels = dict(self._fields["target"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "Two columns are “%s”. Choose one of them and leave the other one empty.",
                        ", ".join(sorted(labels[name] for name in twice)),
                    )
                )
