from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestPresence(ContactCommon):
    """Who was present counts for the case and the household of that day, whatever comes later."""

    def _cases(self, talk):
        """Return the case that each person of a talk counts for, by client."""
        self.env.flush_all()
        return {row.client_id: row.case_id for row in talk.sudo().person_ids}

    def _close(self, case, days_ago):
        case._close(self.goals_reached, self._day(days_ago))

    # ------------------------------------------------------------
    # The case of the day
    # ------------------------------------------------------------

    def test_a_member_without_a_case_counts_for_the_case_of_the_talk(self):
        talk = self._talk(self.case, self.olena | self.son | self.yonas)
        self.assertEqual(
            self._cases(talk), {self.olena: self.case, self.son: self.case, self.yonas: self.own}
        )
        self.assertEqual(self.own.last_talk_date, talk.date)
        self.assertFalse(self.own.contact_ids, "it stands in one file")
        self.assertEqual(self.own.presence_ids.contact_id, talk)

    def test_a_member_who_gets_a_case_takes_no_past_talk_along(self):
        before = self._talk(self.case, self.olena | self.son, days_ago=20)
        own = self._case(self.son, days_ago=10)
        after = self._talk(self.case, self.olena | self.son, days_ago=10)
        self.assertEqual(self._cases(before)[self.son], self.case)
        self.assertEqual(self._cases(after)[self.son], own, "from the first day on")
        self.assertEqual(
            (own.last_talk_date, self.case.last_talk_date), (self._day(10), self._day(10))
        )

    def test_a_member_who_leaves_the_card_keeps_past_talks_there(self):
        talk = self._talk(self.case, self.son)
        self.son.family_case_id = False
        self.assertEqual(self._cases(talk), {self.son: self.case})
        self.assertEqual(self.case.last_talk_date, talk.date)

    def test_first_and_last_day_count_for_the_own_case(self):
        self._close(self.own, 10)
        for days_ago, case in ((100, self.own), (50, self.own), (10, self.own), (9, self.case)):
            with self.subTest(days_ago=days_ago):
                talk = self._talk(self.case, self.yonas, days_ago=days_ago)
                self.assertEqual(self._cases(talk), {self.yonas: case})
        self.assertEqual(self.own.last_talk_date, self._day(10))

    def test_a_chain_of_episodes_keeps_its_talks_apart(self):
        first = self._talk(self.case, days_ago=60)
        self._close(self.case, 50)
        second_case = self.case._reopen("New letter from the court", self._day(50))
        second = self._talk(second_case, days_ago=40)
        self._close(second_case, 30)
        third_case = second_case._reopen("Lost the flat", self._day(20))
        third = self._talk(third_case, days_ago=20)
        chain = [self.case, second_case, third_case]
        self.assertEqual([case.presence_ids.contact_id for case in chain], [first, second, third])
        self.assertEqual(
            [case.last_talk_date for case in chain], [self._day(60), self._day(40), self._day(20)]
        )
        self.assertEqual([case.contact_count for case in chain], [1, 1, 1])

    def test_on_the_day_of_a_new_episode_the_file_that_was_chosen_decides(self):
        day = self._day(50)
        self._close(self.case, 50)
        again = self.case._reopen("New letter from the court", day)
        for case in (self.case, again):
            with self.subTest(case.episode):
                talk = self._talk(case, days_ago=50)
                self.assertEqual(self._cases(talk), {self.olena: case})
        talk = self._talk(self.own, self.olena, days_ago=50)
        self.assertEqual(self._cases(talk), {self.olena: again}, "else the newer one")

    def test_a_talk_moved_to_another_day_counts_for_the_case_of_that_day(self):
        self._close(self.own, 10)
        talk = self._talk(self.case, self.yonas, days_ago=5)
        self.assertEqual(self._cases(talk), {self.yonas: self.case})
        talk.date = self._day(15)
        self.assertEqual(self._cases(talk), {self.yonas: self.own})
        self.assertEqual(
            (self.own.last_talk_date, self.case.last_talk_date), (self._day(15), False)
        )

    def test_hand_over_changes_no_past_talk(self):
        talk = self._talk(self.case, self.olena | self.yonas)
        before = self._cases(talk)
        self._hand_over(self.case, self.colleague_a)
        self.assertEqual(self._cases(talk), before)
        self.assertEqual(talk.sudo().person_ids.user_id, self.worker_a)
        self.env.invalidate_all()
        theirs = talk.with_user(self.colleague_a)
        self.assertEqual(theirs.person_count, 2, "she reads the whole talk of her file")
        theirs.duration = 40
        mine = self._as(self.worker_a)
        self.assertEqual(mine["integration.contact"].search([]), talk, "her partner was there")
        self.assertDenied(talk.with_user(self.worker_a).write, {"duration": 20})
        self.assertEqual(
            mine["integration.contact.person"].search([]).client_id.ids,
            self.yonas.ids,
            "of the file that she keeps, and nobody else",
        )

    # ------------------------------------------------------------
    # The household of the day
    # ------------------------------------------------------------

    def test_first_and_last_day_count_for_the_household(self):
        household = self._household(self.olena, self.yonas)
        member = self.yonas.household_member_ids
        member.write({"date_from": self._day(30), "date_to": self._day(20)})
        for days_ago, expected in ((31, False), (30, True), (25, True), (20, True), (19, False)):
            with self.subTest(days_ago=days_ago):
                # Whoever has left speaks alone in her own file alone.
                case = self.own if days_ago == 19 else self.case
                talk = self._talk(case, self.yonas, days_ago=days_ago)
                self.env.flush_all()
                self.assertEqual(
                    talk.person_ids.household_id, household if expected else household.browse()
                )

    def test_a_move_from_one_household_to_another(self):
        first = self._household(self.olena, self.yonas)
        before = self._talk(self.case, self.olena | self.yonas, days_ago=12)
        self.yonas.household_member_ids.date_to = self._day(11)
        second = self._household(self.son)
        self.env.invalidate_all()
        self.yonas.env["integration.household.member"].create(
            {"household_id": second.id, "client_id": self.yonas.id, "date_from": self._day(10)}
        )
        after = self._talk(self.case, self.olena | self.yonas, days_ago=10)
        self.env.flush_all()
        self.assertEqual(before.person_ids.household_id, first)
        self.assertEqual(after.person_ids.household_id, first | second)
        after.date = self._day(11)
        self.env.flush_all()
        self.assertEqual(after.person_ids.household_id, first, "moved to the day before the move")

    # ------------------------------------------------------------
    # Rows of their own
    # ------------------------------------------------------------

    def test_nobody_is_present_twice(self):
        talk = self._talk(self.case)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            talk.person_ids.create({"contact_id": talk.id, "client_id": self.olena.id})

    def test_a_person_is_added_only_where_the_contact_may_be_written(self):
        self._share(self.case, self.colleague_a)
        talk = self._talk(self.case)
        row = {"contact_id": talk.id, "client_id": self.son.id}
        for user in (self.lead_a, self.worker_b, self.admin_a, self.dpo_a):
            with self.subTest(user.login):
                self.assertDenied(self._as(user)["integration.contact.person"].create, row)
                self.assertDenied(talk.person_ids.with_user(user).unlink)
        theirs = self._talk(self.theirs)
        self.assertDenied(
            talk.person_ids.create, {"contact_id": theirs.id, "client_id": self.son.id}
        )
        self.assertDenied(
            talk.person_ids.create, {"contact_id": talk.id, "client_id": self.farida.id}
        )
        self.assertEqual(talk.person_ids.client_id, self.olena)

    def test_a_deputy_documents_talks_until_her_last_day(self):
        self._share(self.case, self.colleague_a)
        as_deputy = self.case.with_user(self.colleague_a)
        talk = self._talk(as_deputy, self.olena, days_ago=0)
        self.assertEqual((talk.user_id, self.case.last_talk_date), (self.colleague_a, self.today))
        entry = self.case.sudo().access_ids.filtered(lambda access: access.kind == "deputy")
        over = entry.date_from - timedelta(days=1)
        entry.write({"date_from": over - timedelta(days=1), "date_until": over})
        self.assertDenied(self._talk, as_deputy, self.olena, days_ago=0)
        self.assertDenied(talk.write, {"duration": 10})
        self.assertEqual(self.case.contact_ids.user_id, self.colleague_a)
