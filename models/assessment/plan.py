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

    def _take_goal(self, entry):
        """Give the words to a goal of the area that waits for some, if there is one."""
        waiting = self.line_ids.filtered(
            lambda goal: goal.words_missing and goal.area_id == entry.area_id
        )[:1]
        if not waiting:
            return super()._take_goal(entry)
        words = entry._goal_words()
        if waiting.step_ids:
            # The steps somebody has written already are not doubled.
            del words["step_ids"]
        waiting.write(words)
        return waiting
