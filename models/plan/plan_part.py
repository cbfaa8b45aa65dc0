from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class IntegrationPlanPart(models.AbstractModel):
    """Base of goals and steps: free in a draft, afterwards only their progress moves.

    Both sides hold a signed sheet with the goals, so a change of their words or dates is
    a new version of the plan (county standard 1.3.1: "Fortschreibung").
    """

    _name = "integration.plan.part"
    _inherit = ["integration.in.file", "integration.secured"]
    _description = "Part of an Integration Plan"
    _needs_file_consent = True

    # What still moves once the plan is agreed
    _progress_fields = frozenset()

    def _created(self):
        super()._created()
        self._check_locked({"plan_id"})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self._check_locked({"plan_id"})

    def _locked_fields(self):
        """Lock what was agreed, but for the progress; all of it once the plan has ended."""
        state = self.plan_id.state
        if state == "agreed":
            return frozenset(self._fields) - self._progress_fields
        return frozenset(self._fields) if state == "ended" else frozenset()

    def _locked_message(self, names):
        return self.env._(
            "%s was agreed: only the progress of goals and steps still changes. "
            "For anything else make a new version.",
            self.plan_id.display_name,
        )

    def _check_not_before_case(self, name):
        """Refuse a day before the case began: the wrong year, as a rule.

        What is due before the agreement is refused when the plan is agreed.
        """
        for part in self:
            day, start = part[name], part.case_id.date_start
            if day and start and day < start:
                raise ValidationError(
                    part._about_file(
                        self.env._(
                            "“%(field)s” (%(day)s) lies before the start of the case (%(start)s). "
                            "Choose a later day.",
                            field=self._fields[name]._description_string(self.env),
                            day=format_date(self.env, day),
                            start=format_date(self.env, start),
                        )
                    )
                )
