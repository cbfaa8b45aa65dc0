import re
from datetime import timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import format_date

from ..common import MODULE
from .contact_common import ContactCommon

# field, values that are true of some talk, values that are true of none, what is said
RANGES = [
    ("duration", (0, 1, 1440), (-1, 1441), "between 0 minutes and 24 hours"),
    ("unnamed_count", (0, 1, 1000), (-1, 1001), "between 0 and 1000"),
    ("time_start", (0, 12.5, 23.98), (-0.25, 24, 25), "between 0:00 and 23:59"),
]


@tagged("post_install", "-at_install")
class TestContactChecks(ContactCommon):
    """What cannot be true of a contact is refused, by file number and day and by no name."""

    def _closed(self, days_ago=10):
        self.case._close(self.goals_reached, self._day(days_ago))
        return self.case

    # ------------------------------------------------------------
    # Numbers and times
    # ------------------------------------------------------------

    def test_numbers_are_taken_up_to_their_limits(self):
        for name, good, _bad, _message in RANGES:
            for value in good:
                with self.subTest(name, value=value):
                    talk = self._talk(self.case, **{name: value})
                    self.env.flush_all()
                    self.assertEqual(talk[name], value)

    def test_numbers_beyond_their_limits_are_refused_at_entry_and_later(self):
        talk = self._talk(self.case)
        for name, _good, bad, message in RANGES:
            told = f"{self.case.file_number}.*{message}"
            for value in bad:
                with self.subTest(name, value=value):
                    self.assertRefused(told, self._talk, self.case, **{name: value})
                    self.assertRefused(told, talk.write, {name: value})
        self.assertEqual((talk.duration, talk.unnamed_count, talk.time_start), (30, 0, 0))

    def test_an_unnamed_talk_is_refused_by_its_day(self):
        self.assertRefused(
            f"Unnamed talk, {self._shown(0)}: .*24 hours", self._unnamed, duration=2000
        )

    def test_one_wrong_talk_stops_the_whole_batch(self):
        mine = self._talk(self.case) | self._talk(self.own)
        self.assertRefused("24 hours", mine.write, {"duration": 5000})
        good = {
            "case_id": self.own.id,
            "channel_id": self.home_visit.id,
            "person_ids": self._present(self.yonas),
        }
        bad = dict(good, case_id=self.case.id, person_ids=self._present(self.olena), time_start=30)
        before = self.Contact.search_count([])
        self.assertRefused(self.case.file_number, self.Contact.create, [good, bad])
        self.assertEqual(self.Contact.search_count([]), before)
        self.assertEqual(mine.mapped("duration"), [30, 30])

    # ------------------------------------------------------------
    # Days
    # ------------------------------------------------------------

    def test_first_and_last_day_of_a_case_belong_to_it(self):
        self._closed(days_ago=10)
        for days_ago in (100, 55, 10):
            with self.subTest(days_ago=days_ago):
                talk = self._talk(self.case, days_ago=days_ago)
                self.env.flush_all()
                self.assertEqual(talk.date, self._day(days_ago))

    def test_days_outside_the_case_are_refused(self):
        self._closed(days_ago=10)
        number = self.case.file_number
        start, end = (re.escape(format_date(self.env, self._day(ago))) for ago in (100, 10))
        before = f"{number}.*before the start of the case .*{start}"
        after = f"{number}.*after the end of the case .*{end}"
        talk = self._talk(self.case, days_ago=50)
        for days_ago, message in ((101, before), (9, after), (0, after)):
            with self.subTest(days_ago=days_ago):
                self.assertRefused(message, self._talk, self.case, days_ago=days_ago)
                self.assertRefused(message, self._attempt, days_ago=days_ago)
                self.assertRefused(message, talk.write, {"date": self._day(days_ago)})
        self.assertEqual(talk.date, self._day(50))

    def test_a_contact_is_entered_after_it_took_place(self):
        future = "after it took place.*future"
        self.assertRefused(f"{self.case.file_number}.*{future}", self._talk, self.case, days_ago=-1)
        self.assertRefused(f"Unnamed talk.*{future}", self._unnamed, date=self._day(-1))
        talk = self._talk(self.case, days_ago=0)
        self.assertRefused(future, talk.write, {"date": self._day(-1)})

    def test_late_at_night_the_day_is_that_of_the_county(self):
        """At half past eleven in London it is tomorrow here, whatever a laptop says."""
        tomorrow = self._day(-1)
        for zone in ("Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland"):
            self.worker_a.tz = zone
            with self.subTest(zone), freeze_time(f"{self.today} 23:30:00"):
                self.assertEqual(self.Contact.default_get(["date"])["date"], tomorrow)
                talk = self._talk(self.case, days_ago=-1)
                self.env.flush_all()
                self.assertEqual(talk.date, tomorrow)
                self.assertRefused("future", self._talk, self.case, days_ago=-2)

    def test_an_unnamed_talk_hangs_on_no_case(self):
        self.assertTrue(self._unnamed(date=self._day(600)).is_talk)

    # ------------------------------------------------------------
    # Who was there
    # ------------------------------------------------------------

    def test_somebody_was_there_or_nobody_was_reached(self):
        who = f"{self.case.file_number}.*choose who was present"
        self.assertRefused(who, self._talk, self.case, self.nobody)
        self.assertRefused("Unnamed talk.*choose who was present", self._unnamed, unnamed_count=0)
        for values in (
            {"reached": False},
            {"channel_id": self.case_work.id},
            {"unnamed_count": 1},
            {"cancelled": True},
        ):
            with self.subTest(values):
                self.assertTrue(self._talk(self.case, self.nobody, **values))
                self.env.flush_all()

    def test_what_makes_a_talk_of_it_later_asks_who_was_there(self):
        for values, change in (
            ({"reached": False}, {"reached": True}),
            ({"channel_id": self.case_work.id}, {"channel_id": self.home_visit.id}),
            ({"cancelled": True}, {"cancelled": False}),
            ({"unnamed_count": 2}, {"unnamed_count": 0}),
        ):
            with self.subTest(values):
                contact = self._talk(self.case, self.nobody, **values)
                self.assertRefused("choose who was present", contact.write, change)
                if contact.reached:
                    contact.client_ids = self.olena
                    contact.write(change)
                else:
                    contact.write(dict(change, person_ids=self._present(self.olena)))
                self.env.flush_all()
                self.assertTrue(contact.is_talk)

    def test_the_last_person_is_not_taken_out_of_a_talk(self):
        talk = self._talk(self.case, self.olena | self.son)
        talk.client_ids -= self.son
        self.env.flush_all()
        for change in (
            {"client_ids": [Command.clear()]},
            {"person_ids": [Command.clear()]},
            {"person_ids": [Command.delete(talk.person_ids.id)]},
        ):
            with self.subTest(change):
                self.assertRefused("choose who was present", talk.write, change)
        talk.write({"client_ids": [Command.clear()], "unnamed_count": 1})
        self.env.flush_all()
        self.assertEqual((talk.is_talk, talk.person_count), (True, 1))

    def test_nobody_is_present_where_nobody_was_reached(self):
        message = f"{self.case.file_number}.*nobody can be present"
        for channel in (self.home_visit, self.case_work):
            with self.subTest(channel.code):
                self.assertRefused(
                    message, self._talk, self.case, reached=False, channel_id=channel.id
                )
                talk = self._talk(self.case, channel_id=channel.id)
                self.assertRefused(message, talk.write, {"reached": False})
                talk.write({"reached": False, "person_ids": [Command.clear()]})
                self.env.flush_all()
                self.assertFalse(talk.is_talk)

    def test_named_persons_belong_to_a_case(self):
        message = "Unnamed talk.*belongs to a case; choose it"
        self.assertRefused(message, self._unnamed, person_ids=self._present(self.olena))
        talk = self._unnamed()
        self.assertRefused(message, talk.write, {"client_ids": [Command.link(self.olena.id)]})
        talk.write({"case_id": self.case.id, "date": self._day(3)})
        self.env.flush_all()
        self.env.invalidate_all()
        talk.client_ids = self.olena
        talk.unnamed_count = 0
        self.env.flush_all()
        self.assertEqual((talk.is_talk, talk.person_count), (True, 1))
        self.assertEqual(self.case.last_talk_date, self._day(3))

    # ------------------------------------------------------------
    # Where it stands
    # ------------------------------------------------------------

    def test_a_contact_with_persons_stays_in_its_case(self):
        talk = self._talk(self.case)
        message = f"{self.case.file_number}.*cannot be moved to another case; cancel it"
        for case_id in (self.own.id, False):
            with self.subTest(case_id):
                self.assertRefused(message, talk.write, {"case_id": case_id})
        talk.write({"case_id": self.case.id, "duration": 45})
        self.assertEqual((talk.case_id, talk.duration), (self.case, 45))

    def test_an_attempt_in_the_wrong_case_may_be_moved(self):
        attempt = self._attempt()
        attempt.case_id = self.own
        self.assertEqual(self.own.contact_ids, attempt)
        both = attempt | self._talk(self.case)
        self.assertRefused("cannot be moved", both.write, {"case_id": self.own.id})
        self.assertEqual(attempt.case_id, self.own)

    def test_an_attempt_is_not_moved_to_a_day_outside_the_other_case(self):
        young = self._case(self._client(self.worker_a, "Layal Alsabbagh"), days_ago=2)
        attempt = self._attempt(days_ago=3)
        self.assertRefused(
            f"{young.file_number}.*before the start", attempt.write, {"case_id": young.id}
        )

    def test_contacts_are_cancelled_and_never_deleted(self):
        talk, unnamed = self._talk(self.case), self._unnamed()
        for contact in (talk, unnamed):
            with self.subTest(contact.display_name):
                self.assertDenied(contact.unlink)
                self.assertRefused("not deleted.*“Cancelled”", contact.sudo().unlink)
                contact.cancelled = True
                self.env.flush_all()
                self.assertFalse(contact.is_talk)
        self.assertFalse(self.case.last_talk_date)

    def test_the_worker_who_held_it_is_of_the_same_employer(self):
        talk = self._talk(self.case, user_id=self.colleague_a.id)
        self.assertEqual(talk.person_ids.user_id, self.colleague_a, "not who typed it")
        self.assertRefused(self.company_a.name, talk.write, {"user_id": self.worker_b.id})
        self.assertEqual(talk.user_id, self.colleague_a)

    def test_a_topic_of_another_employer_cannot_be_chosen(self):
        area = self.env.ref(f"{MODULE}.area_housing")
        own, foreign = self.env["integration.topic"].create(
            [
                {"name": "Heating", "code": "heating", "area_id": area.id, "company_id": company.id}
                for company in (self.company_a, self.company_b)
            ]
        )
        talk = self._talk(self.case, topic_ids=[Command.link(own.id)])
        self.assertDenied(talk.write, {"topic_ids": [Command.link(foreign.id)]})
        self.assertEqual(talk.topic_ids, own)

    def test_what_a_former_worker_held_stays_hers_and_may_be_corrected(self):
        talk = self._talk(self.case, user_id=self.colleague_a.id)
        self.theirs.sudo()._as_system().write({"user_id": self.worker_a.id})
        self.colleague_a.active = False
        talk.write({"duration": 50, "date": talk.date - timedelta(days=1)})
        self.env.flush_all()
        self.assertEqual(talk.user_id, self.colleague_a)
        self.assertEqual(talk.person_ids.user_id, self.colleague_a)
