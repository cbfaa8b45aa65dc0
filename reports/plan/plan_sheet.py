from odoo import api, models


class IntegrationPlanSheet(models.AbstractModel):
    """The agreement sheet: one page that client and case worker sign."""

    _name = "report.integration_management.integration_plan_sheet"
    _description = "Agreement Sheet"

    @api.model
    def _get_report_values(self, docids, data=None):
        plans = self.env["integration.plan"].browse(docids)
        # Odoo checks no groups before it prints; anyone who may not read gets no sheet.
        plans.check_access("read")
        self.env["integration.access.log"]._log("print", plans.client_id)
        return {"doc_ids": plans.ids, "doc_model": plans._name, "docs": plans}
