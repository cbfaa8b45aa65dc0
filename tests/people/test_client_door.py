from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..consent.gate_common import GateHttp
from .client_door_common import ClientDoorCommon


class ClientDoor:
    """What is tried; run once with and once without the wire."""

    def test_nothing_of_a_client_is_forged(self):
        self._assert_refused(self._attempts_on_client(self.client_a))

    def test_nothing_of_a_household_is_forged(self):
        self._assert_refused(self._attempts_on_household(self.household))


@tagged("post_install", "-at_install")
class TestClientDoor(ClientDoor, ClientDoorCommon):
    """Number, contact and employer of a client are nobody's to choose."""

    actor = None

    def _actor(self):
        return self.actor or self.worker_a

    def test_who_keeps_no_file_changes_none(self):
        for user in (
            self.colleague_a,
            self.lead_a,
            self.worker_b,
            self.lead_b,
            self.admin_a,
            self.reporting_a,
            self.dpo_a,
            self.county_user,
            self.employee,
            self.portal,
        ):
            with self.subTest(user.login):
                self.actor = user
                self._assert_refused(self._attempts_of_strangers())

    def test_the_same_succeeds_for_whoever_keeps_the_file(self):
        """Else the refusals above would prove nothing."""
        for _name, model, method, args, context in self._attempts_of_strangers():
            if method != "unlink" or model != "integration.household.member":
                self._call_orm(model, method, args, context)
        self.assertEqual((self.client_a.name, self.client_a.active), ("Other", False))
        self.assertFalse(self.client_a.household_id)

    def test_values_that_change_nothing_are_no_attempt(self):
        """A form sends the employer along with what was changed."""
        client = self._client(self.worker_a, "Hanna Musterova", consent=False)
        vals = {"company_id": self.company_a.id, "phone": "07541 1"}
        self._call_orm(client._name, "write", [client.ids, vals], {})
        self.assertEqual(client.phone, "07541 1")
        self.household.with_env(self._as(self.worker_a)).write({"company_id": self.company_a.id})

    def test_defaults_of_the_context_set_nothing(self):
        context = {
            f"default_{name}": value
            for vals in (
                {"file_number": "2020-00007"},
                {"partner_id": self.ordinary.id},
                {"company_id": self.company_b.id},
                {"comment": "words"},
                {"is_company": True},
                {"parent_id": self.ordinary.id},
                {"vat": "DE123456789"},
                {"type": "invoice"},
            )
            for name, value in vals.items()
        }
        client = (
            self._as(self.worker_a)["integration.client"]
            .with_context(**context, integration_system=True)
            .create({"name": "Petro Musterova"})
        )
        partner = client.sudo().partner_id
        self.assertNotEqual(client.file_number, "2020-00007")
        self.assertEqual((client.company_id, partner.company_id), (self.company_a,) * 2)
        self.assertNotEqual(partner, self.ordinary)
        self.assertFalse(partner.parent_id or partner.comment or partner.vat or partner.is_company)
        self.assertTrue(partner.is_integration_client)

    def test_wish_for_another_employer_is_refused_in_plain_words(self):
        clients = self._as(self.worker_a)["integration.client"]
        with self.assertRaises(AccessError) as caught:
            clients.create({"name": "Halyna Musterova", "company_id": self.company_b.id})
        self.assertEqual(str(caught.exception), "Clients are entered for the own employer only.")

    def test_worker_of_two_employers_enters_for_either(self):
        both = self.company_a | self.company_b
        self.worker_a.company_ids = both
        clients = self._as(self.worker_a)["integration.client"].with_context(
            allowed_company_ids=both.ids
        )
        first, second = clients.create(
            [
                {"name": "Samira Beispiel"},
                {"name": "Samira Beispiel", "company_id": self.company_b.id},
            ]
        )
        self.assertEqual((first.company_id, second.company_id), (self.company_a, self.company_b))
        self.assertNotEqual(first.partner_id, second.partner_id)
        # One person at two employers is two clients, and never one household.
        home = clients.env["integration.household"].create({})
        with self.assertRaises(UserError) as caught:
            clients.env["integration.household.member"].create(
                {"household_id": home.id, "client_id": second.id}
            )
        self.assertIn("company inconsistencies", str(caught.exception))


@tagged("post_install", "-at_install")
class TestClientDoorRpc(ClientDoor, ClientDoorCommon, GateHttp):
    """The same over the wire."""
