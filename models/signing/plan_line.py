from odoo import api, models

from ..organisation.language import FALLBACK_LANGUAGE
from .agreement_words import german_day

GERMAN = "de_DE"


class IntegrationPlanLine(models.Model):
    """A goal as it stands on the sheet."""

    _inherit = "integration.plan.line"

    def _words_now(self):
        """Return what the goal says today, with its steps."""
        area = self.area_id
        return {
            "area": area.code,
            "area_name": self._german_name(area),
            "text": self.name,
            "seen": self.recognised_by or "",
            "until": german_day(self.date_target),
            "steps": [
                {
                    "text": step.name,
                    "owner": step.owner,
                    # Which of a family, if not all of them
                    "persons": ", ".join(step.person_ids.mapped("name"))
                    if step.owner == "client"
                    else "",
                    "until": german_day(step.date_due),
                    "service": step.service_id.name or "",
                }
                for step in self.step_ids.sorted()
            ],
        }

    @api.model
    def _german_name(self, area):
        """Return the name of ``area`` in German, whatever language the screen speaks."""
        if self.env["res.lang"]._lang_get(GERMAN):
            return area.with_context(lang=GERMAN).name
        german = self.env["integration.language"].search([("code", "=", FALLBACK_LANGUAGE)])
        wordings = self.env["integration.paper.text"]._wordings(german)
        return wordings.get(f"area.{area.code}", area.name)
