from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE
from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestContactFields(ContactCommon):
    """What a contact says of itself follows from what was entered, and from nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.letter, cls.form, cls.viewing = (
            cls.env.ref(f"{MODULE}.topic_{code}")
            for code in ("letter_explained", "form_help", "viewing")
        )
        cls.general, cls.housing = (
            cls.env.ref(f"{MODULE}.area_{code}") for code in ("general", "housing")
        )

    def _found(self, *domain, model=None):
        mine = ("case_id", "in", (self.case | self.own).ids)
        return (self.Contact if model is None else model).search([mine, *domain])

    # ------------------------------------------------------------
    # What counts
    # ------------------------------------------------------------

    def test_a_talk_reached_somebody_counts_by_its_channel_and_was_not_cancelled(self):
        for reached, cancelled, channel, is_talk in (
            (True, False, self.home_visit, True),
            (True, False, self.office_hours, True),
            (False, False, self.home_visit, False),
            (True, True, self.home_visit, False),
            (False, True, self.home_visit, False),
            (True, False, self.case_work, False),
            (False, False, self.case_work, False),
        ):
            values = {"reached": reached, "cancelled": cancelled, "channel_id": channel.id}
            with self.subTest(**values):
                talk = self._talk(self.case, self.olena if reached else self.nobody, **values)
                self.assertEqual(talk.is_talk, is_talk)
                self.assertEqual(
                    talk.person_ids.filtered("is_talk"),
                    talk.person_ids if is_talk else talk.person_ids.browse(),
                )
                self.assertIn(talk, self._found(("is_talk", "=", is_talk)))

    def test_changes_of_a_talk_reach_the_rows_of_its_persons(self):
        """Figures and silence are read from these rows alone."""
        talk = self._talk(self.case, self.olena | self.son)
        for change, name, expected in (
            ({"date": self._day(9)}, "date", self._day(9)),
            ({"user_id": self.colleague_a.id}, "user_id", self.colleague_a),
            ({"channel_id": self.case_work.id}, "is_talk", False),
            ({"channel_id": self.office_hours.id}, "is_talk", True),
            ({"cancelled": True}, "is_talk", False),
        ):
            with self.subTest(change):
                talk.write(change)
                self.env.flush_all()
                self.assertEqual([row[name] for row in talk.person_ids], [expected] * 2)

    def test_persons_are_those_on_file_and_the_others(self):
        for clients, unnamed, count in (
            (self.olena, 0, 1),
            (self.olena | self.son, 3, 5),
            (self.nobody, 2, 2),
        ):
            with self.subTest(count=count):
                talk = self._talk(self.case, clients, unnamed_count=unnamed)
                self.assertEqual((talk.client_ids, talk.person_count), (clients, count))
        self.assertEqual(self._attempt().person_count, 0)
        self.assertEqual(self._unnamed(unnamed_count=4).person_count, 4)

    # ------------------------------------------------------------
    # Where
    # ------------------------------------------------------------

    def test_place_and_employer_are_those_of_the_case(self):
        talk = self._talk(self.case)
        self.assertEqual((talk.municipality_id, talk.company_id), (self.town_a, self.company_a))
        talk.municipality_id = self.town_b
        self.env.flush_all()
        self.assertEqual(talk.person_ids.municipality_id, self.town_b, "met in the next town")

    def test_past_talks_stay_where_they_were_when_the_family_moves(self):
        self.env["integration.mandate"].create(
            {
                "company_id": self.company_a.id,
                "municipality_id": self.town_b.id,
                "mode": "own",
                "date_start": self.start,
            }
        )
        before = self._talk(self.case)
        self.case.municipality_id = self.town_b
        after = self._talk(self.case, days_ago=0)
        self.env.flush_all()
        self.assertEqual((before | after).mapped("municipality_id.name"), ["Aheim", "Bheim"])
        self.assertEqual(before.person_ids.municipality_id, self.town_a)
        self.assertEqual(after.person_ids.municipality_id, self.town_b)
        attempt = self._attempt(self.own)
        attempt.date = self.today
        attempt.case_id = self.case
        self.assertEqual(attempt.municipality_id, self.town_b, "entered in the wrong file")
        attempt.case_id = False
        self.assertEqual(attempt.municipality_id, self.town_b, "it was there all the same")

    def test_an_unnamed_talk_is_the_employers_of_who_enters_it(self):
        for user, company in ((self.worker_a, self.company_a), (self.worker_b, self.company_b)):
            with self.subTest(user.login):
                talk = self._unnamed(user)
                self.assertEqual((talk.company_id, talk.user_id), (company, user))
        for stranger in (self.colleague_a, self.lead_a, self.worker_b):
            with self.subTest(stranger.login):
                theirs = self._as(stranger)["integration.contact"]
                self.assertFalse(theirs.search([("user_id", "=", self.worker_a.id)]))
        self.assertDenied(self._unnamed, user_id=self.colleague_a.id)

    def test_a_new_contact_begins_with_me_today_and_somebody_reached(self):
        values = self.Contact.with_context(
            default_case_id=self.case.id, default_duration=20
        ).default_get(["case_id", "date", "user_id", "reached", "cancelled", "duration"])
        self.assertEqual(
            values,
            {
                "case_id": self.case.id,
                "date": self.today,
                "user_id": self.worker_a.id,
                "reached": True,
                "duration": 20,
            },
        )
        self.assertEqual(self.Contact.new(values).municipality_id, self.town_a)

    # ------------------------------------------------------------
    # What about
    # ------------------------------------------------------------

    def test_areas_follow_from_topics_and_others_may_be_added(self):
        talk = self._talk(self.case, topic_ids=[Command.set((self.letter | self.form).ids)])
        self.assertEqual(talk.area_ids, self.general, "two topics, one area")
        talk.area_ids |= self.housing
        talk.topic_ids -= self.form
        self.assertEqual(talk.area_ids, self.general | self.housing, "added by hand")
        talk.area_ids -= self.housing
        talk.topic_ids |= self.viewing
        self.assertEqual(talk.area_ids, self.general | self.housing)
        self.assertFalse(self._talk(self.case).area_ids)

    # ------------------------------------------------------------
    # Persons by the field of the form
    # ------------------------------------------------------------

    def test_whoever_stays_keeps_the_row_of_that_day(self):
        talk = self._talk(self.case)
        row = talk.person_ids
        talk.client_ids = self.olena | self.son | self.yonas
        self.assertEqual(talk.person_ids.client_id, self.olena | self.son | self.yonas)
        self.assertIn(row, talk.person_ids)
        talk.client_ids = self.olena | self.yonas
        self.assertEqual(talk.person_ids.client_id, self.olena | self.yonas)
        self.assertIn(row, talk.person_ids)
        talk.write({"client_ids": [Command.link(self.olena.id)]})
        self.assertEqual(len(talk.person_ids), 2, "nobody is present twice")

    def test_persons_of_several_contacts_at_once(self):
        both = self._talk(self.case) | self._talk(self.case, self.son)
        both.write({"client_ids": [Command.set((self.olena | self.son).ids)]})
        self.assertEqual([len(talk.person_ids) for talk in both], [2, 2])

    def test_talks_are_found_by_who_was_present(self):
        alone = self._talk(self.case)
        together = self._talk(self.case, self.olena | self.son)
        partner = self._talk(self.own)
        for domain, expected in (
            ([("client_ids", "in", self.olena.ids)], alone | together),
            ([("client_ids", "=", self.son.id)], together),
            ([("client_ids.file_number", "=", self.yonas.file_number)], partner),
            ([("client_ids", "in", self.farida.ids)], partner.browse()),
        ):
            with self.subTest(domain):
                self.assertEqual(self._found(*domain), expected)

    # ------------------------------------------------------------
    # How it is shown
    # ------------------------------------------------------------

    def test_the_latest_stands_first(self):
        first, third, second = (self._talk(self.case, days_ago=days) for days in (9, 2, 5))
        same_day = self._talk(self.own, days_ago=2)
        self.assertEqual(self._found().ids, (same_day + third + second + first).ids)
        self.assertEqual(
            self.env["integration.contact.person"]
            .search([("contact_id", "in", self._found().ids)])
            .contact_id.ids,
            (same_day + third + second + first).ids,
        )

    def test_names_of_contacts_are_file_number_and_day_for_everybody(self):
        """Also where names are asked for: a contact is named in errors, mails and exports."""
        talk = self._talk(self.case)
        note = self.Note.create({"contact_id": talk.id, "body": "Words"})
        expected = f"{self.olena.file_number}, {self._shown(1)}"
        self._open_to_lead(self.case)
        for user in (self.worker_a, self.lead_a, self.env.ref("base.user_root")):
            for named in (True, False):
                for record in (talk, talk.person_ids, note):
                    seen = record.with_user(user).with_context(integration_show_name=named)
                    with self.subTest(user.login, model=record._name, named=named):
                        self.assertEqual(seen.display_name, expected)
        self.assertEqual(
            self._unnamed(date=self._day(0)).display_name, f"Unnamed talk, {self._shown(0)}"
        )

    def test_the_note_of_a_contact_is_what_the_reader_may_read(self):
        talk, silent = self._talk(self.case), self._talk(self.case)
        for body, confidentiality in (
            ("She looks for a course", "file"),
            ("Fear of the neighbour", "confidential"),
            ("To be talked about in the team", "supervision"),
            ("Papers copied", "file"),
        ):
            self.Note.create(
                {"contact_id": talk.id, "body": body, "confidentiality": confidentiality}
            )
        self._share(self.case, self.colleague_a)
        self._open_to_lead(self.case)
        course, fear, team, papers = talk.note_text.split("\n")
        self.assertEqual((course, papers), ("She looks for a course", "Papers copied"))
        for user, lines in (
            (self.worker_a, [course, fear, team, papers]),
            (self.colleague_a, [course, papers]),
            (self.lead_a, [course, team, papers]),
        ):
            with self.subTest(user.login):
                read = (talk | silent).with_user(user)
                self.assertEqual(read.mapped("note_text"), ["\n".join(lines), ""])
