from odoo.tests import tagged

from .people_common import PeopleCommon


@tagged("post_install", "-at_install")
class TestHouseholdName(PeopleCommon):
    """A household is called by its people, for those who may know them; else by its number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother, cls.son = cls._clients(
            cls.worker_a, "Beispielenko, Olha", "Mykola Beispielenko"
        )
        cls.uncle = cls._client(cls.colleague_a, "Erfunden, Yonas", consent=False)
        cls.home = cls._household(cls.mother, cls.son)
        cls.env["integration.household.member"].create(
            {"household_id": cls.home.id, "client_id": cls.uncle.id}
        )
        cls.env.flush_all()

    def _name(self, user, **context):
        self.env.invalidate_all()
        home = self._as(user)["integration.household"].browse(self.home.id)
        # As a reference shows it: the ORM reads the name as superuser
        return home.with_context(**context).sudo().display_name

    def test_number_without_the_key(self):
        for user in (self.worker_a, self.colleague_a, self.lead_a, self.employee):
            self.assertEqual(self._name(user), self.home.name, user.login)

    def test_each_reader_sees_whom_she_may_know(self):
        named = {
            self.worker_a: f"Family Beispielenko, 2 persons ({self.home.name})",
            self.colleague_a: f"Family Erfunden, 1 person ({self.home.name})",
            # Leads know the names of their employer
            self.lead_a: f"Family Beispielenko / Erfunden, 3 persons ({self.home.name})",
            self.worker_b: self.home.name,
            self.lead_b: self.home.name,
            self.employee: self.home.name,
            self.dpo_a: self.home.name,
        }
        for user, name in named.items():
            with self.subTest(user.login):
                self.assertEqual(self._name(user, integration_show_name=True), name)

    def test_whoever_left_gives_no_name_any_more(self):
        rows = self.home.member_ids.filtered(lambda row: row.client_id in self.mother | self.son)
        rows.with_env(self.mother.env).action_separate()
        self.assertEqual(self._name(self.worker_a, integration_show_name=True), self.home.name)

    def test_found_by_number_and_by_readable_members(self):
        def found(user, text):
            self.env.invalidate_all()
            homes = self._as(user)["integration.household"]
            return self.home.id in [id_ for id_, _name in homes.name_search(text)]

        for user, text, hit in (
            (self.worker_a, self.home.name, True),
            (self.worker_a, "Beispielenko", True),
            (self.worker_a, "Bejspielenko Olga", True),
            (self.worker_a, "Erfunden", False),
            (self.colleague_a, "Erfunden", True),
            (self.colleague_a, "Beispielenko", False),
            (self.lead_a, "Beispielenko", False),
            (self.worker_b, "Beispielenko", False),
            (self.worker_b, self.home.name, False),
        ):
            with self.subTest(user.login, text=text):
                self.assertEqual(found(user, text), hit)

    def test_a_search_past_the_rules_tells_nothing_either(self):
        """A reference is searched by words as well, and its target as superuser by the ORM."""
        cases = self._as(self.worker_b)["integration.case"]
        domain = [("household_id", "ilike", "Beispielenko")]
        self.assertFalse(cases.search(domain))
        own = self._as(self.colleague_a)["integration.client"]
        self.assertFalse(own.search([("household_id", "ilike", "Beispielenko")]))

    def test_names_of_a_page_cost_one_question(self):
        homes = self.home
        for number in range(12):
            clients = self._clients(self.worker_a, f"Invented{number}, A", f"Invented{number}, B")
            homes |= self._household(*clients)
        self.env.flush_all()
        homes = homes.with_context(integration_show_name=True)

        def cost(count):
            self.env.invalidate_all()
            return self._queries(lambda: homes[:count].mapped("display_name"))

        cost(1)
        self.assertEqual(cost(3), cost(12))
