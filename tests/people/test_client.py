from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import IntegrationCommon

NAME = "Zarifa Beispielova"

GREETING = "Hello"


@tagged("post_install", "-at_install")
class TestClient(IntegrationCommon):
    """The person as one employer knows her, and the contact behind her."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a, NAME, phone="+49 7541 000000")

    def test_worker_reads_and_changes_contact_data(self):
        self.assertEqual(self.client_a.name, NAME)
        self.client_a.write({"phone": "+49 7541 111111", "city": "Aheim"})
        partner = self.client_a.sudo().partner_id
        self.assertEqual((partner.phone, partner.city), ("+49 7541 111111", "Aheim"))
        self.assertTrue(partner.is_integration_client)
        self.assertEqual(partner.company_id, self.company_a)

    def test_numbers_count_per_employer(self):
        self._client(self.worker_b, "Other Person")
        second = self._client(self.worker_a, "Second Person")
        self.assertGreater(second.file_number, self.client_a.file_number)
        sequences = self.env["ir.sequence"].search([("code", "=", "integration.client")])
        self.assertLessEqual(self.company_a | self.company_b, sequences.company_id)

    def test_no_message_and_no_follower(self):
        self.client_a.write({"name": "Zarifa Anders", "email": "zarifa@example.com"})
        partner = self.client_a.sudo().partner_id
        partner.message_subscribe(self.employee.partner_id.ids)
        self.env.flush_all()
        domain = [("model", "=", "res.partner"), ("res_id", "=", partner.id)]
        self.assertFalse(self.env["mail.message"].search_count(domain))
        self.assertFalse(
            self.env["mail.followers"].search_count(
                [("res_model", "=", "res.partner"), ("res_id", "=", partner.id)]
            )
        )
        with self.assertRaises(UserError):
            partner.message_post(body=GREETING)

    def test_hidden_from_everybody_else(self):
        partner_id = self.client_a.sudo().partner_id.id
        for user in (
            self.colleague_a,
            self.worker_b,
            self.lead_a,
            self.admin_a,
            self.reporting_a,
            self.county_user,
            self.employee,
            self.portal,
        ):
            partners = self._as(user)["res.partner"]
            self.assertFalse(partners.search([("name", "ilike", "Beispielova")]), user.login)
            self.assertFalse(partners.name_search("Beispielova"), user.login)
            with self.assertRaises(AccessError, msg=user.login):
                partners.browse(partner_id).read(["name"])
            self.env.invalidate_all()
            shown = self._as(user)["res.partner"].browse(partner_id).sudo().display_name
            self.assertNotIn("Beispielova", shown, user.login)

    def test_name_shown_only_with_key_and_access(self):
        key = {"integration_show_name": True}
        client = self.client_a
        self.assertEqual(client.display_name, client.file_number)
        self.assertIn(NAME, client.with_context(**key).display_name)
        for user, sees in ((self.colleague_a, False), (self.worker_b, False), (self.lead_a, True)):
            self.env.invalidate_all()
            shown = self._as(user)["integration.client"].with_context(**key).browse(client.id)
            self.assertEqual(NAME in shown.sudo().display_name, sees, user.login)

    def test_bad_input(self):
        with self.assertRaises(ValidationError):
            self._client(self.worker_a, birthdate=self.today + timedelta(days=1))
        with self.assertRaises(AccessError):
            self._as(self.worker_a)["integration.client"].create(
                {"name": "Foreign", "company_id": self.company_b.id}
            )
        with self.assertRaises(UserError):
            self.client_a.write({"parent_id": self.employee.partner_id.id})
        with self.assertRaises(UserError):
            self.client_a.write({"company_id": self.company_b.id})
        with self.assertRaises(UserError):
            self.client_a.copy()

    def test_contact_cannot_gain_parent_or_children(self):
        partner = self.client_a.sudo().partner_id
        with self.assertRaises(UserError):
            partner.write({"parent_id": self.company_a.partner_id.id})
        with self.assertRaises(UserError):
            self.env["res.partner"].create({"name": "Child", "parent_id": partner.id})
        with self.assertRaises(UserError):
            partner.write({"company_id": False})
        with self.assertRaises(UserError):
            partner.unlink()

    def test_household_separation_takes_effect_at_once(self):
        env = self._as(self.worker_a)
        partner = self._client(self.worker_a, "Second Adult")
        household = env["integration.household"].create({})
        members = env["integration.household.member"].create(
            [
                {
                    "household_id": household.id,
                    "client_id": client.id,
                    "date_from": self.today - timedelta(days=30),
                }
                for client in (self.client_a, partner)
            ]
        )
        self.assertEqual(household.size, 2)
        members[1].action_separate()
        self.assertEqual(self.client_a.household_id, household)
        self.assertFalse(partner.household_id)

    def test_histories_do_not_overlap_and_give_the_current_value(self):
        env = self._as(self.worker_a)
        statuses = env["integration.residence.status"].search([], limit=2)
        first = env["integration.residence"].create(
            {
                "client_id": self.client_a.id,
                "status_id": statuses[0].id,
                "date_from": self.today - timedelta(days=60),
            }
        )
        self.assertEqual(self.client_a.residence_status_id, statuses[0])
        vals = {
            "client_id": self.client_a.id,
            "status_id": statuses[1].id,
            "date_from": self.today - timedelta(days=10),
        }
        with self.assertRaises(ValidationError):
            env["integration.residence"].create(vals)
        first.date_to = self.today - timedelta(days=11)
        env["integration.residence"].create(vals)
        self.assertEqual(self.client_a.residence_status_id, statuses[1])
        with self.assertRaises(ValidationError):
            first.date_to = self.today - timedelta(days=90)
