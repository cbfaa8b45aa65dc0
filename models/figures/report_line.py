from odoo import api, fields, models
from odoo.exceptions import UserError


class IntegrationReportLine(models.Model):
    """One line of figures as it was counted: numbers and words together.

    Nothing here refers to clients, so that deleting a person changes no printed figure.
    Written by the report alone (no role has write access).
    """

    _name = "integration.report.line"
    _inherit = ["integration.door"]
    _description = "Line of the Official Figures"
    _order = "report_id, sequence, id"

    report_id = fields.Many2one("integration.report", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="report_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer()
    code = fields.Char(required=True)
    rule = fields.Char(required=True)
    unit = fields.Char(required=True)
    item = fields.Integer(help="Id of the channel, area or topic; 0 for the indicator itself.")
    level = fields.Integer()
    texts = fields.Json(help="Label, group and definition by language.")
    figures = fields.Json(help="Numbers by breakdown, in the order of the report's columns.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if "submitted" in self.mapped("report_id.state"):
            raise UserError(self.env._("Submitted figures cannot be changed."))

    def _locked_fields(self):
        return frozenset(self._fields if self.report_id.state == "submitted" else ())

    def _locked_message(self, names):
        return self.env._("Submitted figures cannot be changed.")
