from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import MODULE
from .contact_common import ContactCommon

FEW, MANY = 2, 40


@tagged("post_install", "-at_install")
class TestContactQueries(ContactCommon):
    """A list of forty costs no more queries than a list of two."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = cls._as(cls.worker_a)
        clients = env["integration.client"].create(
            [{"name": f"Invented Person {number}"} for number in range(MANY)]
        )
        env["integration.consent"].create(
            [
                {"client_id": client.id, "decision": "given", "date": cls._day(100)}
                for client in clients
            ]
        )
        cls.cases = env["integration.case"].create(
            [
                {
                    "client_id": client.id,
                    "municipality_id": cls.town_a.id,
                    "date_start": cls._day(100),
                }
                for client in clients
            ]
        )
        topics = env["integration.topic"].search([("consent_purpose", "=", False)], limit=3)
        cls.talks = env["integration.contact"].create(
            [
                {
                    "case_id": case.id,
                    "channel_id": cls.home_visit.id,
                    "date": cls._day(3),
                    "topic_ids": [(6, 0, topics.ids)],
                    "person_ids": cls._present(case.client_id),
                }
                for case in cls.cases
            ]
        )
        env["integration.note"].create(
            [
                {"contact_id": talk.id, "body": f"Words {number}", "confidentiality": name}
                for number, talk in enumerate(cls.talks)
                for name in ("file", "confidential")
            ]
        )
        cls.env.flush_all()

    def _queries(self, function, records):
        """Return how many queries ``function`` costs with few and with many of ``records``."""
        numbers = []
        for count in (FEW, FEW, MANY):  # at first what is cached for good is read
            self.env.flush_all()
            self.env.invalidate_all()
            some = records.browse(records.ids[:count])
            before = self.cr.sql_log_count
            function(some)
            self.env.flush_all()
            numbers.append(self.cr.sql_log_count - before)
        return numbers[1:]

    def test_lists_of_contacts_persons_notes_and_cases(self):
        for records, names in (
            (
                self.talks,
                (
                    "display_name",
                    "date",
                    "case_id",
                    "is_talk",
                    "person_count",
                    "topic_ids",
                    "area_ids",
                    "note_text",
                    "in_my_files",
                ),
            ),
            (self.talks.person_ids, ("display_name", "case_id", "household_id", "date")),
            (self.talks.note_ids, ("display_name", "case_id", "body", "in_my_files")),
            (self.cases, ("last_talk_date", "next_contact_date", "silence_state", "days_silent")),
        ):
            for user in (self.worker_a, self.env.ref("base.user_root")):
                for name in names:
                    with self.subTest(user.login, model=records._name, field=name):
                        few, many = self._queries(
                            lambda some, field=name: some.mapped(field), records.with_user(user)
                        )
                        self.assertEqual(few, many)

    def test_reading_is_as_cheap_as_the_list(self):
        fields = {
            "date": {},
            "person_count": {},
            "duration": {},
            "reached": {},
            "case_id": {"fields": {"display_name": {}}},
            "channel_id": {"fields": {"display_name": {}}},
            "topic_ids": {"fields": {"display_name": {}}},
        }

        def page(talks):
            found = talks.with_context(integration_show_name=True).web_search_read(
                [("id", "in", talks.ids)], fields
            )
            self.assertEqual(found["length"], len(talks))

        few, many = self._queries(page, self.talks)
        # Of few it is asked whose names were shown: that is logged.
        self.assertLessEqual(many, few)

    def test_a_new_rhythm_reaches_all_cases_of_the_phase_at_once(self):
        other = self.env.ref(f"{MODULE}.stage_aftercare")
        numbers = []
        for rhythm, cases in ((20, self.cases[:FEW]), (21, self.cases[:FEW]), (22, self.cases)):
            self.cr.execute(
                "UPDATE integration_case SET stage_id = CASE WHEN id = ANY(%s) THEN %s ELSE %s END",
                [cases.ids, self.stage_intake.id, other.id],
            )
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.stage_intake.rhythm_days = rhythm
            self.env.flush_all()
            numbers.append(self.cr.sql_log_count - before)
            self.assertEqual(set(cases.mapped("next_contact_date")), {self._day(3 - rhythm)})
        self.assertEqual(*numbers[1:])

    def test_the_last_talk_of_many_cases_is_found_at_once(self):
        def find(cases):
            self.env.add_to_compute(cases._fields["last_talk_date"], cases)
            cases.flush_recordset(["last_talk_date"])

        self.cr.execute("UPDATE integration_case SET last_talk_date = NULL")
        few, many = self._queries(find, self.cases)
        self.assertEqual(few, many)
        self.assertEqual(set(self.cases.mapped("last_talk_date")), {self._day(3)})

    def test_the_night_is_as_short_for_many_cases_as_for_few(self):
        numbers = []
        job = self.env["integration.case"]
        # At first what is cached for good is read.
        for days, cases in ((8, self.cases[:FEW]), (8, self.cases[:FEW]), (8, self.cases)):
            self.cr.execute(
                "UPDATE integration_case SET silence_state = NULL WHERE id <> ALL(%s)", [cases.ids]
            )
            self.cr.execute(
                "UPDATE integration_case SET silence_state = 'on_time' WHERE id = ANY(%s)",
                [cases.ids],
            )
            self.env.invalidate_all()
            moment = self.talks[0].date + timedelta(days=days)
            with freeze_time(f"{moment} 12:00:00"):
                before = self.cr.sql_log_count
                job._cron_refresh_silence()
                numbers.append(self.cr.sql_log_count - before)
            self.assertEqual(set(cases.mapped("silence_state")), {"due"})
        self.assertEqual(*numbers[1:])
