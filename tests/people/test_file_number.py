from freezegun import freeze_time

from odoo.tests import tagged

from .people_common import PeopleCommon


@tagged("post_install", "-at_install")
class TestFileNumber(PeopleCommon):
    """The number stands for the name wherever the name may not stand."""

    def _sequence(self, company):
        return self.env["ir.sequence"].search(
            [("code", "=", "integration.client"), ("company_id", "=", company.id)]
        )

    def _count(self, client):
        return int(client.file_number.split("-")[1])

    def test_number_is_year_and_count(self):
        client = self._client(self.worker_a, "Hewan Erfunden", consent=False)
        self.assertRegex(client.file_number, rf"^{self.today.year}-\d{{5}}$")
        self.assertNotIn("Hewan", client.file_number)

    def test_employers_count_by_themselves(self):
        """A number tells nothing of how many come to the others."""
        first, second = self._clients(self.worker_a, "Ali Beispiel", "Zahra Beispiel")
        foreign = self._client(self.worker_b, "Iryna Musterova", consent=False)
        third = self._client(self.worker_a, "Reza Beispiel", consent=False)
        self.assertEqual([self._count(client) for client in first + second + third], [1, 2, 3])
        self.assertEqual(self._count(foreign), 1)
        self.assertEqual(first.file_number, foreign.file_number)

    def test_colleagues_and_batches_share_one_row_of_numbers(self):
        numbers = []
        for user in (self.worker_a, self.colleague_a, self.worker_a):
            numbers += self._clients(user, "Abel Erfunden", "Selam Erfunden").mapped("file_number")
        self.assertEqual(len(set(numbers)), 6)
        self.assertEqual(numbers, sorted(numbers))
        self.assertEqual(len(self._sequence(self.company_a)), 1)

    def test_new_year_changes_the_year_and_counts_on(self):
        """Starting again would give a number twice as soon as somebody leaves the year out."""
        with freeze_time("2025-12-30 10:00:00"):
            old = self._client(self.worker_a, "Farid Beispiel", consent=False)
        with freeze_time("2026-01-02 10:00:00"):
            new = self._client(self.worker_a, "Laila Beispiel", consent=False)
        self.assertEqual((old.file_number, new.file_number), ("2025-00001", "2026-00002"))

    def test_archived_client_keeps_the_number(self):
        client = self._client(self.worker_a, "Danylo Musterova", consent=False)
        client.active = False
        other = self._client(self.worker_a, "Olena Musterova", consent=False)
        self.assertEqual(self._count(other), self._count(client) + 1)
        self.assertNotIn(client, client.search([]))
        self.assertIn(client, client.with_context(active_test=False).search([]))

    def test_settings_of_the_browser_do_not_reach_the_counter(self):
        """The counter is written as superuser: ``default_*`` would be too."""
        env = self._as(self.worker_a)
        client = (
            env["integration.client"]
            .with_context(
                default_prefix="Beispiel-",
                default_padding=1,
                default_number_increment=50,
                default_company_id=self.company_b.id,
                default_code="else",
            )
            .create({"name": "Mariam Beispiel"})
        )
        self.assertRegex(client.file_number, r"^\d{4}-00001$")
        sequence = self._sequence(self.company_a)
        self.assertEqual(
            (sequence.code, sequence.padding, sequence.number_increment),
            ("integration.client", 5, 1),
        )
        self.assertFalse(self._sequence(self.company_b))

    def test_clients_and_households_do_not_share_numbers(self):
        client = self._client(self.worker_a, "Ahmad Beispiel", consent=False)
        households = client.env["integration.household"].create([{}, {}])
        self.assertEqual(self._count(client), 1)
        self.assertEqual(
            households.mapped("name"), [f"H-{self.today.year}-00001", f"H-{self.today.year}-00002"]
        )

    def test_list_is_sorted_by_number(self):
        clients = self._clients(self.worker_a, "Zoya Beispiel", "Abdul Beispiel", "Mina Beispiel")
        found = self._as(self.worker_a)["integration.client"].search([])
        self.assertEqual(found, clients)
        # Households: the newest first, for that is the one the worker has just entered
        households = clients.env["integration.household"].create([{}, {}, {}])
        self.assertEqual(clients.env["integration.household"].search([]).ids, households.ids[::-1])
