from odoo.fields import Command
from odoo.tests import tagged

from .apps_common import NAME, SECRETS, AppsCommon

MAIL = SECRETS[3]


@tagged("post_install", "-at_install")
class TestAppsFinding(AppsCommon):
    """What other apps look for by name or address is never a client."""

    def _contact(self, **values):
        return self.env["res.partner"].create({"name": NAME, "company_id": False, **values})

    def test_a_bill_is_not_booked_on_a_client_of_that_name(self):
        bills = self.env["res.partner"].with_company(self.company_a)
        client = self.contact
        for known in ({"name": NAME}, {"phone": client.phone}, {"email": MAIL}):
            with self.subTest(known):
                self.assertFalse(bills._retrieve_partner(**known))
                # Nor does a case worker who keeps the books as well
                own = self._as(self.worker_a)["res.partner"]
                self.assertFalse(own._retrieve_partner(**known))
        interpreter = self._contact(email="other@example.org")
        found = bills._retrieve_partner(name=NAME, email=MAIL)
        self.assertEqual(found, interpreter)
        self.assertEqual(found.env, bills.env)

    def test_a_bill_completes_no_address_of_a_client(self):
        client = self._client(self.worker_a, "Qwxyz Erfunden").sudo().partner_id
        invoices = self.env["account.edi.common"]
        found, _logs = invoices._import_partner(
            self.company_a, client.name, False, False, False, postal_address={"street": "Foreign 1"}
        )
        self.assertNotEqual(found, client)
        self.assertFalse(client.street)

    def test_a_visitor_is_not_told_that_an_address_is_known(self):
        self._contact(email="known@example.org")
        public = self.env.ref("base.public_user")
        for user in (public, self.portal):
            contacts = self.env["res.partner"].with_user(user).sudo()
            known = [("email_normalized", "=", "known@example.org")]
            self.assertTrue(contacts.search(known))
            for domain in (
                [("email_normalized", "=", MAIL)],
                [("phone", "=", self.contact.phone)],
                [("name", "=", NAME), ("company_id", "!=", False)],
            ):
                self.assertFalse(contacts.search(domain), domain)
                self.assertFalse(contacts.search_count(domain), domain)
                self.assertFalse(contacts._read_group(domain, ["name"]), domain)

    def test_who_writes_in_is_taken_for_no_client(self):
        """By mail or by a form on the website: an opportunity, a task, a registration."""
        values = {"name": "Question", "email_from": MAIL, "phone": self.contact.phone}
        lead = self.env["crm.lead"].create({**values, "contact_name": NAME, "partner_name": NAME})
        self.assertNotEqual(lead.partner_id, self.contact)
        self.assertNotEqual(lead._find_matching_partner(), self.contact)
        lead._handle_partner_assignment()
        self.assertNotEqual(lead.partner_id, self.contact)
        task = self.env["project.task"].create(
            {
                "name": "Question",
                "email_cc": MAIL,
                "project_id": self.env["project.project"].create({"name": "Questions"}).id,
            }
        )
        self.assertNotIn(self.contact, task.message_partner_ids)
        event = self.env["event.event"].create(
            {"name": "Open Day", "date_begin": "2026-11-02", "date_end": "2026-11-03"}
        )
        event.write({"registration_ids": [Command.create({"name": NAME, "email": MAIL})]})
        self.assertNotEqual(event.registration_ids.partner_id, self.contact)
