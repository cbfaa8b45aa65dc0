from odoo import api, fields, models
from odoo.exceptions import UserError


class IntegrationReportFact(models.Model):
    """Ids of the rows behind the cells of a submitted report, packed by figure.

    They say later why a number would be another one today: entered late, corrected, merged,
    deleted, handed over. Numbers without a name, which outlive an anonymised client and then
    point to nobody. No role has a right to them; the engine alone reads them.
    """

    _name = "integration.report.fact"
    _inherit = ["integration.door"]
    _description = "Rows behind Submitted Figures"

    report_id = fields.Many2one("integration.report", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="report_id.company_id", store=True, precompute=True, index=True
    )
    measure = fields.Char(required=True)
    monthly = fields.Boolean(help="Counted for each month alone, not for the whole period.")
    # No foreign keys: what is deleted one day must not change what was submitted.
    groups = fields.Json(help="Month, item, worker, employer, municipality, and the ids.")

    def _locked_fields(self):
        return frozenset(self._fields if self.report_id.state == "submitted" else ())

    def _locked_message(self, names):
        return self.env._("Submitted figures cannot be changed.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if "submitted" in self.mapped("report_id.state"):
            raise UserError(self.env._("Submitted figures cannot be changed."))
