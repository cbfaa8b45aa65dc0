from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .people_common import PeopleCommon


@tagged("post_install", "-at_install")
class TestHousehold(PeopleCommon):
    """Who lives with whom: people come, people go, and what was before stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother, cls.father, cls.son, cls.aunt = cls._clients(
            cls.worker_a, "Nadia Beispiel", "Karim Beispiel", "Omid Beispiel", "Parwin Beispiel"
        )
        cls.env_a = cls.mother.env
        cls.home, cls.second = cls.env_a["integration.household"].create([{}, {}])

    def _join(self, *clients, home=None, start=30, **values):
        self.env.invalidate_all()  # as in a request of its own
        return self.env_a["integration.household.member"].create(
            [
                {
                    "household_id": (home or self.home).id,
                    "client_id": client.id,
                    "date_from": self._ago(start),
                    **values,
                }
                for client in clients
            ]
        )

    def _family(self):
        return self._join(self.mother, self.father, self.son)

    def test_size_follows_who_comes_and_goes(self):
        self.assertEqual((self.home.size, self.home.current_client_ids.ids), (0, []))
        father, son = self._join(self.father, self.son)
        self.assertEqual(self.home.size, 2)
        self._join(self.mother, start=0)
        self.assertEqual(self.home.size, 3, "from her first day")
        self._join(self.aunt, start=-1)
        self.assertEqual(self.home.size, 3, "not before it")
        son.date_to = self.today
        self.assertEqual(self.home.size, 3, "to his last day")
        son.date_to = self._ago(1)
        self.assertEqual(self.home.current_client_ids, self.father | self.mother)
        father.unlink()
        self.assertEqual(self.home.size, 1)
        self.assertEqual(self.home.member_ids.client_id, self.mother | self.son | self.aunt)

    def test_sizes_of_a_list_cost_one_question(self):
        homes = self.env_a["integration.household"].create([{} for _number in range(40)])
        clients = self._clients(
            self.worker_a, *(f"Invented Person {number}" for number in range(40))
        )
        for home, client in zip(homes, clients, strict=True):
            self._join(client, home=home)
        self._join(self.mother, self.father, home=homes[0])
        _first, few, many = (
            self._queries(lambda n=n: homes.browse(homes[:n].ids).mapped("size"))
            for n in (1, 2, 40)
        )
        self.assertEqual(few, many)
        self.assertEqual(homes.mapped("size"), [3] + [1] * 39)
        unsaved = self.env_a["integration.household"].new({})
        self.assertEqual(unsaved.size, 0)

    def test_archived_person_is_no_longer_counted(self):
        self._family()
        self.son.active = False
        self.env.invalidate_all()
        self.assertEqual(self.home.size, 2)
        self.son.active = True
        self.env.invalidate_all()
        self.assertEqual(self.home.size, 3)

    def test_one_household_at_a_time(self):
        first = self._join(self.aunt, start=30)
        self.assertRefused(
            f"^File {self.aunt.file_number}, Household Membership: the period",
            self._join,
            self.aunt,
            home=self.second,
            start=0,
            error=ValidationError,
        )
        first.date_to = self._ago(1)
        second = self._join(self.aunt, home=self.second, start=0)
        self.assertEqual(self.aunt.household_id, self.second)
        self.assertEqual((self.home.size, self.second.size), (0, 1))
        second.unlink()
        self._join(self.aunt, start=0)
        self.assertEqual(self.aunt.household_id, self.home, "back after a day")

    def test_membership_is_called_by_numbers(self):
        member = self._join(self.mother)
        for user in (self.worker_a, self.employee):
            self.env.invalidate_all()
            seen = member.with_env(self._as(user)).with_context(integration_show_name=True).sudo()
            self.assertEqual(seen.display_name, f"{self.home.name}: {self.mother.file_number}")

    def test_role_is_adult_unless_told_otherwise(self):
        grown, child = self._join(self.mother), self._join(self.son, role="child")
        self.assertEqual((grown.role, child.role), ("adult", "child"))

    def test_number_and_employer_stay(self):
        self.worker_a.company_ids |= self.company_b
        home = self.home.with_context(
            allowed_company_ids=self.worker_a.company_ids.ids, integration_system=True
        )
        for label, vals in (
            ("Employer", {"company_id": self.company_b.id}),
            ("Household Number", {"name": "H-2020-00001"}),
        ):
            self.assertRefused(f"Not to be set by hand: {label}", home.write, vals)
        self.assertRefused("by hand: Household Number", home.create, {"name": "H-2020-00001"})

    def test_lines_of_the_form(self):
        self._join(self.mother)
        self.env.invalidate_all()
        with Form(self.home.with_context(integration_show_name=True)) as form:
            with form.member_ids.new() as line:
                self.assertEqual(line.date_from, self.today)
                line.client_id = self.father
                line.role = "partner"
        self.assertEqual(self.home.size, 2)

    # ------------------------------------------------------------
    # Separating
    # ------------------------------------------------------------

    def test_separation_ends_yesterday_and_keeps_the_past(self):
        mother, father, son = self._family()
        (mother | son).action_separate()
        self.assertEqual((mother | son).mapped("date_to"), [self._ago(1)] * 2)
        self.assertFalse(self.mother.household_id or self.son.household_id)
        self.assertEqual((self.home.size, father.date_to), (1, False))
        self.assertEqual(self.home.member_ids.client_id, self.mother | self.father | self.son)
        together = self.env_a["integration.household"].create({})
        self._join(self.mother, self.son, home=together, start=0)
        self.assertEqual(together.size, 2)

    def test_whoever_came_today_was_never_there(self):
        """A slip of the hand leaves no period that ends before it began."""
        old, new = self._join(self.mother), self._join(self.aunt, start=0)
        future = self._join(self.son, start=-3)
        (old | new | future).action_separate()
        self.assertEqual(self.home.member_ids, old)
        self.assertFalse(self.aunt.household_member_ids or self.son.household_member_ids)
        self.env_a["integration.household.member"].action_separate()

    def test_today_of_a_separation_is_berlins(self):
        tomorrow = self._join(self.aunt, start=-1)
        member = self._join(self.mother)
        with freeze_time(f"{self.today} 23:30:00"):
            (member | tomorrow).action_separate()
        self.assertEqual(member.date_to, self.today)
        self.assertFalse(tomorrow.exists())

    def test_separation_goes_on_after_a_withdrawal(self):
        """Who moves out, moves out; nothing else is written of her."""
        self._consent(self.mother)
        member = self._join(self.mother)
        self._consent(self.mother, "withdrawn")
        refused = f"File {self.mother.file_number}: there is no valid consent"
        for vals in (
            {"role": "parent"},
            {"date_from": self._ago(40)},
            {"date_to": False},
            {"date_to": self.today, "role": "other"},
        ):
            with self.subTest(vals):
                self.assertRefused(refused, member.write, vals)
        self.assertRefused(refused, member.unlink)
        member.action_separate()
        self.assertEqual(member.date_to, self._ago(1))
        self.assertRefused(refused, self._join, self.mother, home=self.second, start=0)

    def test_deputy_separates_and_others_do_not(self):
        self._consent(self.mother)
        self._consent(self.mother, purpose="team")
        case = self._case(self.mother)
        member = self._join(self.mother)
        for user in (self.colleague_a, self.lead_a, self.worker_b):
            with self.subTest(user.login):
                self.assertDenied(member.with_env(self._as(user)).action_separate)
        case.env["integration.case.share"].create(
            {
                "case_id": case.id,
                "user_id": self.colleague_a.id,
                "kind": "deputy",
                "date_to": self._ago(-2),
            }
        ).action_share()
        self.env.invalidate_all()
        member.with_env(self._as(self.colleague_a)).action_separate()
        self.assertEqual(member.date_to, self._ago(1))

    # ------------------------------------------------------------
    # Who sees a household
    # ------------------------------------------------------------

    def test_empty_household_is_its_authors(self):
        for user, seen in (
            (self.worker_a, True),
            (self.colleague_a, False),
            (self.lead_a, False),
            (self.worker_b, False),
        ):
            with self.subTest(user.login):
                self.env.invalidate_all()
                found = self._as(user)["integration.household"].search([])
                self.assertEqual(self.home.id in found.ids, seen)
        self.assertDenied(self.home.with_env(self._as(self.employee)).read, ["name"])

    def test_household_is_seen_by_whoever_reads_a_member(self):
        """Two workers of one family share the household, each with her own person."""
        uncle = self._client(self.colleague_a, "Jawad Beispiel", consent=False)
        self._join(self.mother)
        self.assertDenied(self._join, uncle)
        self.assertDenied(
            uncle.env["integration.household.member"].create,
            {"household_id": self.home.id, "client_id": uncle.id},
        )
        self.env["integration.household.member"].create(
            {"household_id": self.home.id, "client_id": uncle.id}
        )
        for user, mine in ((self.worker_a, self.mother), (self.colleague_a, uncle)):
            with self.subTest(user.login):
                self.env.invalidate_all()
                home = self._as(user)["integration.household"].browse(self.home.id)
                self.assertEqual(home.member_ids.client_id.ids, mine.ids)
                self.assertEqual(home.current_client_ids.ids, mine.ids)

    def test_household_of_the_past_stays_readable(self):
        self._join(self.mother).action_separate()
        self.env.invalidate_all()
        found = self.env_a["integration.household"].search([("current_client_ids", "=", False)])
        self.assertIn(self.home, found, "the filter “Empty”")
        self.assertEqual(self.home.member_ids.client_id, self.mother)
