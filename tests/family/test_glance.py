from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestGlance(FamilyCommon):
    """The case at a glance, each part as far as its reader may read it."""

    def _glance(self, user=None, case=None):
        self.env.flush_all()
        self.env.invalidate_all()
        cases = self._as(user or self.worker_a)["integration.case"]
        case = cases.browse((case or self.case).id)
        return case.with_context(integration_show_name=True).get_glance()

    def test_telephone_address_and_household(self):
        told = self._glance()
        self.assertEqual(told["contact"]["phone"], "+49 171 3920001")
        self.assertEqual(told["contact"]["address"], "Musterweg 1, 88000 Aheim")
        self.assertEqual(
            told["household"]["name"], f"Family Beispielenko, 3 persons ({self.home.name})"
        )
        persons = told["household"]["persons"]
        self.assertEqual(
            [(p["name"].partition(" (")[0], p["age"], p["role"], p["here"]) for p in persons],
            [
                ("Beispielenko, Olha", 35, "Adult", True),
                ("Beispielenko, Andrij", 37, "Adult", True),
                ("Beispielenko, Ivanka", 8, "Child", True),
            ],
        )
        self.assertTrue(told["may_change"])

    def test_protected_address_warns_first(self):
        self.assertFalse(self._glance()["contact"]["protected"])
        self.mother.protected_address = True
        self.assertTrue(self._glance()["contact"]["protected"])

    def test_cases_of_the_household_and_who_is_responsible(self):
        fathers = self._case(self.father)
        person = next(
            p for p in self._glance()["household"]["persons"] if p["id"] == self.father.id
        )
        self.assertEqual((person["case"], person["worker"]), (fathers.id, ""))

    def test_of_a_colleagues_file_number_and_worker_alone(self):
        uncle = self._client(self.colleague_a, "Erfunden, Yonas", consent=False)
        self._case(uncle)
        self.env["integration.household.member"].create(
            {"household_id": self.home.id, "client_id": uncle.id}
        )
        told = self._glance()
        others = [f"File {uncle.sudo().file_number}, with {self.colleague_a.name}"]
        self.assertEqual(told["household"]["others"], others)
        self.assertNotIn("Erfunden", str(told))
        self.assertNotIn(uncle.id, [p["id"] for p in told["household"]["persons"]])
        uncle.protected_address = True
        self.assertFalse(self._glance()["household"]["others"], "nor where a hidden person lives")

    def test_employer_that_shows_no_cards_shows_nobody(self):
        uncle = self._client(self.colleague_a, "Erfunden, Yonas", consent=False)
        self.env["integration.household.member"].create(
            {"household_id": self.home.id, "client_id": uncle.id}
        )
        self.company_a.integration_show_cards = False
        self.assertFalse(self._glance()["household"]["others"])

    def test_releases_referrals_documents_and_appointment(self):
        told = self._glance()
        self.assertEqual(
            (told["releases"], told["referrals"], told["documents"], told["appointment"]),
            ([], [], 0, False),
        )
        kind = self.env["integration.information.kind"].search([], limit=1)
        env = self.case.env
        env["integration.release"].create(
            {
                "client_id": self.mother.id,
                "recipient_name": "Office of Housing",
                "purpose": "A flat",
                "kind_ids": [Command.set(kind.ids)],
                "valid_until": self._born(0, 60),
                "date_signed": self.today,
            }
        )
        env["integration.release"].create(
            {
                "client_id": self.mother.id,
                "recipient_name": "Not signed",
                "purpose": "A flat",
                "kind_ids": [Command.set(kind.ids)],
                "valid_until": self._born(0, 60),
            }
        )
        env["integration.referral"].create(
            {"case_id": self.case.id, "recipient_name": "Debt Advice", "date": self.today}
        )
        self._scan_at(self.case, "Letter")
        meeting = self.env.ref("mail.mail_activity_data_meeting")
        for days in (9, 4):
            self.case.activity_schedule(
                activity_type_id=meeting.id,
                user_id=self.worker_a.id,
                date_deadline=self._born(0, days),
            )
        told = self._glance()
        self.assertEqual([r["to"] for r in told["releases"]], ["Office of Housing"])
        self.assertEqual([r["to"] for r in told["referrals"]], ["Debt Advice"])
        self.assertEqual(told["documents"], 1)
        day = self.case._glance_day(self._born(0, 4))
        self.assertEqual(told["appointment"]["day"], day)

    def test_whoever_comes_of_age_is_named(self):
        def child():
            return next(
                p for p in self._glance()["household"]["persons"] if p["id"] == self.child.id
            )

        self.assertEqual((child()["decides"], child()["of_age"]), (False, ""))
        self.child.birthdate = self._born(18, 20)
        self.assertEqual(child()["of_age"], self.case._glance_day(self._born(0, 20)))
        self.child.birthdate = self._born(18)
        self.assertTrue(child()["decides"])

    def test_nothing_for_whoever_has_no_access_entry(self):
        self.assertEqual(self._glance(self.lead_a), {})
        for user in (self.colleague_a, self.worker_b, self.dpo_a, self.county_user):
            with self.subTest(user.login), self.assertRaises(Exception):  # noqa: B017
                self._glance(user)

    def test_it_is_logged_as_an_opening(self):
        log = self.env["integration.access.log"]
        log.search([]).sudo().unlink()
        calls = []
        self.patch(
            type(log), "_log", lambda self, kind, clients=None: calls.append((kind, clients))
        )
        self._glance()
        opened = {c.id for kind, clients in calls if kind == "open" for c in clients}
        self.assertIn(self.mother.id, opened)

    def test_whom_else_it_shows_is_no_search(self):
        """Who lives there with a closed file is told by her card, and nobody has sought cards."""
        closed = self._client(self.colleague_a, "Beispielenko, Roman", consent=False)
        self._join(closed.with_env(self.env), "other")
        kinds = []
        log = self.env["integration.access.log"]
        self.patch(type(log), "_log", lambda self, kind, clients=None: kinds.append(kind))
        self.assertEqual(len(self._glance()["household"]["others"]), 1)
        self.assertNotIn("card", kinds)
        self._as(self.worker_a)["integration.client.card"].search([("id", "=", closed.id)])
        self.assertIn("card", kinds)

    def test_queries_do_not_grow_with_the_family(self):
        def cost():
            self._glance()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._as(self.worker_a)["integration.case"].browse(self.case.id).get_glance()
            return self.cr.sql_log_count - before

        few = cost()
        for number in range(5):
            child = self._client(self.worker_a, f"Beispielenko, N{number}", consent=False)
            self._join(child, "child")
            self.case._accompany(child)
        self.assertLessEqual(cost(), few + 3)
        self.assertLess(few, 45)

    def test_the_form_itself_costs_nothing_more(self):
        form = self.env.ref("integration_management.integration_case_view_form")
        self.assertIn('name="integration_case_glance"', form.arch_db)

    def test_earlier_episodes_closed_to_a_colleague(self):
        for ago in (40, 20):
            reason = self.env.ref("integration_management.closure_reason_goals_reached")
            day = self.today - timedelta(days=ago)
            self.case._close(reason, day)
            self.case = self.case._reopen("Again", day)
        self.env["integration.case.access"].sudo().create(
            {
                "case_id": self.case.id,
                "client_id": self.case.client_id.id,
                "user_id": self.colleague_a.id,
                "kind": "team",
            }
        )
        self.assertEqual(self._glance(self.colleague_a)["documents"], 0)
