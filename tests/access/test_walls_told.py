from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestWallsTold(IntegrationCommon):
    """Nobody opens a file to herself unseen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(cls._client(cls.worker_a, "Watched Person")).sudo()

    def _told(self, user):
        """Return summary and note of what the user finds on her list."""
        self.env.invalidate_all()
        found = self._as(user)["mail.activity"].search([("user_id", "=", user.id)])
        return [(activity.summary, activity.note or "") for activity in found]

    def _break_glass(self, user):
        return (
            self._as(user)["integration.case.glass"]
            .create({"file_number": self.case.file_number, "reason": "Acute danger at night"})
            .action_break()
        )

    def _logged(self):
        pending = self.env.cr.postcommit.data.get("integration_access_log", {})
        return [key[:3] for key in pending]

    def test_only_lead_without_data_protection(self):
        """Then the administrators know that it happened, not why."""
        self.dpo_a.active = False
        self._break_glass(self.lead_a)
        ((summary, note),) = self._told(self.admin_a)
        self.assertIn(self.case.file_number, summary)
        self.assertFalse(note)
        self.assertFalse(self._told(self.lead_a))

    def test_administrators_are_not_told_beside_data_protection(self):
        self._break_glass(self.lead_a)
        self.assertFalse(self._told(self.admin_a))
        self.assertIn("Acute danger", self._told(self.dpo_a)[0][1])

    def test_no_emergency_access_that_nobody_checks(self):
        """An administrator who is the lead herself is nobody else."""
        (self.dpo_a | self.admin_a).active = False
        self.lead_a.group_ids = [Command.link(self.env.ref(f"{MODULE}.group_admin").id)]
        with self.assertRaisesRegex(UserError, f"nobody.*{self.case.file_number}"):
            self._break_glass(self.lead_a)
        self.assertFalse(self._as(self.lead_a)["integration.client"].search([]))

    def test_lead_who_takes_a_file_over_is_seen(self):
        self.lead_a.group_ids = [Command.link(self.env.ref(f"{MODULE}.group_caseworker").id)]
        case = self._as(self.lead_a)["integration.case"].browse(self.case.id)
        case.user_id = self.lead_a
        ((summary, _note),) = self._told(self.worker_a)
        self.assertIn(self.case.file_number, summary)
        self.assertNotIn("Watched", summary)
        self.assertIn((self.lead_a.id, "take", self.case.client_id.id), self._logged())
        activity = self.env["mail.activity"].search([("user_id", "=", self.worker_a.id)])
        with self.assertRaises(UserError):
            activity.with_user(self.lead_a).unlink()

    def test_lead_who_shares_a_file_with_herself_is_seen(self):
        self.lead_a.group_ids = [Command.link(self.env.ref(f"{MODULE}.group_caseworker").id)]
        self._consent(self.case.client_id.sudo(False), purpose="team")
        for user, told in ((self.colleague_a, 0), (self.lead_a, 1)):
            self._as(self.lead_a)["integration.case.share"].create(
                {"case_id": self.case.id, "user_id": user.id, "kind": "team"}
            ).action_share()
            self.assertEqual(len(self._told(self.worker_a)), told)
        self.assertIn((self.lead_a.id, "take", self.case.client_id.id), self._logged())

    def test_handing_over_to_somebody_else_is_not(self):
        case = self._as(self.lead_a)["integration.case"].browse(self.case.id)
        case.user_id = self.colleague_a
        self.assertFalse(self._told(self.worker_a))
        self.assertNotIn("take", [kind for _user, kind, _client in self._logged()])
