from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .apps_common import AppsCommon

NEW = "Quvwxyzan"


@tagged("post_install", "-at_install")
class TestAppsAutomation(AppsCommon):
    """What a colleague has automated for contacts neither blocks an intake nor tells of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Welcome",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "subject": "Welcome {{ object.name }}",
                "body_html": "<p>Welcome</p>",
                "email_to": "office@example.com",
            }
        )

    def _actions(self, model):
        """Return the values of one action of each kind that leaves the walls."""
        todo = self.env.ref("mail.mail_activity_data_todo").id
        mail = {"state": "mail_post", "template_id": self.template.id}
        return {
            "mail": {**mail, "mail_post_method": "email"},
            "note": {**mail, "mail_post_method": "note"},
            "comment": {**mail, "mail_post_method": "comment"},
            "activity": {
                "state": "next_activity",
                "activity_type_id": todo,
                "activity_summary": "Call",
                "activity_user_type": "specific",
                "activity_user_id": self.app_user.id,
            },
            "followers": {
                "state": "followers",
                "followers_type": "specific",
                "partner_ids": [Command.link(self.ordinary.id)],
            },
            "code": {
                "state": "code",
                "code": "record.message_post(body=record.name or '')\n"
                "env['ir.config_parameter'].sudo().set_param('told', record.name)",
            },
            "write": {"state": "object_write", "update_path": "ref", "value": "automated"},
        }

    def _automate(self, model, values, trigger="on_create_or_write"):
        model_id = self.env["ir.model"]._get_id(model)
        action = {"name": "Automated", "model_id": model_id, "usage": "base_automation", **values}
        rule = self.env["base.automation"].create(
            {
                "name": "Rule",
                "model_id": model_id,
                "trigger": trigger,
                "action_server_ids": [Command.create(action)],
            }
        )
        self.env.flush_all()
        return rule

    def _traces(self):
        return [
            len(self.env[model].sudo().search([]))
            for model in ("mail.message", "mail.activity", "mail.followers", "mail.mail")
        ]

    def test_intake_goes_on_and_nothing_is_told(self):
        for kind, values in self._actions("res.partner").items():
            with self.subTest(kind):
                rule = self._automate("res.partner", values)
                before = self._traces()
                client = self._client(self.worker_a, NEW, consent=False)
                client.write({"phone": "+49 7541 333333"})
                client.write({"name": f"{NEW} changed"})
                self.env.flush_all()
                self.assertEqual(self._traces(), before)
                self.assertFalse(client.sudo().partner_id.ref)
                self.assertFalse(self.env["ir.config_parameter"].sudo().get_param("told"))
                rule.active = False

    def test_whole_dialog_of_a_new_family_is_saved(self):
        self._automate("res.partner", self._actions("res.partner")["note"])
        dialog = self._as(self.worker_a)["integration.family.new"].create(
            {
                "municipality_id": self.town_a.id,
                "talk": False,
                "line_ids": [Command.create({"name": NEW, "consent": "later"})],
            }
        )
        dialog.action_save()
        self.assertTrue(self.env["integration.client"].search([("name", "=", NEW)]))

    def test_ordinary_contacts_are_automated_as_ever(self):
        rule = self._automate("res.partner", self._actions("res.partner")["write"])
        partner = self.env["res.partner"].create({"name": "Ordinary Supplier"})
        self.assertEqual(partner.ref, "automated")
        rule.unlink()
        self._automate("res.partner", self._actions("res.partner")["note"])
        before = len(self.ordinary.message_ids)
        self.ordinary.write({"city": "Elsewhere"})
        self.assertGreater(len(self.ordinary.message_ids), before)

    def test_button_of_an_action_passes_clients_by(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Note",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "state": "code",
                "code": "for record in records: record.write({'ref': 'x'})",
            }
        )
        both = self.contact | self.ordinary
        action.with_context(active_model="res.partner", active_ids=both.ids).run()
        self.assertEqual(both.mapped("ref"), [False, "x"])

    @mute_logger("odoo.addons.integration_management.models.beside.ir_actions_server")
    def test_posting_about_a_case_does_not_block_it(self):
        values = self._actions("integration.case")
        for kind in ("note", "comment", "followers"):
            with self.subTest(kind):
                model_id = self.env["ir.model"]._get_id("integration.case")
                self.template.sudo().model_id = model_id
                rule = self._automate("integration.case", values[kind])
                before = self._traces()
                case = self._case(self._client(self.worker_a, NEW))
                self.assertTrue(case)
                self.assertEqual(self._traces(), before)
                rule.active = False
