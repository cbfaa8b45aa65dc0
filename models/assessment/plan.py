from odoo import models
from odoo.exceptions import UserError


class IntegrationPlan(models.Model):
    """A plan is agreed in words: what came from an assessment by a click has none yet."""

    _inherit = "integration.plan"

    def _check_can_agree(self, date):  # pylint: disable=missing-return
        super()._check_can_agree(date)
        wordless = self.line_ids.filtered("words_missing")
        if wordless:
            raise UserError(
                self.env._(
                    "%(plan)s: the goal in “%(area)s” has no words yet. Write down what the client "
                    "wants to reach, or remove the goal.",
                    plan=self.display_name,
                    area=wordless[0].area_id.name,
                )
            )
