from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestNetworkContact(IntegrationCommon):
    """Work without a client: the author's own, read by her employer, and no talk."""

    def _contact(self, user, **values):
        return self._as(user)["integration.network.contact"].create(
            {"municipality_id": self.town_a.id, "partner_name": "Job centre", **values}
        )

    def test_it_is_no_talk(self):
        talks = self.env["integration.contact"].search_count([])
        contact = self._contact(self.worker_a)
        self.assertEqual((contact.user_id, contact.company_id), (self.worker_a, self.company_a))
        self.assertEqual(self.env["integration.contact"].search_count([]), talks)

    def test_with_whom_comes_from_the_directory(self):
        service = self.env["integration.service"].create({"name": "Advice Centre"})
        contact = self._contact(self.worker_a, partner_name=False, service_id=service.id)
        self.assertEqual(contact.partner_name, "Advice Centre")
        with self.assertRaisesRegex(ValidationError, "say with whom"):
            self._contact(self.worker_a, partner_name=False)

    def test_values_that_cannot_be(self):
        with self.assertRaisesRegex(ValidationError, "lies ahead"):
            self._contact(self.worker_a, date=self.today + timedelta(days=1))
        for minutes in (-5, 0, 2000):
            with self.assertRaisesRegex(ValidationError, "between 1 minute"):
                self._contact(self.worker_a, duration=minutes)

    def test_walls(self):
        contact = self._contact(self.worker_a)
        for user in (self.colleague_a, self.lead_a, self.dpo_a):
            theirs = contact.with_env(self._as(user))
            self.assertTrue(theirs.partner_name)
            with self.assertRaises(AccessError):
                theirs.duration = 5
        for user in (self.worker_b, self.lead_b):
            with self.assertRaises(AccessError):
                contact.with_env(self._as(user)).read(["partner_name"])
        for values in ({"user_id": self.colleague_a.id}, {"company_id": self.company_b.id}):
            with self.assertRaisesRegex(UserError, "Not to be set by hand"):
                self._contact(self.worker_a, **values)
