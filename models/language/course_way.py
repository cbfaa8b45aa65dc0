from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import local_today
from ..consent.gate import Ask
from .course_enrolment import STEPS

# What we do for the client; the course itself may have begun before she came to us
OUR_STEPS = STEPS[:3]
# What may say something that needs a consent of its own
TELLING = frozenset({"kind_id", "drop_reason_id", "provider_id"})


class IntegrationCourseEnrolment(models.Model):
    """Which days and ends of a course can be meant, and what the client must have agreed to."""

    _inherit = "integration.course.enrolment"

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains(*STEPS, "case_id")
    def _check_steps(self):
        today = local_today(self.env)
        for enrolment in self:
            reached = [(name, enrolment[name]) for name in STEPS if enrolment[name]]
            if not reached:
                enrolment._refuse_values(
                    self.env._("enter since when the course is needed, or when it began.")
                )
            for (first, one), (second, other) in zip(reached, reached[1:], strict=False):
                if other < one:
                    enrolment._refuse_order(first, second)
            last = reached[-1][1]
            if last > today:
                enrolment._refuse_values(
                    self.env._(
                        "“%(step)s” cannot lie in the future. A course that is announced has its "
                        "day under “Begins On (Planned)”.",
                        step=self._labels({reached[-1][0]}),
                    )
                )
            end = enrolment.case_id.date_end
            if end and last > end:
                enrolment._refuse_values(
                    self.env._(
                        "“%(step)s” (%(day)s) lies after the end of the case (%(end)s).",
                        step=self._labels({reached[-1][0]}),
                        day=format_date(self.env, last),
                        end=format_date(self.env, end),
                    )
                )

    def _refuse_order(self, first, second):
        self._refuse_values(
            self.env._(
                "“%(second)s” (%(other)s) lies before “%(first)s” (%(one)s).",
                second=self._labels({second}),
                other=format_date(self.env, self[second]),
                first=self._labels({first}),
                one=format_date(self.env, self[first]),
            )
        )

    @api.constrains("date_need", "date_planned")
    def _check_planned(self):
        for enrolment in self.filtered(lambda e: e.date_need and e.date_planned):
            if enrolment.date_planned < enrolment.date_need:
                enrolment._refuse_order("date_need", "date_planned")

    @api.constrains("date_start", "date_end", "outcome", "drop_reason_id", "level_id", "client_id")
    def _check_outcome(self):
        for enrolment in self:
            if bool(enrolment.date_end) != bool(enrolment.outcome):
                enrolment._refuse_values(
                    self.env._("a course that has ended names the day and how it ended.")
                )
            dropped = enrolment.outcome == "dropped"
            if dropped != bool(enrolment.drop_reason_id):
                enrolment._refuse_values(
                    self.env._("choose why the course was dropped.")
                    if dropped
                    else self.env._("a reason for dropping belongs to a dropped course alone.")
                )
            if enrolment.outcome and not dropped and not enrolment.date_start:
                enrolment._refuse_values(self.env._("a completed course has begun: enter the day."))
            enrolment._check_level()

    def _check_level(self):
        """Refuse a level that the course cannot have led to, and one certificate for two."""
        level = self.level_id
        if self.outcome == "certificate" and level.source != "certificate":
            self._refuse_values(
                self.env._("a course completed with a certificate names the level it proves.")
            )
        if not level:
            return
        if level.client_id != self.client_id:
            self._refuse_values(self.env._("the level is that of another person."))
        if self.outcome in (False, "dropped"):
            self._refuse_values(self.env._("only a course that was completed leads to a level."))
        if level.date_from < self.date_start:
            self._refuse_values(self.env._("the level was reached before the course began."))

    @api.model
    def _refuse_taken_level(self, level_id):
        """Refuse one certificate for two courses.

        Before it is written: the unique index, which two at once meet, would speak first.
        """
        known = isinstance(level_id, int) and level_id
        others = self.search([("level_id", "=", level_id)]) if known else self
        if others - self:
            others[0]._refuse_values(
                self.env._(
                    "the course from %s has led to this level already; one certificate does not "
                    "stand for two courses.",
                    format_date(self.env, others[0].date_start),
                )
            )

    # ------------------------------------------------------------
    # The gates
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        for vals in vals_list:
            self._refuse_taken_level(vals.get("level_id"))
        return super()._prepare_create(vals_list)

    def _before_write(self, change):
        super()._before_write(change)
        self._refuse_taken_level(change.vals.get("level_id"))

    def _created(self):
        super()._created()
        self._ensure_purposes()
        self._ensure_agreed_then(OUR_STEPS)

    def _after_write(self, change):
        super()._after_write(change)
        if change.names & TELLING:
            self._ensure_purposes(change.names)
        if change.names & {*OUR_STEPS}:
            self._ensure_agreed_then(change.names & {*OUR_STEPS})

    def _gate_clients(self):
        """Ask the client of the case too: into a file that is closed nobody is written."""
        # sudo: integration.client - the gate also asks for whom the user may not read
        return self.client_id | self.case_id.sudo().client_id.with_env(self.env)

    def _ensure_purposes(self, names=TELLING):
        """Refuse what says something, such as about health, to which the client did not agree.

        As with the topics of talks, it is asked when it is written down (Art. 9 GDPR).
        """
        asks = set()
        for enrolment in self:
            purposes = {
                enrolment[name].consent_purpose
                for name in ("kind_id", "drop_reason_id")
                if name in names
            }
            if "provider_id" in names:
                purposes |= set(enrolment.provider_id._purposes())
            asks |= {Ask(enrolment.client_id, purpose) for purpose in purposes if purpose}
        self.env["integration.client"]._ensure_consents(asks)

    def _ensure_agreed_then(self, names):
        """Refuse steps of ours on a day on which the client did not agree to the file.

        What is recorded later about that day cannot have been done then (county standard 2.2):
        before the consent there is no file, and after a withdrawal nobody is registered.
        """
        clients = self.env["integration.client"]
        for enrolment in self:
            for name in STEPS:
                day = enrolment[name] if name in names else None
                if day and clients._consents_missing({Ask(enrolment.client_id, "file", day)}):
                    enrolment._refuse_values(
                        self.env._(
                            "“%(step)s”: on %(day)s there was no valid consent to the counselling "
                            "file. Enter a day on which it held.",
                            step=self._labels({name}),
                            day=format_date(self.env, day),
                        )
                    )

    @api.model
    def _after_end(self, cases, day):
        """Return what happened in ``cases`` after ``day``."""
        later = Domain.OR(Domain(name, ">", day) for name in STEPS)
        return self.search(Domain("case_id", "in", cases.ids) & later)
