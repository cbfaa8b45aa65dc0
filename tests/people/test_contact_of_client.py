from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .people_common import PeopleCommon


@tagged("post_install", "-at_install")
class TestContactOfClient(PeopleCommon):
    """Behind each client stands one contact: hers alone, of her employer, bound to nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a, cls.client_2 = cls._clients(cls.worker_a, "Haben Erfunden", "Winta Erfunden")
        cls.partner = cls.client_a.sudo().partner_id
        cls.ordinary = cls.env["res.partner"].create({"name": "Sportverein Aheim"})
        cls.clerk = cls._new_user("clerk", "base.group_partner_manager", cls.company_a)

    def test_card_is_kept_in_the_contact(self):
        values = {
            "phone": "07541 1",
            "email": "haben@example.com",
            "street": "Seestr. 1",
            "street2": "Hinterhaus",
            "zip": "88045",
            "city": "Aheim",
            "lang": "en_US",
            "country_id": self.env.ref("base.de").id,
            "state_id": self.env.ref("base.state_de_bw").id,
        }
        new = self.client_a.create({"name": "Yordanos Erfunden", **values})
        self.client_a.write(values)
        for client in (new, self.client_a):
            partner = client.sudo().partner_id
            for name, value in values.items():
                with self.subTest(name):
                    kept = partner[name]
                    self.assertEqual(getattr(kept, "id", kept), value)
        self.client_a.write(dict.fromkeys(values, False))
        self.assertFalse(any(self.client_a[name] for name in values))

    def test_everything_else_of_a_contact_stays_shut(self):
        """Tags, notes, salespeople and tax numbers would leave the walls with the contact."""
        for name, value in (
            ("comment", "words"),
            ("vat", "DE123456789"),
            ("ref", "12"),
            ("function", "Cook"),
            ("website", "example.com"),
            ("user_id", self.worker_a.id),
            ("is_company", True),
            ("category_id", [(0, 0, {"name": "Tag"})]),
            ("parent_id", self.ordinary.id),
            ("child_ids", [(0, 0, {"name": "Branch"})]),
            ("image_1920", "aaaa"),
            ("bank_ids", [(0, 0, {"acc_number": "1"})]),
            ("type", "invoice"),
        ):
            with self.subTest(name):
                refused = f"The field {name} cannot be set for clients"
                self.assertRefused(refused, self.client_a.write, {name: value, "phone": "1"})
                self.assertRefused(
                    refused, self.client_a.create, {"name": "Saba Erfunden", name: value}
                )
        self.assertFalse(self.client_a.phone, "nothing of a refused change stays")

    def test_several_at_once(self):
        both = self.client_a | self.client_2
        both.write({"city": "Aheim", "interpreter_needed": True})
        self.assertEqual(both.sudo().partner_id.mapped("city"), ["Aheim"] * 2)
        self.assertEqual(both.mapped("interpreter_needed"), [True] * 2)
        foreign = self._client(self.colleague_a, "Mehret Erfunden", consent=False)
        for mixed in (both | foreign.with_env(both.env), foreign.with_env(both.env)):
            self.assertDenied(mixed.write, {"city": "Bheim"})
        self.assertEqual(both.mapped("city"), ["Aheim"] * 2)
        self.assertEqual(len(both.sudo().partner_id), 2)

    def test_refused_client_leaves_no_contact(self):
        before = self.env["res.partner"].search_count([])
        for user in (self.lead_a, self.admin_a, self.county_user, self.dpo_a, self.employee):
            with self.subTest(user.login):
                self.assertDenied(self._as(user)["integration.client"].create, {"name": "Nobody"})
        self.assertRefused(
            "The field comment cannot be set",
            self.client_a.create,
            [{"name": "Luam Erfunden"}, {"name": "Robel Erfunden", "comment": "words"}],
        )
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.client_a.create({"birthdate": "1990-01-01"})
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_archived_with_the_client(self):
        self.client_a.active = False
        self.assertFalse(self.partner.active)
        self.assertTrue(self.client_2.active)
        self.client_a.action_unarchive()
        self.assertTrue(self.partner.active)

    # ------------------------------------------------------------
    # Whoever writes contacts, also as superuser
    # ------------------------------------------------------------

    def test_client_stays_with_her_employer_and_behind_the_walls(self):
        for message, vals in (
            ("stays with the employer", {"company_id": self.company_b.id}),
            ("stays with the employer", {"company_id": False}),
            ("cannot belong to another contact", {"parent_id": self.ordinary.id}),
            ("cannot be turned into an ordinary contact", {"is_integration_client": False}),
        ):
            with self.subTest(message, **vals):
                self.assertRefused(message, self.partner.write, vals)
                self.assertRefused(message, (self.partner | self.ordinary).write, vals)
        # Nor by her card, before anything else ties it to the employer
        self.worker_a.company_ids |= self.company_b
        card = self.client_a.with_context(
            allowed_company_ids=self.worker_a.company_ids.ids, integration_system=True
        )
        self.assertRefused(
            "Not to be set by hand: Employer", card.write, {"company_id": self.company_b.id}
        )
        self.partner.write(
            {
                "company_id": self.company_a.id,
                "parent_id": False,
                "is_integration_client": True,
                "phone": "07541 2",
            }
        )
        self.assertEqual(self.client_a.phone, "07541 2")

    def test_no_contact_is_bound_to_a_client(self):
        partners = self.env["res.partner"]
        for vals in ({"parent_id": self.partner.id}, {"child_ids": [(4, self.partner.id)]}):
            with self.subTest(vals):
                with self.assertRaises(UserError):
                    self.ordinary.write(vals)
                with self.assertRaises(UserError):
                    partners.create({"name": "Child", **vals})
        # The room's own refusal, should the walls around contacts let it through
        self.env.cr.execute(
            "UPDATE res_partner SET parent_id = %s WHERE id = %s",
            (self.partner.id, self.ordinary.id),
        )
        self.env.invalidate_all()
        self.assertRefused(
            "A client cannot have contact persons", self.ordinary._check_integration_client_alone
        )

    def test_database_keeps_the_contact_apart(self):
        """Below the ORM: no employer, or a parent, for a client."""
        for column, value in (("company_id", None), ("parent_id", self.ordinary.id)):
            with (
                self.subTest(column),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
            ):
                self.env.cr.execute(
                    SQL(
                        "UPDATE res_partner SET %s = %s WHERE id = %s",
                        SQL.identifier(column),
                        value,
                        self.partner.id,
                    )
                )
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env.cr.execute(
                "UPDATE integration_client SET partner_id = %s WHERE id = %s",
                (self.partner.id, self.client_2.id),
            )

    def test_contact_of_a_client_is_not_deleted(self):
        refused = "cannot be deleted; close the case instead"
        bare = self._clients(self.worker_a, "Milena Erfunden").sudo()
        partner = bare.partner_id
        self.env["integration.case.access"].search([("client_id", "=", bare.id)]).unlink()
        for records in (partner, partner | self.ordinary):
            self.assertRefused(refused, records.unlink)
        partner.active = False
        self.assertRefused(refused, partner.unlink)
        self.assertTrue((partner | self.ordinary).exists())
        self.ordinary.unlink()

    def test_copy_of_a_contact_is_no_client(self):
        """Nobody may copy one; a program that does gets an ordinary contact."""
        self.assertDenied(self.partner.with_env(self._as(self.clerk)).copy)
        self.assertFalse(self.partner.copy().is_integration_client)
        self.assertRefused("A client cannot be duplicated", self.client_a.copy)
        self.assertRefused("cannot be duplicated", self.client_a.sudo().copy, {"name": "Other"})

    def test_clients_are_told_from_contacts_whoever_asks(self):
        self.client_2.active = False
        second = self.client_2.sudo().partner_id
        ids = [second.id, self.ordinary.id, self.partner.id, 0]
        for user in (self.worker_a, self.employee, self.portal):
            with self.subTest(user.login):
                found = self._as(user)["res.partner"]._integration_clients(ids)
                self.assertEqual(found.ids, sorted([self.partner.id, second.id]))
        self.assertFalse(self.env["res.partner"]._integration_clients([]))

    # ------------------------------------------------------------
    # Merging
    # ------------------------------------------------------------

    def test_no_merge_whichever_side_the_client_is_on(self):
        double = self.env["res.partner"].create({"name": "Sportverein Aheim"})
        self.client_2.active = False
        archived = self.client_2.sudo().partner_id
        wizard = self.env["base.partner.merge.automatic.wizard"]
        for ids, destination in (
            ([self.partner.id, double.id], double),
            ([self.partner.id, double.id], None),
            ([double.id, self.ordinary.id], self.partner),
            ([archived.id, double.id], double),
        ):
            with self.subTest(ids=ids, destination=destination):
                self.assertRefused(
                    "not merged with other contacts", wizard._merge, ids, destination
                )
        wizard._merge([double.id, self.ordinary.id], self.ordinary)
        self.assertFalse(double.exists(), "ordinary contacts are merged as ever")

    def test_search_for_doubles_passes_clients_by(self):
        """Also by name, and where several columns are compared."""
        for name in ("Haben Erfunden", "Sportverein Aheim"):
            self.env["res.partner"].create({"name": name, "email": "same@example.com"})
        self.ordinary.email = "same@example.com"
        self.client_a.email = self.client_2.email = "same@example.com"
        self.env.flush_all()
        for fields in (["name"], ["email"], ["email", "name"]):
            with self.subTest(fields):
                wizard = self.env["base.partner.merge.automatic.wizard"]
                self.env.cr.execute(wizard._generate_query(fields))
                grouped = {id_ for _first, ids in self.env.cr.fetchall() for id_ in ids}
                self.assertFalse(grouped & {self.partner.id, self.client_2.sudo().partner_id.id})
                self.assertIn(self.ordinary.id, grouped)
