from odoo import api, models


class IntegrationPlanSheet(models.AbstractModel):
    """The agreement sheet: one page that client and case worker sign."""

    _name = "report.integration_management.integration_plan_sheet"
    _inherit = ["integration.paper"]
    _description = "Agreement Sheet"

    @api.model
    def _get_report_values(self, docids, data=None):
        plans = self._opened("integration.plan", docids)
        return {"doc_ids": plans.ids, "doc_model": plans._name, "docs": plans}
