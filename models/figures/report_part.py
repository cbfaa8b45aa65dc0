from odoo import api, fields, models
from odoo.exceptions import UserError


class IntegrationReportPart(models.AbstractModel):
    """Base of what a report consists of: once submitted, nothing is changed, added or taken."""

    _name = "integration.report.part"
    _inherit = ["integration.door"]
    _description = "Part of the Official Figures"
    # Not moved over into figures that are submitted
    _fixed_fields = frozenset({"report_id"})

    report_id = fields.Many2one("integration.report", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="report_id.company_id", store=True, precompute=True, index=True
    )

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        ids = {
            vals.get("report_id") or self.env.context.get("default_report_id") for vals in vals_list
        }
        # sudo: whether they are submitted; reports are counted for people without write access
        reports = self.env["integration.report"].sudo().browse(filter(None, ids))
        self._check_not_submitted(reports)
        return vals_list

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._check_not_submitted(self.report_id)

    def _check_not_submitted(self, reports):
        if "submitted" in reports.mapped("state"):
            raise UserError(self._locked_message(frozenset()))

    def _locked_fields(self):
        return frozenset(self._fields if self.report_id.state == "submitted" else ())

    def _locked_message(self, names):
        return self.env._("Submitted figures cannot be changed.")
