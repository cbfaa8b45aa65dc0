"""Integration plans of a case: agreed, worked on, reviewed and continued."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.fields import Command

from ..assessment.assessments import AssessmentWriter
from ..people.households import ADULT_AGE
from ..workdays import workday
from .plan_texts import DROPPED, GOALS, MISSED, SEEN

REVIEW_MONTHS = 6
MAX_GOALS = 3


class PlanWriter:
    """Writes the plan of one member's case from the day of the agreement to ``end``."""

    def __init__(self, family, member, agreed, end):
        self.family, self.member = family, member
        self.rng, self.story = family.rng, family.story
        self.agreed, self.end = agreed, end
        main = member is family.members[0]
        themes = list(family.household.themes)
        if not main:
            themes = ["language", "work"] if member.person.age >= ADULT_AGE else ["school"]
        self.plan = None
        self._goals = [self.rng.choice(GOALS[theme]) for theme in themes[:MAX_GOALS]]
        self._assessments = AssessmentWriter(family, member, self._goals)
        self._further = [
            other.client.id
            for other in family.members
            if main
            and other is not member
            and not other.case
            and other.may_be_named(agreed)
            and other.person.age >= 14
        ]

    def write_draft(self):
        """Create a plan that is still being written."""
        self._assessments.start(self.agreed)
        self.plan = self._create(self._goals)
        own = self.family.env["integration.goal.template"].search(
            [("company_id", "=", self.plan.company_id.id)], limit=1
        )
        self.plan.action_take_goals(own.ids)

    def begin(self):
        """Create the plan and agree it; a plan in versions begins with its first goal."""
        self._assessments.start(self.agreed)
        self._more_versions = self.story.plan == "versions"
        self._later = self._goals[1:] if self._more_versions else []
        self.plan = self._create(self._goals[:1] if self._later else self._goals)
        self._day, self._due = self.agreed, self._next_review(self.agreed)
        self.plan.action_agree(date=self._day, date_next_review=self._due)

    def proceed(self, until):
        """Hold the reviews that were due by ``until``."""
        self.plan = self.plan.with_env(self.family.env)
        while self._due <= min(until, self._last_review()):
            self._work_on(self._due)
            last_chance = self._more_versions and self._due + timedelta(days=200) > self.end
            if last_chance or "open" not in self.plan.step_ids.mapped("state"):
                self._continue(self._due)
            else:
                self._review(self._due)

    def finish(self):
        """Proceed to the end, so that the plan looks as it does that day."""
        self.proceed(self.end)
        if self._more_versions:
            middle = workday(self._day + (self.end - self._day) / 2, self._day, self.end)
            self._work_on(middle)
            self._continue(middle)
        self._work_on(self.end)
        if self.story.turn in ("closed", "reopened") and self.end < self.family.county.today:
            self._assessments.again(self.end, "end")

    def _new_goals(self):
        """Return a goal that comes next: another one of the themes, or meeting people."""
        themes = [*self.family.household.themes, "participation", "health", "work"]
        if not all("health" in member.purposes for member in self.family.members):
            themes.remove("health")
        possible = [goal for theme in themes for goal in GOALS[theme] if goal not in self._goals]
        return possible[:1]

    def _next_review(self, day):
        later = day + relativedelta(months=REVIEW_MONTHS, days=self.rng.randint(-14, 7))
        return workday(later, day, later + timedelta(days=7))

    def _last_review(self):
        """Return the last day on which a review was held: anyone who is behind held none lately."""
        behind = 120 if self.story.diligence < 0.5 else 0
        return self.end - timedelta(days=behind)

    def _create(self, goals):
        return self.family.env["integration.plan"].create(
            {
                "case_id": self.member.case.id,
                "client_ids": [Command.set(self._further)],
                "line_ids": [Command.create(self._goal_vals(goal, self.agreed)) for goal in goals],
            }
        )

    def _goal_vals(self, goal, day):
        area, text, months, steps = goal
        return {
            "area_id": self.family.county.code("area", area),
            "name": text,
            "recognised_by": SEEN.get(text, False),
            "date_target": day + relativedelta(months=months),
            "step_ids": [
                Command.create(
                    {"name": words, "owner": owner, "date_due": day + timedelta(weeks=weeks)}
                )
                for words, owner, weeks in steps
            ],
        }

    def _work_on(self, until):
        """Tick off what was done by ``until`` and settle goals whose steps are all done."""
        rng, plan = self.rng, self.plan
        for step in plan.step_ids:
            if step.state != "open" or step.date_due > until:
                continue
            if rng.random() < self.story.diligence:
                done = step.date_due + timedelta(days=rng.randint(-12, 9))
                done = workday(done, plan.date_agreed, until)
                step.write({"state": "done", "date_done": done})
        goals = plan.line_ids.filtered(lambda goal: goal.state == "open")
        for goal in goals:
            if set(goal.step_ids.mapped("state")) == {"done"} and rng.random() < 0.8:
                goal.state = "reached" if rng.random() < 0.8 else "partly"
                goal._as_system().write({"date_result": until})
            elif goal.date_target < until and rng.random() < 0.7:
                dropped = rng.random() < 0.3
                goal.write(
                    {
                        "state": "dropped" if dropped else "missed",
                        "reason": DROPPED if dropped else MISSED,
                    }
                )
                goal._as_system().write({"date_result": until})

    def _review(self, day):
        self._day, self._due = day, self._next_review(day)
        self._assessments.again(day)
        self.family.env["integration.plan.review"].create(
            {"plan_id": self.plan.id, "date": day, "date_next_review": self._due}
        )

    def _continue(self, day):
        """Agree the next version: what is still open with new dates, and the next goals."""
        self._more_versions = False
        self._day, self._due = day, self._next_review(day)
        self.plan.action_new_version()
        draft = self.plan.search(
            [("origin_id", "=", self.plan.origin_id.id), ("state", "=", "draft")]
        )
        for goal in draft.line_ids:
            goal.date_target = max(goal.date_target, day + relativedelta(months=3))
        for step in draft.step_ids.filtered(lambda step: step.date_due < day):
            step.date_due = day + timedelta(weeks=self.rng.randint(2, 6))
        goals = self._later or self._new_goals()
        self._later = []
        self._goals += goals
        draft.line_ids = [Command.create(self._goal_vals(goal, day)) for goal in goals]
        draft.action_agree(date=day, date_next_review=self._due)
        self.plan = draft
