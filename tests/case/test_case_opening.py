from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE
from .case_common import CaseCommon


@tagged("post_install", "-at_install")
class TestCaseOpening(CaseCommon):
    """A new case knows by itself what follows from client, place and day, and takes nothing else.

    It starts in the first phase, belongs to the worker who opens it, stands under the mandate of
    its first day and counts from the first day with consent.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.newcomer = cls._client(cls.worker_a, "Yonas Beispielu")
        cls.Case = cls.newcomer.env["integration.case"]
        cls.vals = {"client_id": cls.newcomer.id, "municipality_id": cls.town_a.id}

    def _open(self, context=None, **values):
        return self.Case.with_context(**(context or {})).create({**self.vals, **values})

    # ------------------------------------------------------------
    # What follows by itself
    # ------------------------------------------------------------

    def test_client_and_municipality_are_all_that_is_asked_for(self):
        self.assertRecordValues(
            self._open(),
            [
                {
                    "file_number": self.newcomer.file_number,
                    "episode": 1,
                    "company_id": self.company_a.id,
                    "mandate_id": self.mandate_a.id,
                    "user_id": self.worker_a.id,
                    "stage_id": self.stage_intake.id,
                    "state": "open",
                    "date_start": self.today,
                    "date_opened": self.today,
                    "date_end": False,
                    "closure_reason_id": False,
                    "previous_case_id": False,
                    "pause_until": False,
                    "may_undo_close": False,
                    "reopening_note": False,
                }
            ],
        )

    def test_start_is_the_calendar_day_of_the_place_where_the_work_is_done(self):
        """Summer or winter, an hour before midnight in London it is tomorrow here."""
        summer, winter = f"{self.today.year + 1}-07-14", f"{self.today.year + 1}-01-14"
        for moment, day in (
            (f"{summer} 21:59:59", f"{summer}"),
            (f"{summer} 22:00:00", f"{summer[:-2]}15"),
            (f"{winter} 22:59:59", f"{winter}"),
            (f"{winter} 23:00:00", f"{winter[:-2]}15"),
        ):
            for zone in ("Europe/Berlin", "America/New_York", "Asia/Kabul"):
                with self.subTest(moment, zone=zone), freeze_time(moment):
                    default = self.Case.with_context(tz=zone).default_get(["date_start"])
                    self.assertEqual(str(default["date_start"]), day)

    def test_case_counts_from_the_first_day_with_consent(self):
        """Visits at the door come before any consent, and a client may have agreed long ago."""
        for start, consent, counted in ((90, 30, 30), (30, 90, 30), (30, 30, 30), (30, None, None)):
            with self.subTest(start=start, consent=consent):
                client = self._client(self.worker_a, "Sahar Beispiel", consent=False)
                if consent is not None:
                    self._consent(client, date=self._day(consent))
                case = self._case(client, days_ago=start)
                self.assertEqual(case.date_opened, counted is not None and self._day(counted))

    def test_consent_that_was_taken_back_in_between_counts_from_its_return(self):
        client = self._client(self.worker_a, "Farid Beispielzai", consent=False)
        for decision, day in (("given", 80), ("withdrawn", 60), ("given", 20)):
            self._consent(client, decision, date=self._day(day), reason="As asked")
        self.assertEqual(self._case(client, days_ago=90).date_opened, self._day(20))

    def test_worker_who_opens_it_is_responsible_from_the_first_day(self):
        case = self._open(date_start=self._day(12))
        self.assertEqual(self._responsible(case), [("worker_a", self._day(12), False)])
        self.assertEqual(case.sudo().assignment_ids.municipality_id, self.town_a)

    # ------------------------------------------------------------
    # Mandate
    # ------------------------------------------------------------

    def test_first_and_last_day_of_a_mandate_belong_to_it(self):
        self.mandate_a.date_end = self._day(5)
        for days_ago in (800, 5):
            with self.subTest(days_ago):
                case = self._case(self._client(self.worker_a, "Samir Beispiel"), days_ago=days_ago)
                self.assertEqual(case.mandate_id, self.mandate_a)
        for days_ago in (801, 4):
            with self.subTest(days_ago):
                message = self.assertRefused(
                    "has no mandate for Aheim",
                    self._open,
                    date_start=self._day(days_ago),
                    number=self.newcomer.file_number,
                )
                self.assertIn(self._said(self._day(days_ago)), message)
                self.assertIn("Town A", message)

    def test_correction_of_the_place_or_start_looks_for_the_mandate_of_that_day(self):
        other = self.env["integration.municipality"].create(
            {"name": "Cheim", "ags": "08999003", "county_id": self.county.id}
        )
        later = self.mandate_a.create(
            {
                "company_id": self.company_a.id,
                "municipality_id": other.id,
                "mode": "own",
                "date_start": self._day(50),
            }
        )
        self.assertRefused("no mandate for Cheim", self.case.write, {"municipality_id": other.id})
        self.case.write({"municipality_id": other.id, "date_start": self._day(50)})
        self.assertEqual(self.case.mandate_id, later)
        self.assertRefused("no mandate", self.case.write, {"date_start": self._day(51)})
        self.case.municipality_id = self.town_a
        self.assertEqual(self.case.mandate_id, self.mandate_a)

    def test_mandate_of_another_employer_is_none(self):
        self.assertRefused(
            "no mandate for Bheim",
            self._open,
            municipality_id=self.town_b.id,
            number=self.newcomer.file_number,
        )

    # ------------------------------------------------------------
    # Refusals
    # ------------------------------------------------------------

    def test_case_does_not_start_in_the_future(self):
        self.assertRefused(
            "cannot lie in the future",
            self._open,
            date_start=self.today + timedelta(days=1),
            number=self.newcomer.file_number,
        )
        self.assertRefused(
            "cannot lie in the future",
            self.case.write,
            {"date_start": self.today + timedelta(days=1)},
        )

    def test_second_case_is_refused_whatever_the_first_one_waits_for(self):
        town = self.town_a
        self.assertRefused("has an open case already", self._case, self.client, town)
        self.case._pause("away", self.today + timedelta(days=9))
        self.assertRefused("has an open case already", self._case, self.client, town)
        self.case._close(self.goals_reached, self.today)
        self.assertRefused("had a case before", self._case, self.client, town, days_ago=0)
        self.assertEqual(self.case._reopen("Needs advice again", self.today).state, "open")

    def test_one_client_with_a_case_stops_the_whole_batch(self):
        before = self.Case.search_count([])
        self.assertRefused(
            "has an open case already",
            self.Case.create,
            [self.vals, {**self.vals, "client_id": self.client.id}],
        )
        self.assertEqual(self.Case.search_count([]), before)

    def test_responsible_is_a_case_worker_of_the_employer(self):
        for user in (self.lead_a, self.admin_a, self.employee):
            with self.subTest(user.login):
                self.assertRefused(
                    "is no case worker",
                    self.Case.sudo().create,
                    {**self.vals, "user_id": user.id},
                    number=self.newcomer.file_number,
                )
        with self.assertRaises(UserError), self.cr.savepoint():
            self.Case.sudo().create({**self.vals, "user_id": self.worker_b.id})

    def test_without_consent_the_case_waits_in_the_first_phase(self):
        client = self._client(self.worker_a, "Amina Beispiel", consent=False)
        planning = self.env.ref(f"{MODULE}.stage_planning")
        vals = {"client_id": client.id, "stage_id": planning.id}
        self.assertRefused("no valid consent", self._open, number=client.file_number, **vals)
        case = self._case(client)
        self.assertRefused(
            "no valid consent", case.write, {"stage_id": planning.id}, number=client.file_number
        )
        self._consent(client)
        case.stage_id = planning
        self.assertEqual(case.stage_id, planning)

    def test_nobody_opens_a_case_for_a_client_she_does_not_read(self):
        vals = {**self.vals, "user_id": self.worker_a.id}
        for user in (
            self.lead_a,
            self.reporting_a,
            self.admin_a,
            self.dpo_a,
            self.county_user,
            self.colleague_a,
            self.worker_b,
            self.employee,
            self.portal,
        ):
            with self.subTest(user.login):
                self.assertDenied(self._as(user)["integration.case"].create, vals)

    def test_case_cannot_be_copied(self):
        for user in (self.worker_a, self.lead_a):
            with self.assertRaisesRegex(UserError, "Reopen it instead"):
                self._seen_by(user).copy()

    # ------------------------------------------------------------
    # Not by hand
    # ------------------------------------------------------------

    def test_course_is_not_written_by_hand(self):
        """Neither by a forged pass of the system nor by anyone who leads."""
        other = self._case(self.newcomer)
        fields = {
            "state": "closed",
            "date_opened": self.today,
            "date_end": self.today,
            "closure_reason_id": self.goals_reached.id,
            "previous_case_id": other.id,
            "pause_reason": "wish",
            "date_paused": self.today,
            "pause_until": self.today,
            "company_id": self.company_b.id,
            "file_number": "2020-00001",
            "mandate_id": self.mandate_b.id,
            "client_id": self.newcomer.id,
        }
        for case in self.case | other:
            self._share(self.lead_a, case=case)
        for name, value in fields.items():
            for user in (self.worker_a, self.lead_a):
                for forged in (False, True, "1", {"any": "thing"}):
                    case = self._seen_by(user).with_context(integration_system=forged)
                    with (
                        self.subTest(name, user=user.login, forged=forged),
                        self.assertRaisesRegex(UserError, "Not to be set by hand"),
                        self.cr.savepoint(),
                    ):
                        case.write({name: value})
        self.assertEqual((self.case.state, self.case.client_id), ("open", self.client))

    def test_new_case_takes_nothing_that_its_course_decides(self):
        for name, value in (
            ("state", "closed"),
            ("date_opened", self._day(300)),
            ("date_end", self.today),
            ("previous_case_id", self.case.id),
            ("reopening_reason", "Words"),
            ("company_id", self.company_b.id),
            ("file_number", "2020-00001"),
        ):
            with self.subTest(name):
                with self.assertRaisesRegex(UserError, "Not to be set by hand"):
                    self._open(**{name: value})
                self.newcomer = self._client(self.worker_a, f"Newcomer {name}")
                self.vals = {**self.vals, "client_id": self.newcomer.id}
                case = self._open(context={f"default_{name}": value, "integration_system": True})
                held = case.sudo()[name]
                self.assertNotEqual(getattr(held, "id", held), value)

    def test_same_client_written_again_is_no_change(self):
        """A form may send back what it has read."""
        self.case.write({"client_id": self.client.id, "color": 4})
        self.assertEqual(self.case.color, 4)

    def test_responsibility_and_access_come_from_the_case_alone(self):
        row = self.case.sudo().assignment_ids
        for user in (self.worker_a, self.lead_a):
            rows = self._seen_by(user, row)
            self.assertTrue(rows.has_access("read"))
            self.assertDenied(rows.write, {"date_from": self._day(3)})
            self.assertDenied(rows.unlink)
            self.assertDenied(
                rows.create, {"case_id": self.case.id, "user_id": user.id, "date_from": self.today}
            )
        new = {"user_id": self.colleague_a.id, "date_from": self.today}
        self.assertDenied(self.case.write, {"assignment_ids": [Command.create(new)]})

    # ------------------------------------------------------------
    # Several at once
    # ------------------------------------------------------------

    def test_cases_of_two_workers_open_in_one_go(self):
        theirs = self._client(self.colleague_a, "Dawit Beispielu")
        cases = self.env["integration.case"].create(
            [
                {**self.vals, "user_id": self.worker_a.id, "date_start": self._day(9)},
                {**self.vals, "client_id": theirs.id, "user_id": self.colleague_a.id},
            ]
        )
        self.assertEqual(self._responsible(cases[0]), [("worker_a", self._day(9), False)])
        self.assertEqual(self._responsible(cases[1]), [("colleague_a", self.today, False)])
        self.assertEqual([self._reads(self.worker_a, case) for case in cases], [True, False])
        self.assertEqual([self._reads(self.colleague_a, case) for case in cases], [False, True])

    def test_change_of_many_asks_for_each(self):
        other = self._open()
        (self.case | other).write({"color": 7})
        self.assertEqual((self.case | other).mapped("color"), [7, 7])
        theirs = self._case(self._client(self.colleague_a, "Selam Beispielu"))
        self.assertDenied((self.case | theirs.with_env(self.case.env)).write, {"color": 1})
        self.assertEqual(self.case.color, 7)
