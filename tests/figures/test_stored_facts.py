from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .figures_common import FiguresCommon


@tagged("post_install", "-at_install")
class TestStoredFacts(FiguresCommon):
    """What the figures count stands in the rows; a correction of its cause corrects it."""

    clients_per_worker = 0

    def setUp(self):
        super().setUp()
        self.client = self._client(self.worker_a, consent=False)
        self._consent(self.client, date=self._day(100))
        self.case = self._case(self.client, self.town_a)
        self.topic = self.topics[0]

    def _agreed(self, case=None, days_ago=20):
        case = case or self.case
        goal = Command.create({"area_id": self.areas[0].id, "name": "Goal"})
        plan = case.env["integration.plan"].create({"case_id": case.id, "line_ids": [goal]})
        plan.action_agree(self._day(days_ago))
        return plan

    def _counted(self, rule, start=300, stop=0, breakdown="total", item=0):
        """Return {label of the column: number} of one figure, zeros left out."""
        report = self._as(self.lead_a)["integration.report"].create(
            {"date_from": self._day(start), "date_to": self._day(stop)}
        )
        matrix = report._matrix()
        row = next(row for row in matrix.rows if (row.rule, row.item) == (rule, item))
        if breakdown == "total":
            return matrix.value(row)
        columns = matrix.columns[breakdown]
        numbers = {c.label: matrix.value(row, breakdown, c.key) for c in columns}
        return {label: number for label, number in numbers.items() if number}

    # ------------------------------------------------------------
    # An end that is undone
    # ------------------------------------------------------------

    def _undo_end(self):
        self.case._close(self.reasons[0], self.today)
        self.case.action_undo_close()

    def test_undone_end_leaves_the_plan_in_force(self):
        plan = self._agreed()
        before = plan.read(["state", "date_agreed", "date_ended", "date_next_review"])
        self._undo_end()
        self.assertEqual(plan.read(list(before[0])), before)
        self.assertTrue(self.case.has_plan)
        self.assertEqual(self._counted("plan_active"), 1)
        with self.assertRaisesRegex(UserError, "has a plan already"):
            self._agreed()
        self.assertEqual(self._counted("plan_new"), 1)

    def test_undone_end_leaves_versions_and_drafts_as_they_were(self):
        first = self._agreed()
        first.action_new_version()
        second = self.case.plan_ids - first
        second.action_agree(self.today)
        second.action_new_version()
        third = self.case.plan_ids - first - second
        self._undo_end()
        states = [(plan.state, bool(plan.date_ended)) for plan in first + second + third]
        self.assertEqual(states, [("ended", True), ("agreed", False), ("draft", False)])

    def test_undone_end_does_so_after_a_withdrawal(self):
        plan = self._agreed()
        self._consent(self.client, "withdrawn")
        self._undo_end()
        self.assertEqual(plan.state, "agreed")

    def test_undone_end_revives_no_older_chain(self):
        """A plan that a former undoing had left ended stays so: another one followed it."""
        old = self._agreed()
        old._end(self.today)
        new = self._agreed(days_ago=0)
        self._undo_end()
        self.assertEqual((old.state, new.state), ("ended", "agreed"))

    # ------------------------------------------------------------
    # Entered late, after a move
    # ------------------------------------------------------------

    def _move(self):
        """Let the case have moved to the other town five days ago."""
        self.case.municipality_id = self.town_b
        before, after = self.case.sudo().assignment_ids.sorted("date_from")
        before._as_system().date_to = self._day(6)
        after._as_system().date_from = self._day(5)

    def test_late_talk_counts_where_the_case_was(self):
        self._move()
        self._talk(self.case, days_ago=6)
        self.assertEqual(self._counted("talk", breakdown="municipality"), {"Aheim": 1})
        self.assertEqual(self._counted("person", breakdown="municipality"), {"Aheim": 1})
        self._talk(self.case, days_ago=5)
        self.assertEqual(self._counted("talk", breakdown="municipality"), {"Aheim": 1, "Bheim": 1})

    def test_late_talk_of_the_dialog(self):
        self._move()
        dialog = Form(
            self.case.env["integration.contact.quick"].with_context(default_case_id=self.case.id)
        )
        dialog.date = self._day(10)
        dialog.channel_id = self.home_visit
        dialog.save().action_save()
        self.assertEqual(self.case.contact_ids.municipality_id, self.town_a)

    def test_talk_whose_day_is_corrected(self):
        self._move()
        talk = self._talk(self.case, days_ago=2)
        talk.date = self._day(9)
        self.assertEqual(talk.municipality_id, self.town_a)
        self.assertEqual(talk.person_ids.municipality_id, self.town_a)

    def test_talk_elsewhere_stays_elsewhere(self):
        """The town hall of another place was chosen by hand: that is no matter of the day."""
        self._move()
        talk = self._talk(self.case, days_ago=2, municipality_id=self.town_a.id)
        talk.date = self._day(1)
        self.assertEqual(talk.municipality_id, self.town_a)

    def test_late_review_counts_where_the_case_was(self):
        plan = self._agreed(days_ago=90)
        self._move()
        review = self.case.env["integration.plan.review"].create(
            {"plan_id": plan.id, "date": self._day(10)}
        )
        found = self._counted("plan_continued", start=40, breakdown="municipality")
        self.assertEqual(found, {"Aheim": 1})
        review.date = self._day(1)
        found = self._counted("plan_continued", start=40, breakdown="municipality")
        self.assertEqual(found, {"Bheim": 1})

    def test_late_agreement_counts_where_the_case_was(self):
        self._move()
        self._agreed(days_ago=30)
        self.assertEqual(self._counted("plan_new", breakdown="municipality"), {"Aheim": 1})

    # ------------------------------------------------------------
    # A consent or a start that is corrected
    # ------------------------------------------------------------

    def _without_consent(self):
        client = self._client(self.worker_a, "Other", consent=False)
        return client, self._case(client, self.town_a, days_ago=60)

    def test_consent_corrected_at_once_opens_nothing(self):
        client, case = self._without_consent()
        self._consent(client, date=self._day(20))
        self._consent(client, "refused", date=self._day(20), reason="Ticked the wrong box")
        self.assertFalse(case.date_opened)
        self.assertEqual(self._counted("case_opened"), 1, "the other case alone")
        self._consent(client, date=self._day(10))
        self.assertEqual(case.date_opened, self._day(10))

    def test_consent_withdrawn_the_same_day_has_been_there(self):
        client, case = self._without_consent()
        self._consent(client, date=self._day(20))
        self._consent(client, "withdrawn", date=self._day(20))
        self.assertEqual(case.date_opened, self._day(20))

    def test_consent_corrected_to_another_day(self):
        client, case = self._without_consent()
        self._consent(client, date=self._day(20))
        self._consent(client, date=self._day(40), reason="Signed earlier")
        self.assertEqual(case.date_opened, self._day(40))
        self._consent(client, date=self._day(90), reason="Signed before the case")
        self.assertEqual(case.date_opened, self._day(60), "not before the case")

    def test_consent_corrected_to_a_later_day(self):
        client, case = self._without_consent()
        self._consent(client, date=self._day(40))
        self._consent(client, "refused", date=self._day(40), reason="Wrong day")
        self._consent(client, date=self._day(20), reason="Signed later")
        self.assertEqual(case.date_opened, self._day(20))

    def test_later_events_leave_the_opening(self):
        for decision in ("withdrawn", "given", "withdrawn"):
            self._consent(self.client, decision, date=self._day(10), reason="As asked")
            self.assertEqual(self.case.date_opened, self._day(100), decision)

    def test_closed_cases_are_corrected_but_not_opened(self):
        client, case = self._without_consent()
        case._close(self.reasons[0], self._day(10))
        self._consent(client, date=self._day(10))
        self.assertFalse(case.date_opened, "closed without consent: it was never counted")
        counted_client, counted = self._without_consent()
        self._consent(counted_client, date=self._day(20))
        counted._close(self.reasons[0], self._day(10))
        self._consent(counted_client, date=self._day(30), reason="Signed earlier")
        self.assertEqual(counted.date_opened, self._day(30))

    def test_corrected_start_corrects_the_opening(self):
        client = self._client(self.worker_a, "Other", consent=False)
        self._consent(client, date=self._day(80))
        case = self._case(client, self.town_a, days_ago=60)
        for start, opened in ((90, 80), (70, 70), (50, 50)):
            case.date_start = self._day(start)
            self.assertEqual(case.date_opened, self._day(opened), start)
        waiting = self._without_consent()[1]
        waiting.date_start = self._day(70)
        self.assertFalse(waiting.date_opened)

    # ------------------------------------------------------------
    # Topics and their areas
    # ------------------------------------------------------------

    def test_topic_in_use_stays_in_its_area(self):
        other = self.areas - self.topic.area_id
        self._talk(self.case, topic_ids=[Command.set(self.topic.ids)])
        with self.assertRaisesRegex(UserError, "Archive the row and create a new one"):
            self.topic.area_id = other[0]
        self.topic.area_id = self.topic.area_id
        unused = self.topic.copy({"code": "unused"})
        unused.area_id = other.filtered(lambda area: not area.company_id)[0]

    def test_talk_leaves_the_area_of_a_topic_taken_off(self):
        topics = self.env["integration.topic"].search([("consent_purpose", "=", False)])
        first = topics[0]
        second = topics.filtered(lambda topic: topic.area_id != first.area_id)[0]
        by_hand = (self.areas - first.area_id - second.area_id).filtered(
            lambda area: not area.consent_purpose
        )[0]
        for write in (self._write_topic, self._change_topic_in_the_form):
            talk = self._talk(self.case, topic_ids=[Command.set(first.ids)])
            talk.area_ids |= by_hand
            write(talk, second)
            self.assertEqual(talk.area_ids, second.area_id | by_hand, write.__name__)

    @staticmethod
    def _write_topic(talk, topic):
        talk.topic_ids = topic

    @staticmethod
    def _change_topic_in_the_form(talk, topic):
        with Form(talk) as form:
            form.topic_ids.clear()
            form.topic_ids.add(topic)
