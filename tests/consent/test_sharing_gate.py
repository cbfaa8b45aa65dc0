from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .gate_common import GateCommon, GateHttp


class SharingGateCommon(GateCommon):
    """Files of clients who did not agree to sharing with colleagues, or do so no more."""

    guarded = ("integration.case.access",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entry = cls.case.sudo().access_ids[:1]

    def _agree(self, client=None, **values):
        self._consent(client or self.client_a, purpose="team", **values)

    def _share(self, case=None):
        return {
            "case_id": (case or self.case).id,
            "user_id": self.colleague_a.id,
            "kind": "deputy",
            "date_from": self.today.isoformat(),
            "date_to": self.today.isoformat(),
        }

    def _shared_with(self, client):
        return self.colleague_a in client.sudo().access_ids._current().user_id


class SharingGate:
    """Run once with and once without the wire."""

    def test_entries_are_written_by_nobody(self):
        vals = {
            "case_id": self.case.id,
            "client_id": self.client_a.id,
            "user_id": self.colleague_a.id,
            "kind": "team",
        }
        child = {"client_id": self.client_a.id, "user_id": self.colleague_a.id, "kind": "team"}
        self._agree()
        self._assert_refused(
            [
                *self._ways_to_create("integration.case.access", vals),
                *self._ways_to_change(self.entry, {"user_id": self.colleague_a.id}),
                *self._ways_from_parent(self.case, "access_ids", child, self.entry),
                *self._ways_from_parent(
                    self.client_a, "access_ids", dict(child, case_id=self.case.id)
                ),
            ]
        )

    def test_dialog_asks_for_the_consent(self):
        dialogs = self._as(self.worker_a)["integration.case.share"]
        dialog = dialogs.create(self._share())
        attempt = ("share", dialogs._name, "action_share", [dialog.ids], {})
        asked = [attempt] * 6
        self._assert_refused(asked)
        self._agree(date=self.today - timedelta(days=9), valid_until=self.today - timedelta(days=1))
        self._assert_refused(asked)
        self._consent(self.client_a, "renewed", purpose="team")
        self._consent(self.client_a, "withdrawn")
        self.env.flush_all()
        self._assert_refused(asked)


@tagged("post_install", "-at_install")
class TestSharingGate(SharingGate, SharingGateCommon):
    """Colleagues see a file only with the client's consent to sharing."""

    def test_entries_end_with_the_consent(self):
        for end in ("team", "file", "lapsed"):
            client = self._client(self.worker_a)
            case = self._case(client)
            lapsing = {"valid_until": self.today} if end == "lapsed" else {}
            self._agree(client, **lapsing)
            case.env["integration.case.share"].create(self._share(case)).action_share()
            self.assertTrue(self._shared_with(client))
            if end == "lapsed":
                # The day after: the ledger itself is never changed.
                self.env["integration.consent"].flush_model()
                self.cr.execute("ALTER TABLE integration_consent DISABLE TRIGGER USER")
                self.cr.execute(
                    "UPDATE integration_consent SET valid_until = date WHERE client_id = %s "
                    "AND purpose = 'team'",
                    (client.id,),
                )
                self.cr.execute("ALTER TABLE integration_consent ENABLE TRIGGER USER")
                self.env.invalidate_all()
                self.env["integration.consent"]._cron_expire()
                self.assertEqual(client.consent_ids._last_event("team").decision, "expired")
            else:
                self._consent(client, "withdrawn", purpose=end)
            self.assertFalse(self._shared_with(client), end)

    def test_consent_of_one_member_covers_her_alone(self):
        member, agreeing = self._client(self.worker_a), self._client(self.worker_a)
        self._agree()
        self._agree(agreeing)
        access = self.env["integration.case.access"]
        access._share_case(self.case.sudo(), self.colleague_a, "team")
        self.case._accompany((member | agreeing).with_env(self.case.env))
        self.assertTrue(self._shared_with(self.client_a) and self._shared_with(agreeing))
        self.assertFalse(self._shared_with(member))
        theirs = self._as(self.colleague_a)["integration.client"].search([])
        self.assertEqual(set(theirs.ids), set((self.client_a | agreeing).ids))
        self.case.write({"member_ids": [Command.unlink(agreeing.id)]})
        self.assertFalse(self._shared_with(agreeing))


@tagged("post_install", "-at_install")
class TestSharingGateRpc(SharingGate, SharingGateCommon, GateHttp):
    """The same over the wire."""
