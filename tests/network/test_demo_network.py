from odoo.tests import TransactionCase, tagged

from odoo.addons.integration_management.tools import local_today

from ..common import MODULE


@tagged("post_install", "-at_install")
class TestDemoNetwork(TransactionCase):
    """The network of the demo county lives: it met, it will meet, and there is something to do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.ref(f"{MODULE}.demo_user_anna", raise_if_not_found=False):
            cls.skipTest(cls, "This database has no demo.")
        cls.today = local_today(cls.env)
        cls.office = cls.env.ref(f"{MODULE}.demo_company_landratsamt")

    def test_meetings(self):
        meetings = self.env["integration.meeting"].search([("company_id", "=", self.office.id)])
        held = meetings.filtered(lambda one: one.state == "closed")
        ahead = meetings.filtered(lambda one: one.state == "planned")
        self.assertTrue(held.date < self.today < ahead.date)
        self.assertGreater(len(set(held.attendance_ids.mapped("employer_name"))), 2)
        self.assertTrue(all(held.topic_ids.mapped("outcome")))
        self.assertGreater(len(held.decision_ids.filtered(lambda row: not row.date_done)), 1)
        self.assertGreater(len(set(ahead.topic_ids.mapped("employer_name"))), 2)

    def test_contacts_matches_and_the_cafe(self):
        self.assertGreater(self.env["integration.network.contact"].search_count([]), 5)
        self.assertGreater(self.env["integration.volunteer.match"].search_count([]), 1)
        offer = self.env["integration.group.offer"].search([], limit=1)
        self.assertGreater(offer.participant_count, 50)
        self.assertGreater(offer.date_next, self.today)
