from odoo import api, fields, models


class IntegrationCase(models.Model):
    """To whom the client of a case was referred, and the way there."""

    _inherit = "integration.case"

    referral_ids = fields.One2many("integration.referral", "case_id", string="Referrals")
    referral_count = fields.Integer(compute="_compute_counts", string="Number of Referrals")

    @api.depends("referral_ids")
    def _compute_present(self):
        return super()._compute_present()

    @api.model
    def _counted(self):
        return {**super()._counted(), "referral_count": "integration.referral"}

    def action_refer(self):
        """Refer the client: the directory opens at once."""
        self.ensure_one()
        return self._action_refer()

    def action_open_referrals(self):
        """List the referrals of this case."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_referral_action"
        )
        return dict(
            action,
            domain=[("case_id", "=", self.id)],
            context={"default_case_id": self.id, "integration_show_name": True},
        )

    def _action_refer(self, **defaults):
        """Return the action that opens a new referral of this case."""
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_referral_action_new"
        )
        context = {"default_case_id": self.id, "integration_show_name": True}
        context.update({key: value for key, value in defaults.items() if value})
        return dict(action, context=context)
