import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import file_open

from ..common import MODULE, IntegrationCommon

START = {
    "worker_a": "integration_day_tile_action",
    "lead_a": "integration_day_tile_action",
    "dpo_a": "integration_day_tile_action",
    "reporting_a": "integration_report_action",
    "county_user": "integration_report_action",
    "admin_a": "integration_first_steps_action",
    "accommodation": "integration_arrival_action_entered",
    "municipality": "integration_concern_action_raised",
}


@tagged("post_install", "-at_install")
class TestStarting(IntegrationCommon, HttpCase):
    """The first hour: where people land, what is left to do, how they get a password."""

    def _home(self, user):
        self.authenticate(user.login, user.login)
        return self.make_jsonrpc_request("/web/session/get_session_info", {})["home_action_id"]

    def test_each_role_begins_at_its_work(self):
        for name, action in START.items():
            with self.subTest(name):
                self.assertEqual(
                    self._home(getattr(self, name)), self.env.ref(f"{MODULE}.{action}").id
                )

    def test_own_choice_and_others_stay(self):
        chosen = self.env.ref(f"{MODULE}.integration_client_action")
        self.worker_a.action_id = chosen.id
        self.assertEqual(self._home(self.worker_a), chosen.id)
        self.assertFalse(self._home(self.employee))

    def _steps(self):
        return self._as(self.admin_a)["integration.first.steps"].create({})

    def test_steps_ask_for_notice_name_and_logo(self):
        steps = self._steps()
        self.assertFalse(steps.has_notice)
        self.assertFalse(steps.has_letterhead)
        env = self._as(self.admin_a)
        with file_open("base/static/img/avatar_grey.png", "rb") as picture:
            logo = base64.b64encode(picture.read())
        settings = env["integration.employer.settings"].create({})
        settings.write({"name": "Beratung am See", "logo": logo})
        settings.action_save()
        self.env.invalidate_all()
        self.assertEqual(self.company_a.name, "Beratung am See")
        self.assertTrue(self._steps().has_letterhead)
        drafts = self._as(self.dpo_a)["integration.consent.notice"]
        shared = drafts.browse(self.env.ref(f"{MODULE}.consent_notice_de").id)
        own = drafts.browse(shared.action_new_version()["res_id"])
        self.assertFalse(self._steps().has_notice)
        own.write({"reviewer": "Reviewer", "valid_from": self.today})
        own.action_publish()
        self.env.invalidate_all()
        self.assertTrue(self._steps().has_notice)

    def test_steps_lead_to_what_an_administrator_may_open(self):
        env = self._as(self.admin_a)
        view = env["integration.first.steps"].get_view(
            env.ref(f"{MODULE}.integration_first_steps_view_form").id, "form"
        )
        self.assertIn(str(self.env.ref(f"{MODULE}.integration_user_roles_action").id), view["arch"])
        self.assertNotIn("Settings, Users", view["arch"])

    def _dialog(self, **values):
        return self._as(self.admin_a)["integration.user.roles"].create(values)

    def test_new_user_gets_a_link(self):
        self.env["ir.mail_server"].search([]).active = False
        dialog = self._dialog(name="New", login="new@example.org", caseworker=True)
        message = dialog.action_save()["params"]["message"]
        self.assertIn("token=", message)
        # Nobody gets one into an existing account
        user = self.env["res.users"].search([("login", "=", "new@example.org")])
        message = self._dialog(user_id=user.id).action_save()["params"]["message"]
        self.assertNotIn("token=", message)

    def test_link_for_a_new_password_goes_to_the_user_only(self):
        self.env["ir.mail_server"].search([]).active = False
        dialog = self._dialog(user_id=self.worker_a.id)
        with self.assertRaisesRegex(UserError, "No e-mail leaves"):
            dialog.action_send_password()
        self.env["ir.mail_server"].create({"name": "Out", "smtp_host": "mail.example.org"})
        self.worker_a.email = "worker@example.org"
        answer = dialog.action_send_password()
        self.assertNotIn("token", str(answer))
        with self.assertRaises(AccessError):
            self._dialog(user_id=self.worker_b.id).action_send_password()
        with self.assertRaises(AccessError):
            dialog.with_user(self.lead_a).action_send_password()
