from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import MODULE
from .outreach_common import OutreachCommon


@tagged("post_install", "-at_install")
class TestArrival(OutreachCommon):
    """A move into follow-up accommodation: whose it is, and what becomes of it (standard 3.1)."""

    # ------------------------------------------------------------
    # Whose it is
    # ------------------------------------------------------------

    def test_employer_and_worker_follow_from_the_municipality(self):
        self._case(self._client(self.worker_a))
        arrival = self._arrival(self.accommodation).sudo()
        self.assertEqual(arrival.company_id, self.company_a)
        self.assertEqual(arrival.user_id, self.worker_a)
        self.assertEqual(arrival.source, "accommodation")
        other = self._arrival(self.accommodation, town=self.town_b).sudo()
        self.assertEqual((other.company_id, other.user_id.id), (self.company_b, False))

    def test_a_municipality_without_mandate_is_refused_by_name(self):
        lonely = self.env["integration.municipality"].create(
            {"name": "Lonelyheim", "ags": "08999777", "county_id": self.county.id}
        )
        for user in (self.worker_a, self.lead_a, self.accommodation):
            with self.subTest(user.login), self.assertRaisesRegex(UserError, "Lonelyheim"):
                self._arrival(user, town=lonely)

    def test_a_mandate_counts_on_the_day_of_the_move(self):
        self.mandate_a.date_start = self.today - timedelta(days=5)
        with self.assertRaisesRegex(UserError, "Aheim"):
            self._arrival(self.worker_a, days_ago=6)
        self.assertTrue(self._arrival(self.worker_a, days_ago=5))

    def test_a_worker_enters_none_for_another_employer(self):
        with self.assertRaisesRegex(UserError, "Bheim lies with Agency B"):
            self._arrival(self.worker_a, town=self.town_b)

    def test_what_the_system_sets_is_refused(self):
        for name, value in {
            "company_id": self.company_b.id,
            "source": "accommodation",
            "state": "accepted",
            "date_result": self.today,
            "date_cleared": self.today,
            "date_visited": self.today,
        }.items():
            with self.subTest(name), self.assertRaises(UserError):
                self._arrival(self.worker_a, **{name: value})
            with self.subTest(f"{name} by default"):
                env = self._as(self.worker_a)
                arrival = (
                    env["integration.arrival"]
                    .with_context(**{f"default_{name}": value})
                    .create({"municipality_id": self.town_a.id})
                )
                kept = arrival[name].id if name == "company_id" else arrival[name]
                self.assertNotEqual(kept, value)
                arrival.unlink()

    def test_a_worker_passes_nothing_on_and_a_lead_does(self):
        arrival = self._arrival(self.worker_a, user_id=self.worker_a.id)
        arrival.action_take_over()
        with self.assertRaisesRegex(UserError, "team lead"):
            arrival.user_id = self.colleague_a.id
        arrival.with_env(self._as(self.lead_a)).user_id = self.colleague_a.id
        self.assertEqual(arrival.sudo().user_id, self.colleague_a)
        with self.assertRaises(AccessError):
            arrival.read(["street"])

    # ------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------

    def test_days_and_numbers_that_cannot_be_meant(self):
        for values in (
            {"days_ago": 366},
            {"days_ago": -91},
            {"person_count": -3},
            {"person_count": 0},
            {"person_count": 100},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._arrival(self.worker_a, **values)
        self.assertTrue(self._arrival(self.worker_a, days_ago=-90))

    def test_the_same_move_twice(self):
        values = {"street": "Lindenstraße 4", "person_count": 3}
        self._arrival(self.worker_a, user_id=self.worker_a.id, **values)
        with self.assertRaisesRegex(UserError, "already"):
            self._arrival(self.colleague_a, **dict(values, street="lindenstrasse 4"))
        self.assertTrue(self._arrival(self.colleague_a, **values, is_another=True))
        self.assertTrue(self._arrival(self.colleague_a, **dict(values, person_count=2)))
        new = self._as(self.colleague_a)["integration.arrival"].new(
            {"municipality_id": self.town_a.id, "date_move": self.today - timedelta(days=10)}
            | values
        )
        self.assertTrue(new.twice_hint)

    def test_two_names_at_one_address_are_two_families(self):
        self._arrival(self.worker_a, street="Lindenstraße 4", name="Family One")
        self.assertTrue(self._arrival(self.worker_a, street="Lindenstraße 4", name="Family Two"))
        with self.assertRaises(UserError):
            self._arrival(self.worker_a, street="Lindenstraße 4")

    # ------------------------------------------------------------
    # Visits
    # ------------------------------------------------------------

    def test_a_talk_is_counted_once_and_without_names(self):
        arrival = self._arrival(self.worker_a)
        before = self.env["integration.contact"].search([])
        visit = self._visit(arrival, person_count=2, duration=20)
        talk = self.env["integration.contact"].search([]) - before
        self.assertEqual(
            (talk.user_id, talk.municipality_id, talk.unnamed_count, talk.duration, talk.date),
            (self.worker_a, self.town_a, 2, 20, visit.date),
        )
        self.assertTrue(talk.is_talk and not talk.case_id and not talk.person_ids)
        self.assertEqual(talk.channel_id, self.home_visit)
        visit.person_count = 3
        self.assertEqual(talk.unnamed_count, 3)
        visit.result = "nobody"
        self.assertFalse(talk.is_talk)
        visit.result = "talked"
        self.assertTrue(talk.is_talk)
        self.assertEqual(self.env["integration.contact"].search([]) - before, talk)
        visit.unlink()
        self.assertFalse(talk.is_talk)

    def test_attempts_are_no_talks(self):
        arrival = self._arrival(self.worker_a, days_ago=10)
        before = self.env["integration.contact"].search_count([])
        self._visit(arrival, "nobody", days_ago=8)
        self._visit(arrival, "came", days_ago=3)
        self.assertEqual(self.env["integration.contact"].search_count([]), before)
        self.assertEqual(arrival.date_visited, self.today - timedelta(days=8))
        self.assertEqual(arrival.date_reached, self.today - timedelta(days=3))
        self.assertEqual((arrival.days_waited, arrival.visit_count), (2, 2))
        self.assertEqual((arrival.state, arrival.user_id), ("open", self.worker_a))

    def test_one_tap_at_the_door_counts_once(self):
        arrival = self._arrival(self.worker_a)
        arrival.action_visit_nobody()
        arrival.action_visit_nobody()
        self.assertEqual(arrival.visit_ids.mapped("result"), ["nobody"])

    def test_visits_lie_between_the_move_and_today(self):
        arrival = self._arrival(self.worker_a, days_ago=3)
        for days_ago in (4, -1):
            with self.subTest(days_ago), self.assertRaises(ValidationError):
                self._visit(arrival, days_ago=days_ago)
        for values in ({"person_count": 0}, {"person_count": -1}, {"duration": 1441}):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._visit(arrival, **values)

    def test_nobody_corrects_the_visit_of_a_colleague(self):
        arrival = self._arrival(self.worker_a)
        visit = self._visit(arrival)
        arrival.with_env(self._as(self.lead_a)).user_id = self.colleague_a.id
        theirs = visit.with_env(self._as(self.colleague_a))
        with self.assertRaises(UserError):
            theirs.result = "nobody"
        with self.assertRaises(UserError):
            theirs.unlink()

    # ------------------------------------------------------------
    # Later
    # ------------------------------------------------------------

    def test_later_comes_back_by_itself(self):
        arrival = self._arrival(self.worker_a)
        arrival.date_later = self.today + timedelta(days=7)
        self.assertEqual((arrival.state, arrival.user_id), ("later", self.worker_a))
        self._night()
        self.assertEqual(arrival.state, "later")
        self.env.cr.execute(
            "UPDATE integration_arrival SET date_later = %s WHERE id = %s", (self.today, arrival.id)
        )
        self.env.invalidate_all()
        self._night()
        self.assertEqual((arrival.state, arrival.date_later), ("open", False))

    def test_later_is_before_the_address_goes(self):
        arrival = self._arrival(self.worker_a, days_ago=0)
        with self.assertRaisesRegex(UserError, "cleared"):
            arrival.date_later = self.today + timedelta(days=91)
        arrival.date_later = self.today + timedelta(days=90)
        arrival.date_later = False
        self.assertEqual(arrival.state, "open")

    def _night(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"{MODULE}.ir_cron_keep_arrivals").method_direct_trigger()
        self.env.invalidate_all()

    # ------------------------------------------------------------
    # What was counted stays
    # ------------------------------------------------------------

    def test_only_a_slip_is_deleted(self):
        slip = self._arrival(self.worker_a)
        slip.unlink()
        visited = self._arrival(self.worker_a)
        self._visit(visited, "nobody")
        with self.assertRaises(UserError):
            visited.unlink()
        declined = self._arrival(self.worker_a)
        declined.action_decline()
        with self.assertRaises(UserError):
            declined.unlink()

    def test_the_arrivals_of_who_leaves_are_nobodys(self):
        open_yet = self._arrival(self.lead_a, user_id=self.colleague_a.id)
        answered = self._arrival(self.lead_a, user_id=self.colleague_a.id, days_ago=4)
        answered.action_decline()
        self.colleague_a.action_archive()
        self.assertFalse(open_yet.user_id)
        self.assertEqual(answered.user_id, self.colleague_a)
        self.assertIn(open_yet, self._as(self.worker_a)["integration.arrival"].search([]))

    def test_an_answer_is_final(self):
        arrival = self._arrival(self.worker_a)
        arrival.action_decline()
        for method in ("action_decline", "action_accept", "action_take_over", "action_visit"):
            with self.subTest(method), self.assertRaises(UserError):
                getattr(arrival, method)()
        with self.assertRaises(UserError):
            arrival.street = "Another"
        with self.assertRaises(UserError):
            self._visit(arrival)

    def test_my_day_counts_what_its_list_shows(self):
        tile = self.env.ref(f"{MODULE}.day_tile_arrivals")
        mine = self._arrival(self.worker_a, user_id=self.worker_a.id)
        nobodys = self._arrival(self.lead_a, user_id=False)
        self._arrival(self.lead_a, days_ago=9, user_id=self.colleague_a.id)
        tile = tile.with_env(self._as(self.worker_a))
        self.assertEqual(tile.count, 2)
        found = tile.env["integration.arrival"].search(tile.action_open()["domain"])
        self.assertEqual(found, mine | nobodys.with_env(tile.env))
