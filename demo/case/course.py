"""The course of a family's cases: talks, phases, plan, and the turn the story takes."""

from datetime import timedelta

from ..appointment.appointments import plan_appointment
from ..consent.trust import Trust
from ..contact import note_texts
from ..contact.contacts import ContactWriter
from ..language.courses import enter_courses
from ..plan.plan_texts import REOPENED
from ..plan.plans import PlanWriter
from ..referral.referrals import settle
from ..workdays import workday
from .timeline import Timeline

UNNAMED_CONSENTS = ("none", "refused", "lapsed")
# A partner with a case of her own comes less often than the family's main case.
PARTNER_PACE = 1.35
LIMITED_REASON = "Auf Wunsch befristet"


class Course:
    """Lets time pass for one family, from the first visit to today or to the end."""

    def __init__(self, family):
        self.family, self.county, self.rng = family, family.county, family.rng
        self.story, self.household = family.story, family.household

    def run(self):
        """Create everything after the entry, in the order of the days."""
        for member in self.family.cases:
            if self.story.consent in UNNAMED_CONSENTS:
                self._knock(member)
            elif self.story.turn == "reopened":
                self._run_with_break(member)
            else:
                self._run_case(member, self.family.start, self._end())
        if self.story.turn == "handover":
            self._note_handover()
        settle(self.family)
        enter_courses(self.family)
        trust = Trust(self.family)
        trust.enter()
        self._change_consents()
        trust.renew()
        trust.tell()
        if self.story.turn == "closed":
            self._close()
        else:
            self._plan_next_appointment()

    def _end(self):
        """Return the day up to which things happen."""
        if self.story.consent == "withdrawn":
            return self.family.turn - timedelta(days=1)
        if self.story.turn == "closed" or self.story.consent == "limited":
            return self.family.turn
        return self.county.today

    # ------------------------------------------------------------
    # One case
    # ------------------------------------------------------------

    def _knock(self, member):
        """Visit somebody without a consent: outreach comes first (county standard 3.1)."""
        start, end = self.family.start, self._end()
        timeline = Timeline(self.rng, start, end, "getting_to_know")
        days = [
            workday(start + timedelta(days=gap), start, end)
            for gap in (0, 3, 7)
            if start + timedelta(days=gap) <= end
        ]
        ContactWriter(self.family, member, timeline).write_attempts(days)

    def _run_case(self, member, start, end, stage=None):
        """Create talks, phase and plan of the member's case between two days."""
        stage = stage or self.story.stage
        start = max(start, member.joined)
        timeline = Timeline(self.rng, start, end, stage)
        member.case.stage_id = self.county.code("case.stage", stage)
        main = member is self.family.members[0]
        last = timeline.last_talk(self.rng, self.household.silence if main else "on_time")
        days = timeline.talk_days(self.rng, last, 1.0 if main else PARTNER_PACE)
        days = [day for day in days if day >= self.county.introduced]
        writer = ContactWriter(self.family, member, timeline)
        plan = self._begin_plan(member, self._agreement_day(member, timeline), end)
        if self.story.turn == "handover":
            turn = self.family.turn
            writer.write_talks([day for day in days if day < turn], turn - timedelta(days=1))
            plan.proceed(turn)
            self._hand_over(member)
            days = [day for day in days if day >= turn]
        writer.write_talks(days, end)
        if plan:
            plan.finish()

    def _agreement_day(self, member, timeline):
        phase = "planning" if self.story.plan == "draft" else "accompaniment"
        day = timeline.first_day(phase)
        if not day or not member.consent:
            return None
        earliest = max(member.consent, member.case.date_start, self.county.introduced)
        return workday(max(day, earliest), earliest, timeline.end)

    def _begin_plan(self, member, agreed, end):
        """Write the plan of the case; return its writer if it has to be finished later."""
        if not agreed or self.story.plan == "none":
            return None
        writer = PlanWriter(self.family, member, agreed, end)
        if self.story.plan == "draft":
            writer.write_draft()
            return None
        writer.begin()
        return writer

    def _run_with_break(self, member):
        """Let a case end well and begin again half a year later."""
        turn = self.family.turn
        self._run_case(member, self.family.start, turn, "aftercare")
        reason = self.family.env["integration.closure.reason"].browse(
            self.county.code("closure.reason", "goals_reached")
        )
        member.case._close(reason, turn)
        again = workday(turn + timedelta(days=110), turn, self.county.today)
        member.case = member.case._reopen(REOPENED, again)
        self._run_case(member, again, self.county.today)

    # ------------------------------------------------------------
    # Turns
    # ------------------------------------------------------------

    def _hand_over(self, member):
        """Let the lead give the case to a colleague; the past day is set at the end."""
        colleague = self.county.users[self.household.detail]
        lead = self._lead()
        member.case.with_env(self.county.env_of(lead)).user_id = colleague
        self.family.work_as(self.household.detail)

    def _lead(self):
        company = self.county.users[self.household.worker].company_id
        return next(
            login
            for login, user in self.county.users.items()
            if user.company_id == company and user.has_group("integration_management.group_lead")
        )

    def _note_handover(self):
        for member in self.family.cases:
            self.county.handovers.append((member.case.id, self.family.turn))

    def _change_consents(self):
        """Record what became of the consents: withdrawn, limited and run out, or lapsed."""
        vals_list = []
        for member in self.family.members:
            common = {"client_id": member.client.id, "date": self.family.turn}
            if self.story.consent == "withdrawn":
                vals_list.append(dict(common, decision="withdrawn"))
            elif self.story.consent == "refused":
                day = workday(self.family.start + timedelta(days=8), self.family.start, self._end())
                vals_list.append(dict(common, decision="refused", date=day))
            elif self.story.consent == "limited":
                limited_on = workday(
                    self.family.turn - timedelta(days=180), member.consent, self.family.turn
                )
                vals_list.append(
                    dict(
                        common,
                        decision="renewed",
                        date=limited_on,
                        valid_until=self.family.turn,
                        reason=LIMITED_REASON,
                        notice_id=self.county.notices.find(member.client, limited_on),
                    )
                )
                vals_list.append(self._expired(member, self.family.turn))
            elif self.story.consent == "lapsed":
                vals_list.append(self._expired(member, member.client.consent_valid_until))
        self.family.env["integration.consent"]._record_by_itself(vals_list)

    @staticmethod
    def _expired(member, last_day):
        return {
            "client_id": member.client.id,
            "decision": "expired",
            "form": "system",
            "date": last_day + timedelta(days=1),
        }

    def _close(self):
        family, reason_code = self.family, self.household.detail
        reason = family.env["integration.closure.reason"].browse(
            self.county.code("closure.reason", reason_code)
        )
        for member in family.cases:
            if member.client.consent_state == "given" and reason_code in note_texts.CLOSING:
                family.env["integration.note"].create(
                    {
                        "case_id": member.case.id,
                        "date": family.turn,
                        "body": note_texts.CLOSING[reason_code],
                    }
                )
            member.case._close(reason, family.turn)

    def _plan_next_appointment(self):
        """Enter the next appointment of every third family, none of them on a holiday.

        Anyone who has not agreed to a file gets a date without words, anyone who said no gets none.
        """
        state = self.family.members[0].client.consent_state
        if self.household.number % 3 or state in ("refused", "withdrawn"):
            return
        soon = self.county.today + timedelta(days=self.rng.randint(0, 9))
        day = workday(soon, self.county.today, soon + timedelta(days=6))
        plan_appointment(self.family, day, state == "given")
