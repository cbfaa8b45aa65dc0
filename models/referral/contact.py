from odoo import api, fields, models


class IntegrationContact(models.Model):
    """What a talk was about keeps within the limits of the work; who was referred in it."""

    _name = "integration.contact"
    _inherit = ["integration.contact", "integration.guarded"]
    _content_fields = frozenset({"note_text", "rail_reason"})

    referral_ids = fields.One2many("integration.referral", "contact_id", string="Referrals")

    @api.model
    def _rail_names(self):
        # All that decides whether it is a talk with somebody, too
        return [
            "topic_ids", "area_ids", "channel_id", "reached", "cancelled", "case_id", "company_id",
        ]  # fmt: skip

    def _rails(self):
        topics = self.topic_ids._origin
        areas = topics.area_id | self.area_ids._origin
        channel = self.channel_id._origin if self.reached else self.channel_id.browse()
        company = self.company_id._origin or self.env.company
        rails = self.env["integration.guard.rail"]
        return rails._at(company, topic=topics, area=areas, channel=channel)

    def _binding_rails(self):
        """Ask for reasons and referrals where somebody of whom there is a file was spoken to.

        An unnamed talk has no file to hold them; its words would be the first about a person
        who has not agreed (county standard 2.2).
        """
        rails = super()._binding_rails()
        if self.case_id and self.is_talk:
            return rails
        return rails.filtered(lambda rail: rail.kind == "stop")

    def _rail_topics(self, rail):
        topics = self.topic_ids
        return topics.filtered(
            lambda topic: topic in rail.topic_ids or topic.area_id in rail.area_ids
        )

    def action_refer(self):
        """Refer the client from this talk: the directory opens at once."""
        self.ensure_one()
        return self.case_id._action_refer(default_contact_id=self.id)
