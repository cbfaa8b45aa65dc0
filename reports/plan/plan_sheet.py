from odoo import api, models


class IntegrationPlanSheet(models.AbstractModel):
    """The agreement sheet as a plan offers it: a draft as it stands, else what was agreed."""

    _name = "report.integration_management.integration_plan_sheet"
    _inherit = ["integration.paper"]
    _description = "Sheet of a Plan"

    @api.model
    def _get_report_values(self, docids, data=None):
        plans = self._opened("integration.plan", docids)
        return {
            "doc_ids": plans.ids,
            "doc_model": plans._name,
            "docs": plans,
            "pages": [self._page(plan) for plan in plans],
        }

    @api.model
    def _page(self, plan):
        """Return the page of ``plan``: of an agreed one the last sheet that was made of it."""
        sheets = self.env["integration.agreement.sheet"]
        made = plan.sheet_ids.sorted("id")[-1:]
        if made and plan.date_agreed:
            words = made._frozen_words()
        else:
            language = self._paper_language(plan.client_id)
            words = sheets._words(plan, language, {}, draft=not plan.date_agreed)
        marks = []
        if not plan.date_agreed:
            marks.append("agreement.draft_plan")
        elif plan.state == "ended":
            marks.append("agreement.ended")
        papers = self.env["report.integration_management.integration_agreement_paper"]
        return papers._page(words, marks)
