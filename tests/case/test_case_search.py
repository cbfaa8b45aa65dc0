from datetime import date

from odoo.tests import tagged

from ...name_keys import Sought
from ..common import IntegrationCommon

NAME, SPELLED = "Al-Hamdani, Mohammed", "Muhammad Alhamdani"
KEY = {"integration_show_name": True}


@tagged("post_install", "-at_install")
class TestCaseSearch(IntegrationCommon):
    """Cases and cards are found by the name in any spelling, by those who may know it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        details = {"birthdate": date(1990, 3, 12), "phone": "07541 123456"}
        cls.client_a = cls._client(cls.worker_a, NAME, **details)
        cls.case_a = cls._case(cls.client_a)
        cls.client_b = cls._client(cls.worker_b, NAME, **details)
        cls.case_b = cls._case(cls.client_b)
        cls.other = cls._case(cls._client(cls.worker_a, "Anders, Ganz"))
        cls.company_a.integration_show_cards = True
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.env.cr.postcommit.clear()
        self.env.cr.postcommit.data.clear()

    def _logged(self):
        pending = self.env.cr.postcommit.data.get("integration_access_log", {})
        return {key[1] for key in pending}

    def _found(self, user, model, typed):
        self.env.invalidate_all()
        records = self._as(user)[model].with_context(**KEY)
        by_name = [id_ for id_, _name in records.name_search(typed)]
        self.env.invalidate_all()
        by_box = records.search([("display_name", "ilike", typed)]).ids
        self.assertEqual(sorted(by_name), sorted(by_box))
        return by_name

    def test_case_is_found_by_whom_the_name_is_known_to(self):
        found = {
            self.worker_a: [self.case_a.id],
            self.lead_a: [self.case_a.id],
            self.colleague_a: [],
            self.worker_b: [self.case_b.id],
            self.lead_b: [self.case_b.id],
        }
        for user, ids in found.items():
            for typed in (SPELLED, "Mohammed", "محمد"):
                self.assertEqual(self._found(user, "integration.case", typed), ids, user.login)

    def test_letters_as_they_are_written_open_no_wall(self):
        """What stands inside a word is asked of the contact itself, past the contacts' rules."""
        for typed in ("nders, G", "%nd_rs, ga", "ANDERS, GANZ"):
            for user, ids in (
                (self.worker_a, self.other.ids),
                (self.lead_a, self.other.ids),
                (self.colleague_a, []),
                (self.worker_b, []),
                (self.lead_b, []),
            ):
                with self.subTest(user.login, typed=typed):
                    self.assertEqual(self._found(user, "integration.case", typed), ids)
                    clients = self._as(user)["integration.client"]
                    written = clients._name_written("ilike", typed)
                    known = clients.browse(clients._found_by_name(Sought(typed), written))
                    self.assertEqual(known.sudo().case_ids.ids, ids, "before any rule of cases")

    def test_day_and_number_find_what_may_be_read_alone(self):
        """A lead knows names; a date of birth she would learn by finding somebody by it."""
        for typed in ("12.03.1990", "07541 123456", "Mohammed 12.03.1990"):
            self.assertEqual(
                self._found(self.worker_a, "integration.case", typed), [self.case_a.id], typed
            )
            for user in (self.lead_a, self.colleague_a):
                self.assertFalse(self._found(user, "integration.case", typed), typed)
                self.assertFalse(self._found(user, "integration.client.card", typed), typed)

    def test_case_of_a_former_worker_is_found_no_more(self):
        self.case_a.with_user(self.lead_a).user_id = self.colleague_a
        self.env.flush_all()
        self.assertFalse(self._found(self.worker_a, "integration.case", SPELLED))
        self.assertEqual(
            self._found(self.colleague_a, "integration.case", SPELLED), [self.case_a.id]
        )

    def test_card_tells_who_is_responsible(self):
        for user in (self.worker_a, self.colleague_a, self.lead_a):
            self.env.invalidate_all()
            cards = self._as(user)["integration.client.card"]
            ((id_, told),) = cards.with_context(**KEY).name_search(SPELLED)
            self.assertEqual(id_, self.client_a.id)
            self.assertEqual(told, f"{NAME} ({self.client_a.file_number}) – {self.worker_a.name}")
            self.env.invalidate_all()
            self.assertEqual(
                cards.name_search(SPELLED), [(self.client_a.id, self.client_a.file_number)]
            )
        for user in (self.worker_b, self.lead_b):
            self.assertEqual(
                self._found(user, "integration.client.card", SPELLED), [self.client_b.id]
            )

    def test_no_card_where_the_employer_shows_none(self):
        self.company_a.integration_show_cards = False
        self.env.flush_all()
        self.assertFalse(self._found(self.colleague_a, "integration.client.card", SPELLED))
        self.assertEqual(
            self._found(self.lead_a, "integration.client.card", SPELLED), [self.client_a.id]
        )

    def test_search_is_logged_as_a_search_and_opens_nothing(self):
        for model, kind in (
            ("integration.client", "search"),
            ("integration.case", "search"),
            ("integration.client.card", "card"),
        ):
            for user in (self.worker_a, self.lead_a):
                self.setUp()
                self._as(user)[model].with_context(**KEY).name_search(SPELLED)
                self.assertEqual(self._logged(), {kind}, model)
                self.setUp()
                self._as(user)[model].search([("display_name", "ilike", SPELLED)])
                self.assertEqual(self._logged(), {kind}, model)

    def test_household_is_found_by_its_people(self):
        household = self._household(self.client_a)
        self._household(self.client_b)
        self.env.flush_all()
        for user, found in ((self.worker_a, household), (self.lead_a, household.browse())):
            self.env.invalidate_all()
            households = self._as(user)["integration.household"]
            self.assertEqual(
                households.search([("member_ids.client_id", "ilike", SPELLED)]).ids, found.ids
            )
