from odoo import fields, models
from odoo.exceptions import UserError


class IntegrationCase(models.Model):
    """The assessments of a case, and how they lead to its plan."""

    _inherit = "integration.case"

    assessment_ids = fields.One2many("integration.assessment", "case_id", string="Assessments")

    def action_new_assessment(self):
        """Open an empty assessment of the case; nothing is saved before something is entered."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_assessment_action"
        )
        return dict(
            action,
            views=[(False, "form")],
            view_mode="form",
            context={"integration_show_name": True, "default_case_id": self.id},
        )

    def _draft_of_plan(self):
        """Return the draft of the plan: the one there is, the next version, or a first one."""
        self.ensure_one()
        plans = self.env["integration.plan"].search([("case_id", "=", self.id)])
        draft = plans.filtered(lambda plan: plan.state == "draft")
        if draft:
            return draft
        agreed = plans.filtered(lambda plan: plan.state == "agreed")
        if agreed:
            return plans.browse(agreed.action_new_version()["res_id"])
        return plans.create({"case_id": self.id})

    def _close(self, reason, date_end):
        """Refuse to end a case before its last assessment; see the base for the rest."""
        later = self.env["integration.assessment"].search_count(
            [("case_id", "in", self.ids), ("date", ">", date_end)], limit=1
        )
        if later:
            raise UserError(
                self.env._(
                    "%s: there is an assessment after that day. Choose a later end, or correct the "
                    "day of the assessment.",
                    ", ".join(self.mapped("file_number")),
                )
            )
        return super()._close(reason, date_end)
