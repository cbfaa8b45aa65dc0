from odoo import models

# A registration that stands: sent, confirmed, or the course has begun
ANSWERING = ("registered", "waiting", "running")
TOPIC = "integration_management.topic_course_registration"


class IntegrationGuarded(models.AbstractModel):
    """Who is registered with the coordination office needs no referral there as well.

    County standard 3.2.2, language: workers register clients with the coordination office.
    """

    _inherit = "integration.guarded"

    def _is_referred(self, rail):
        return super()._is_referred(rail) or self._is_registered(rail)

    def _is_registered(self, rail):
        """Return whether a registration of the case answers ``rail``."""
        topic = self.env.ref(TOPIC, raise_if_not_found=False)
        if not topic or topic not in self._rail_topics(rail):
            return False
        # sudo: integration.course.enrolment - whether there is one, as with referrals
        enrolments = self.env["integration.course.enrolment"].sudo()
        standing = enrolments.search(
            [
                ("case_id", "in", self.case_id.ids),
                ("date_registered", "!=", False),
                ("state", "in", ANSWERING),
            ]
        )
        return any(
            # Whoever registered herself did what the standard asks for.
            entry.registered_by == "client" or rail._takes(entry.office_id, entry.office_id.name)
            for entry in standing
        )
