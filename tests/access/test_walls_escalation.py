from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import IntegrationCommon

TEMPORARY = "A temporary access"


@tagged("post_install", "-at_install")
class TestEscalation(IntegrationCommon):
    """A temporary or small right is turned into no lasting or greater one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a, "Wanted Person")
        cls.case = cls._case(cls.client_a)
        cls.own_case = cls._case(cls._client(cls.colleague_a, "Own Person"))

    def _break_glass(self):
        env = self._as(self.colleague_a)
        env["integration.case.glass"].create(
            {"file_number": self.client_a.file_number, "reason": "Acute danger at night"}
        ).action_break()
        return env

    def _close(self, env):
        reason = env["integration.closure.reason"].search([], limit=1)
        env["integration.case.close"].create(
            {"case_id": self.case.id, "closure_reason_id": reason.id}
        ).action_close()

    def _lasting(self):
        entries = self.client_a.sudo().access_ids.filtered(
            lambda entry: entry.user_id == self.colleague_a and not entry.date_until
        )
        return entries.mapped("kind")

    def test_emergency_access_does_not_reopen_as_ones_own(self):
        env = self._break_glass()
        self._close(env)
        wizard = env["integration.case.reopen"].create(
            {"case_id": self.case.id, "reason": "Goes on"}
        )
        with self.assertRaisesRegex(AccessError, TEMPORARY):
            wizard.action_reopen()
        with self.assertRaisesRegex(UserError, f"{TEMPORARY}|had a case before"):
            env["integration.case"].create(
                {"client_id": self.client_a.id, "municipality_id": self.case.municipality_id.id}
            )
        self.assertFalse(self._lasting())

    def test_emergency_access_does_not_move_the_client_into_ones_own_case(self):
        client = self._break_glass()["integration.client"].browse(self.client_a.id)
        with self.assertRaisesRegex(AccessError, TEMPORARY):
            client.family_case_id = self.own_case.id
        own = self._as(self.colleague_a)["integration.case"].browse(self.own_case.id)
        with self.assertRaisesRegex(AccessError, TEMPORARY):
            own.write({"member_ids": [Command.link(self.client_a.id)]})
        self.assertFalse(self._lasting())

    def test_deputy_does_not_move_the_client_into_ones_own_case(self):
        self._consent(self.client_a, purpose="team")
        self._as(self.worker_a)["integration.case.share"].create(
            {
                "case_id": self.case.id,
                "user_id": self.colleague_a.id,
                "kind": "deputy",
                "date_to": self.today + timedelta(days=3),
            }
        ).action_share()
        client = self._as(self.colleague_a)["integration.client"].browse(self.client_a.id)
        with self.assertRaisesRegex(AccessError, TEMPORARY):
            client.family_case_id = self.own_case.id

    def test_whoever_broke_the_glass_does_not_touch_the_warning(self):
        env = self._break_glass()
        told = self.env["mail.activity"].search(
            [("summary", "like", self.client_a.file_number), ("user_id", "=", self.lead_a.id)]
        )
        self.assertTrue(told)
        warning = env["mail.activity"].browse(told.id)
        for values in ({"summary": "Nothing"}, {"user_id": self.colleague_a.id}):
            with self.assertRaises(AccessError):
                warning.write(values)
        with self.assertRaises(AccessError):
            warning.unlink()

    def test_employer_has_no_coordinators(self):
        wizard = self._as(self.admin_a)["integration.user.roles"].create(
            {"user_id": self.admin_a.id, "admin": True, "county": True}
        )
        with self.assertRaisesRegex(AccessError, "county office"):
            wizard.action_save()
        for former in ("municipality", False):
            self.company_a.integration_employer_type = former
            with self.subTest(former=former):
                self._refuse_county_office()
                self.assertEqual(self.company_a.integration_employer_type, former)

    def _refuse_county_office(self):
        """No administrator makes a county office of her employer, by dialog or by RPC."""
        dialogs = self._as(self.admin_a)["integration.employer.settings"]
        kinds = dialogs.fields_get(["integration_employer_type"])["integration_employer_type"]
        self.assertNotIn("county", dict(kinds["selection"]))
        with self.assertRaisesRegex(AccessError, "county office"):
            dialogs.create({"integration_employer_type": "county"}).action_save()

    def test_roles_at_another_employer_are_not_shown(self):
        wizard = self._as(self.admin_a)["integration.user.roles"].create(
            {"user_id": self.worker_b.id}
        )
        self.assertFalse(wizard.caseworker)
