from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .walls_contacts import EMAIL, NAME, WallsContacts
from .walls_count import count
from .walls_registry import own_models

# What the module itself needs: a client has her contact.
OWN_CONTACT = ("integration.client", "integration.case.access")


@tagged("post_install", "-at_install")
class TestWallsPartner(WallsContacts):
    """Odoo's own features around contacts: none of them reaches a client."""

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
        self._refused(
            self.clerk,
            lambda env: (
                env["res.partner.bank"]
                .with_context(default_partner_id=contact)
                .create({"acc_number": "DE1"})
            ),
        )
        self._refused(
            self.clerk,
            lambda env: env["res.partner.bank"].onchange(
                {"partner_id": contact}, ["partner_id"], {"acc_holder_name": {}}
            ),
        )
        self._refused(
            self.clerk,
            lambda env: env["res.partner"].onchange(
                {"bank_ids": [[0, "virtual_1", bank]]},
                ["bank_ids"],
                {"bank_ids": {"fields": {"acc_holder_name": {}}}},
            ),
        )
        ordinary = self.ordinary.id
        for values in ({"parent_id": contact}, {"child_ids": [Command.link(contact)]}):
            self._refused(
                self.clerk, lambda env, v=values: env["res.partner"].browse(ordinary).write(v)
            )
            self._refused(
                self.system, lambda env, v=values: env["res.partner"].create(dict(v, name="Child"))
            )
        self._refused(
            self.system,
            lambda env: env["res.users"].create({"login": "client", "partner_id": contact}),
        )

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
        self._refused(
            self.clerk,
            lambda env: (
                env["res.partner"]
                .with_context(
                    default_is_integration_client=True, default_company_id=self.company_a.id
                )
                .create({"name": "Hidden"})
            ),
        )
        self._refused(
            self.clerk,
            lambda env: (
                env["res.partner"]
                .browse(self.ordinary.id)
                .write({"is_integration_client": True, "company_id": self.company_a.id})
            ),
        )

    # ------------------------------------------------------------
    # Mail
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
        event = (
            self.case.env["calendar.event"]
            .with_context(**context)
            .create(
                {"start": "2026-11-02 10:00:00", "stop": "2026-11-02 11:00:00", "privacy": "public"}
            )
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
            lambda a: a.read(["summary"]),
            lambda a: a.write({"user_id": self.lead_a.id}),
            lambda a: a.unlink(),
            lambda a: a.action_feedback("Done"),
        ):
            self._refused(
                self.lead_a, lambda env, f=function: f(env["mail.activity"].browse(activity.id))
            )
        case = self._as(self.lead_a)["integration.case"].browse(self.case.id)
        self.assertNotIn("Words", str(case.read(["activity_summary", "activity_ids"])))
        count("features around contacts")
        own = self._as(self.lead_a)["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("integration.case"),
                "res_id": self.case.id,
                "user_id": self.lead_a.id,
            }
        )
        self.assertTrue(own.read(["summary"]))

    # ------------------------------------------------------------
    # Merging, doubles, services that cost money
    # ------------------------------------------------------------

    def test_clients_are_not_merged(self):
        """Neither by a clerk, nor as system administrator."""
        double = self.ordinary.copy({"name": "Ordinary Contact"})
        for user in (self.clerk, self.system):
            for ids in ([self.contact.id, double.id], [double.id, self.contact.id]):
                self._refused(
                    user,
                    lambda env, i=ids: env["base.partner.merge.automatic.wizard"]._merge(
                        i, env["res.partner"].browse(i[-1])
                    ),
                )
            self._refused(
                user,
                lambda env: (
                    env["base.partner.merge.automatic.wizard"]
                    .create(
                        {
                            "partner_ids": [Command.set([self.contact.id, double.id])],
                            "dst_partner_id": double.id,
                        }
                    )
                    .action_merge()
                ),
            )
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
            ("res.partner", self.contact.id),
            ("integration.client", self.client.id),
            ("integration.case", self.case.id),
        ):
            for mode in ("comment", "mass"):
                values = {
                    "res_model": model,
                    "composition_mode": mode,
                    "body": "Words",
                    "res_id": id_,
                    "res_ids": str([id_]),
                    "mass_force_send": False,
                }
                self._refused(
                    self.worker_a,
                    lambda env, v=values: env["sms.composer"].create(v).action_send_sms(),
                )
        self.assertFalse(self.env["sms.sms"].sudo().search([("body", "=", "Words")]))

    def test_no_letter_goes_to_a_client(self):
        if "snailmail.letter" not in self.env:
            self.skipTest("The module snailmail is not installed.")
        self._refused(
            self.system,
            lambda env: env["snailmail.letter"].create(
                {
                    "partner_id": self.contact.id,
                    "model": "res.partner",
                    "res_id": self.contact.id,
                    "company_id": self.company_a.id,
                }
            ),
        )
