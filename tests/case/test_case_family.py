from odoo import fields
from odoo.tests import tagged

from .case_common import CaseCommon

NAMES = ["person_count", "may_work", "display_name", "municipality_id"]


@tagged("post_install", "-at_install")
class TestCaseFamily(CaseCommon):
    """A family is accompanied in one case; anyone who needs a case of her own leaves it.

    Everybody who reads the case reads its members, and nobody else; a number tells the lead how
    many they are.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wife, cls.son = (
            cls._client(cls.worker_a, f"{name} Beispielko") for name in ("Iryna", "Danylo")
        )

    # ------------------------------------------------------------
    # Joining
    # ------------------------------------------------------------

    def test_members_count_with_the_client(self):
        self.assertEqual((self.case.person_ids, self.case.person_count), (self.client, 1))
        self.case._accompany(self.wife | self.son)
        self.assertEqual(self.case.person_ids, self.client | self.wife | self.son)
        self.assertEqual(self.case.person_count, 3)
        self.case._accompany(self.wife)
        self.assertEqual(self.case.person_count, 3, "joining twice is joining once")

    def test_whoever_reads_the_case_reads_who_joins_later(self):
        self._share(self.colleague_a)
        self._consent(self.wife, purpose="team")
        self.case._accompany(self.wife | self.son)
        self.assertTrue(self._reads(self.colleague_a, self.wife))
        self.assertFalse(self._reads(self.colleague_a, self.son), "did not agree to that")
        self.assertFalse(self._reads(self.lead_a, self.wife))

    def test_nobody_is_joined_to_a_case_of_somebody_else(self):
        theirs = self._case(self._client(self.colleague_a, "Helen Beispielu"))
        foreign = self._case(self._client(self.worker_b, "Petra Beispiel"))
        for case in (theirs, foreign):
            self.assertDenied(self.wife.write, {"family_case_id": case.id})
        client = self._seen_by(self.colleague_a, self.wife)
        self.assertDenied(client.write, {"family_case_id": theirs.id})
        self.assertDenied(
            self._seen_by(self.lead_a, self.wife).write, {"family_case_id": self.case.id}
        )
        self.assertFalse(self.wife.family_case_id)

    # ------------------------------------------------------------
    # Leaving
    # ------------------------------------------------------------

    def test_own_case_ends_the_accompaniment(self):
        self.case._accompany(self.wife | self.son)
        own = self._case(self.wife, days_ago=0)
        self.assertFalse(self.wife.family_case_id)
        self.assertEqual(self.case.member_ids, self.son)
        self.assertEqual(self.case.person_count, 2)
        self.assertEqual((own.person_count, own.person_ids), (1, self.wife))
        self.assertEqual(self.wife._current_case(), own)

    def test_team_of_the_family_loses_whoever_leaves(self):
        self.case._accompany(self.wife)
        self._share(self.colleague_a)
        self.assertTrue(self._reads(self.colleague_a, self.wife))
        self._case(self.wife, days_ago=0)
        self.assertFalse(self._reads(self.colleague_a, self.wife))
        self.assertTrue(self._reads(self.colleague_a, self.client))
        self.assertTrue(self._reads(self.worker_a, self.wife))

    def test_family_splits_between_two_workers(self):
        """After a separation each has a file that the other's worker does not read."""
        self.case._accompany(self.wife | self.son)
        own = self._case(self.wife, days_ago=0)
        own._accompany(self.son)
        self._hand_over(self.colleague_a, own)
        for user, reads in (
            (self.worker_a, [True, False, False]),
            (self.colleague_a, [False, True, True]),
        ):
            with self.subTest(user.login):
                persons = (self.client, self.wife, self.son)
                self.assertEqual([self._reads(user, person) for person in persons], reads)
        self.assertEqual(self.case.sudo().person_count, 1)
        self.assertEqual(own.sudo().person_count, 2)

    def test_members_stay_with_a_case_that_closes(self):
        self.case._accompany(self.wife)
        self.case._close(self.goals_reached, self.today)
        self.assertEqual(self.wife.family_case_id, self.case)
        self.case.action_undo_close()
        self.assertEqual(self.case.person_count, 2)

    # ------------------------------------------------------------
    # Which case is the client's
    # ------------------------------------------------------------

    def _opened(self, client):
        action = client.action_open_case()
        self.assertEqual(action["res_model"], "integration.case")
        self.assertEqual(action["views"], [(False, "form")])
        return client.env["integration.case"].browse(action["res_id"] or [])

    def test_button_opens_the_case_that_matters_now(self):
        self.assertFalse(self._opened(self.wife), "a card without case")
        self.assertEqual(self._opened(self.client), self.case)
        self.case._pause("away", fields.Date.add(self.today, days=3))
        self.assertEqual(self._opened(self.client), self.case)
        self.case._accompany(self.wife)
        self.assertEqual(self._opened(self.wife), self.case)
        own = self._case(self.wife, days_ago=0)
        self.assertEqual(self._opened(self.wife), own)

    def test_button_opens_the_last_of_closed_cases(self):
        self.case._close(self.goals_reached, self._day(30))
        second = self.case._reopen("Needs advice again", self._day(20))
        second._close(self.goals_reached, self._day(10))
        self.env.invalidate_all()
        self.assertFalse(self.client._current_case())
        self.assertEqual(self._opened(self.client), second)

    def test_closed_own_case_gives_way_to_the_familys(self):
        own = self._case(self.wife, days_ago=50)
        own._close(self.goals_reached, self._day(3))
        self.case._accompany(self.wife)
        self.assertEqual(self.wife._current_case(), self.case)
        self.assertEqual(self._opened(self.wife), self.case)

    # ------------------------------------------------------------
    # What the screen shows to whom
    # ------------------------------------------------------------

    def test_lead_sees_how_many_not_who(self):
        self.case._accompany(self.wife | self.son)
        lead = self._seen_by(self.lead_a)
        self.assertRecordValues(lead, [{"person_count": 3, "may_work": False}])
        self.assertFalse(lead.person_ids)

    def test_work_is_offered_to_whoever_has_an_entry_today(self):
        """A button that only leads to a refusal is not shown."""
        now = fields.Datetime.now()
        self._share(
            self.colleague_a,
            "deputy",
            date_from=fields.Datetime.add(now, days=2),
            date_until=fields.Datetime.add(now, days=4),
        )
        other = self._case(self._client(self.worker_a, "Jamila Beispiel"))
        self._share(self.lead_a, case=other)
        self.assertEqual(self._seen_by(self.worker_a).may_work, True)
        lead = self._seen_by(self.lead_a, self.case | other)
        self.assertEqual(lead.mapped("may_work"), [False, True])
        self.assertFalse(self._reads(self.colleague_a, self.case), "from the day after tomorrow")

    def test_persons_open_as_a_form_or_as_a_list(self):
        action = self.case.action_open_persons()
        self.assertEqual(action["res_model"], "integration.client")
        self.assertEqual((action["res_id"], action["views"]), (self.client.id, [(False, "form")]))
        self.case._accompany(self.wife | self.son)
        action = self.case.action_open_persons()
        self.assertFalse(action.get("res_id"))
        listed = self.client.search(action["domain"])
        self.assertEqual(listed, self.client | self.wife | self.son)
        lead = self._seen_by(self.lead_a)
        self.assertFalse(
            self._as(self.lead_a)["integration.client"].search(lead.action_open_persons()["domain"])
        )

    def test_household_of_the_client_is_the_cases(self):
        self.assertFalse(self.case.household_id)
        household = self._household(self.client, self.wife)
        self.assertEqual(self.case.household_id, household)
        self.client.household_member_ids.action_separate()
        self.assertFalse(self.case.household_id)

    def test_cards_of_forty_families_cost_no_more_queries_than_of_two(self):
        cases = self._invented(40)
        self.assertEqual(len(cases), 40)
        for user in (self.worker_a, self.lead_a):
            few, many = (self._seen_by(user, cases[:number]) for number in (2, 40))
            for show in (False, True):
                costs = [
                    self._queries(
                        lambda c=some, s=show: c.with_context(integration_show_name=s).read(NAMES)
                    )
                    for some in (few, many)
                ]
                with self.subTest(user.login, integration_show_name=show):
                    # Few names are an opening, which is logged; many are a list.
                    self.assertLessEqual(costs[-1], costs[0])
