from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tools.discuss import Store

from ..common import IntegrationCommon
from .walls_count import count
from .walls_registry import own_models

NAME, EMAIL = "Secret Person", "secret.person@client.example"
# What the module itself needs: a client has her contact.
OWN_CONTACT = ("integration.client", "integration.case.access")


@tagged("post_install", "-at_install")
class TestWallsPartner(IntegrationCommon):
    """Odoo's own features around contacts: none of them reaches a client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._client(cls.worker_a, NAME, email=EMAIL, phone="07541 123")
        cls.case = cls._case(cls.client)
        cls.contact = cls.client.partner_id
        cls.clerk = cls._new_user("clerk", "base.group_partner_manager", cls.company_a)
        cls.system = cls._new_user("system", "base.group_system", cls.company_a)
        cls.ordinary = cls.env["res.partner"].create(
            {"name": "Ordinary Contact", "email": "ordinary@example.com"}
        )

    def _refused(self, user, function):
        """Assert that ``function(env)`` is refused to ``user`` without telling the name."""
        count("features around contacts")
        self.env.invalidate_all()
        with self.assertRaises(UserError) as caught, mute_logger(
            "odoo.addons.base.models.ir_rule", "odoo.sql_db"
        ), self.env.cr.savepoint():
            function(self._as(user))
            self.env.flush_all()
        self.assertNotIn("ecret", str(caught.exception))

    # ------------------------------------------------------------
    # Nothing refers to a client
    # ------------------------------------------------------------

    def test_no_model_of_any_module_refers_to_a_client(self):
        """Whatever is installed: a link to the contact is refused, also to the superuser."""
        for name in sorted(set(self.env.registry) - own_models(self.env)):
            model = self.env[name]
            for field in model._fields.values():
                if field.comodel_name != "res.partner" or field.type == "one2many":
                    continue
                with self.subTest(str(field)):
                    for value in (
                        [self.contact.id, str(self.contact.id), {"id": self.contact.id}]
                        if field.type == "many2one"
                        else [[Command.link(self.contact.id)], [Command.set(self.contact.ids)]]
                    ):
                        count("links to contacts")
                        with self.assertRaises(AccessError):
                            model._refuse_integration_clients([{field.name: value}])

    def test_links_are_refused_on_every_way(self):
        contact = self.contact.id
        bank = {"acc_number": "DE1", "partner_id": contact}
        self._refused(self.clerk, lambda env: env["res.partner.bank"].create(bank))
        self._refused(self.clerk, lambda env: env["res.partner.bank"].with_context(
            default_partner_id=contact).create({"acc_number": "DE1"}))
        self._refused(self.clerk, lambda env: env["res.partner.bank"].onchange(
            {"partner_id": contact}, ["partner_id"], {"acc_holder_name": {}}))
        self._refused(self.clerk, lambda env: env["res.partner"].onchange(
            {"bank_ids": [[0, "virtual_1", bank]]}, ["bank_ids"],
            {"bank_ids": {"fields": {"acc_holder_name": {}}}}))
        ordinary = self.ordinary.id
        for values in (
            {"parent_id": contact}, {"child_ids": [Command.link(contact)]},
        ):
            self._refused(self.clerk, lambda env, v=values: (
                env["res.partner"].browse(ordinary).write(v)))
            self._refused(self.system, lambda env, v=values: env["res.partner"].create(
                dict(v, name="Child")))
        self._refused(self.system, lambda env: env["res.users"].create(
            {"login": "client", "partner_id": contact}))

    def test_new_user_is_not_a_client(self):
        """What the administrator's browser adds to the request is not written as superuser."""
        count("features around contacts")
        roles = self._as(self.admin_a)["integration.user.roles"].create(
            {"name": "New", "login": "new@example.com"}
        )
        roles.with_context(
            default_partner_id=self.contact.id,
            default_group_ids=[Command.link(self.env.ref("base.group_system").id)],
        ).action_save()
        user = self.env["res.users"].search([("login", "=", "new@example.com")])
        self.assertNotEqual(user.partner_id, self.contact)
        self.assertEqual(self.contact.sudo().name, NAME)
        self.assertFalse(user.has_group("base.group_system"))

    def test_flag_is_set_by_the_module_alone(self):
        values = {"name": "Hidden", "is_integration_client": True, "company_id": self.company_a.id}
        self._refused(self.clerk, lambda env: env["res.partner"].create(values))
        self._refused(self.clerk, lambda env: env["res.partner"].with_context(
            default_is_integration_client=True, default_company_id=self.company_a.id,
        ).create({"name": "Hidden"}))
        self._refused(self.clerk, lambda env: env["res.partner"].browse(self.ordinary.id).write(
            {"is_integration_client": True, "company_id": self.company_a.id}))

    # ------------------------------------------------------------
    # Mail
    # ------------------------------------------------------------

    def test_client_follows_nothing(self):
        self.ordinary.message_subscribe([self.contact.id])
        self.contact.sudo().message_subscribe([self.clerk.partner_id.id])
        self.env["mail.followers"].sudo().create([
            {"res_model": "res.partner", "res_id": self.ordinary.id, "partner_id": self.contact.id},
            {"res_model": "res.partner", "res_id": self.contact.id,
             "partner_id": self.clerk.partner_id.id},
        ])
        followers = self.env["mail.followers"].sudo().search([
            "|", ("partner_id", "=", self.contact.id),
            "&", ("res_model", "=", "res.partner"), ("res_id", "=", self.contact.id),
        ])
        self.assertFalse(followers)

    def test_no_message_names_a_client(self):
        ordinary, contact = self.ordinary.id, self.contact.id
        for values in ({"partner_ids": [contact]}, {"author_id": contact}):
            self._refused(self.clerk, lambda env, v=values: (
                env["res.partner"].browse(ordinary).message_post(body="Words", **v)))
        self._refused(self.clerk, lambda env: env["res.partner"].browse(ordinary).message_notify(
            body="Words", partner_ids=[contact]))

    def test_no_message_stands_in_a_file(self):
        case, contact = self.case.id, self.contact.id
        words = {"body": "Words", "message_type": "comment"}
        for model, id_ in (
            ("integration.case", case), ("res.partner", contact),
            ("integration.client", self.client.id),
        ):
            self._refused(self.worker_a, lambda env, m=model, i=id_: env["mail.message"].create(
                dict(words, model=m, res_id=i)))
        self._refused(self.worker_a, lambda env: (
            env["integration.case"].browse(case).message_post(body="Words")))
        self._refused(self.worker_a, lambda env: (
            env["res.partner"].browse(contact).message_post(body="Words")))
        composed = {"model": "integration.case", "res_ids": str([case]), "body": "Words",
                    "composition_mode": "mass_mail"}
        self._refused(self.worker_a, lambda env: (
            env["mail.compose.message"].create(composed)._action_send_mail()))
        self.assertFalse(self.env["mail.message"].search([
            ("model", "in", ["integration.case", "integration.client"])]))
        self.assertFalse(self.env["mail.message"].search([
            ("model", "=", "res.partner"), ("res_id", "=", contact)]))

    def test_nobody_is_offered_a_client_to_write_to(self):
        """Not even her own worker, who finds her in the case."""
        for user in (self.worker_a, self.lead_a, self.employee, self.clerk):
            partners = self._as(user)["res.partner"]
            for search in ("Secret", EMAIL):
                count("features around contacts", 2)
                self.assertNotIn(NAME, str(partners.get_mention_suggestions(search)))
                found = partners._search_for_channel_invite(Store(), search)
                self.assertFalse(found["count"])

    def test_address_finds_no_client(self):
        """Incoming mail and recipients are looked up as superuser."""
        partners = self.env["res.partner"].sudo()
        found = partners.find_or_create(EMAIL)
        self.assertTrue(found)
        self.assertFalse(found.is_integration_client)
        found.email = "other@example.com"
        thread = self.env["mail.thread"].sudo()
        for no_create in (True, False):
            found = thread._partner_find_from_emails_single([EMAIL], no_create=no_create)
            self.assertFalse(found.filtered("is_integration_client"))
        self.assertEqual(
            thread._partner_find_from_emails_single(["ordinary@example.com"]), self.ordinary
        )

    def test_no_channel_with_a_client(self):
        contact = self.contact.id
        for user in (self.employee, self.worker_a):
            self._refused(user, lambda env: env["discuss.channel"]._create_group([contact]))
            self._refused(user, lambda env: env["discuss.channel"]._create_channel(
                "Talk", None).add_members([contact]))
        count("features around contacts")
        chat = self._as(self.employee)["discuss.channel"]._get_or_create_chat([contact])
        self.assertNotIn(self.contact, chat.sudo().channel_member_ids.partner_id)

    def test_mass_mail_leaves_clients_out(self):
        both = self.contact.sudo() | self.ordinary
        recipients = both._mail_get_partners()
        self.assertFalse(recipients[self.contact.id])
        self.assertEqual(recipients[self.ordinary.id], self.ordinary)

    # ------------------------------------------------------------
    # Activities
    # ------------------------------------------------------------

    def test_appointment_is_private_and_bears_the_number_alone(self):
        """Made from an activity, with the calendar installed as in most databases."""
        activity = self.case.activity_schedule(
            "mail.mail_activity_data_meeting", user_id=self.worker_a.id
        )
        context = dict(
            activity.with_context(
                default_res_model=self.case._name, default_res_id=self.case.id
            ).action_create_calendar_event()["context"],
            no_mail_to_attendees=True,
        )
        event = self.case.env["calendar.event"].with_context(**context).create(
            {"start": "2026-11-02 10:00:00", "stop": "2026-11-02 11:00:00", "privacy": "public"}
        )
        self.assertEqual((event.name, event.privacy), (self.case.file_number, "private"))
        self.env.flush_all()
        for user in (self.colleague_a, self.worker_b, self.system):
            self.env.invalidate_all()
            seen = self._as(user)["calendar.event"].browse(event.id)
            self.assertNotIn(self.case.file_number, str(seen.read(["name", "display_name"])))

    def test_activity_bears_the_file_number_alone(self):
        """Also if it is made in a screen that shows names."""
        case = self.case.with_context(integration_show_name=True)
        activity = case.activity_schedule("mail.mail_activity_data_todo", user_id=self.worker_a.id)
        activity.flush_recordset()
        self.env.invalidate_all()
        self.assertEqual(activity.res_name, self.case.file_number)

    def test_lead_does_not_take_over_what_a_worker_plans(self):
        activity = self.case.activity_schedule(
            "mail.mail_activity_data_todo", summary="Words", user_id=self.worker_a.id
        )
        for function in (
            lambda a: a.read(["summary"]), lambda a: a.write({"user_id": self.lead_a.id}),
            lambda a: a.unlink(), lambda a: a.action_feedback("Done"),
        ):
            self._refused(self.lead_a, lambda env, f=function: (
                f(env["mail.activity"].browse(activity.id))))
        case = self._as(self.lead_a)["integration.case"].browse(self.case.id)
        self.assertNotIn("Words", str(case.read(["activity_summary", "activity_ids"])))
        count("features around contacts")
        own = self._as(self.lead_a)["mail.activity"].create({
            "res_model_id": self.env["ir.model"]._get_id("integration.case"),
            "res_id": self.case.id, "user_id": self.lead_a.id,
        })
        self.assertTrue(own.read(["summary"]))

    # ------------------------------------------------------------
    # Merging, doubles, services that cost money
    # ------------------------------------------------------------

    def test_clients_are_not_merged(self):
        """Neither by a clerk, nor as system administrator."""
        double = self.ordinary.copy({"name": "Ordinary Contact"})
        for user in (self.clerk, self.system):
            for ids in ([self.contact.id, double.id], [double.id, self.contact.id]):
                self._refused(user, lambda env, i=ids: (
                    env["base.partner.merge.automatic.wizard"]._merge(
                        i, env["res.partner"].browse(i[-1]))))
            self._refused(user, lambda env: (
                env["base.partner.merge.automatic.wizard"].create({
                    "partner_ids": [Command.set([self.contact.id, double.id])],
                    "dst_partner_id": double.id,
                }).action_merge()))
        other = self._client(self.worker_a, NAME, email=EMAIL)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        self.env.flush_all()
        self.env.cr.execute(wizard._generate_query(["email"]))
        grouped = {id_ for _first, ids in self.env.cr.fetchall() for id_ in ids}
        self.assertFalse(grouped & {self.contact.id, other.partner_id.id})
        self.assertIn(double.id, grouped)

    def test_double_numbers_do_not_answer_with_a_client(self):
        self.contact.sudo().write({"vat": "SECRET123", "company_registry": "REG123"})
        double = self._as(self.clerk)["res.partner"].new(
            {"name": "Guess", "vat": "SECRET123", "company_registry": "REG123"}
        )
        count("features around contacts", 2)
        self.assertFalse(double.same_vat_partner_id)
        self.assertFalse(double.same_company_registry_partner_id)

    def test_no_text_message_goes_to_a_client(self):
        if "sms.composer" not in self.env:
            self.skipTest("The module sms is not installed.")
        for model, id_ in (
            ("res.partner", self.contact.id), ("integration.client", self.client.id),
            ("integration.case", self.case.id),
        ):
            for mode in ("comment", "mass"):
                values = {"res_model": model, "composition_mode": mode, "body": "Words",
                          "res_id": id_, "res_ids": str([id_]), "mass_force_send": False}
                self._refused(self.worker_a, lambda env, v=values: (
                    env["sms.composer"].create(v).action_send_sms()))
        self.assertFalse(self.env["sms.sms"].sudo().search([("body", "=", "Words")]))

    def test_no_letter_goes_to_a_client(self):
        if "snailmail.letter" not in self.env:
            self.skipTest("The module snailmail is not installed.")
        self._refused(self.system, lambda env: env["snailmail.letter"].create({
            "partner_id": self.contact.id, "model": "res.partner", "res_id": self.contact.id,
            "company_id": self.company_a.id,
        }))
