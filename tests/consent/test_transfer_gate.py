from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .gate_common import GateCommon, GateHttp


class TransferGateCommon(GateCommon):
    """A file whose client agreed to the file alone; the lead hands cases over."""

    guarded = ("integration.case", "integration.case.access", "integration.case.assignment")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._consent(cls.client_a, "withdrawn", purpose="transfer")
        cls.note = cls.case.env["integration.note"].create(
            {"case_id": cls.case.id, "body": "Words"}
        )
        cls.env.flush_all()

    def _actor(self):
        return self.lead_a

    def _as_lead(self, case=None):
        return self._as(self.lead_a)["integration.case"].browse((case or self.case).id)

    def _ways(self):
        return (way for way in self._ways_to_change(self.case, {"user_id": self.colleague_a.id}))


class TransferGate:
    """Run once with and once without the wire."""

    def test_file_passes_with_the_consent_alone(self):
        self._assert_refused(self._ways())

    def test_nobody_else_uses_the_dialog(self):
        vals = {
            "case_ids": [[6, 0, self.case.ids]],
            "user_id": self.colleague_a.id,
            "reason": "Worker has left for good",
        }
        dialog = self._as(self.lead_a)["integration.case.transfer"].create({**vals, "reason": "x"})
        forged = {"integration_system": True, "integration_transfer_reason": "Worker has left"}
        write = [self.case.ids, {"user_id": self.colleague_a.id}]
        self._assert_refused(
            [
                ("no reason", dialog._name, "action_transfer", [dialog.ids], {}),
                ("forged", "integration.case", "write", write, forged),
            ]
            * 3
        )


@tagged("post_install", "-at_install")
class TestTransferGate(TransferGate, TransferGateCommon):
    """A file passes to another worker with the client's consent, or for a reason that is told."""

    def _reads(self, user, record=None):
        self.env.invalidate_all()
        record = record or self.note
        return bool(self._as(user)[record._name].search([("id", "=", record.id)]))

    def test_drag_offers_the_dialog(self):
        with self.assertRaises(RedirectWarning) as caught:
            self._as_lead().user_id = self.colleague_a
        message, action, _button, context = caught.exception.args
        self.assertIn(self.client_a.file_number, message)
        self.assertEqual(
            action, self.env.ref("integration_management.integration_case_transfer_action").id
        )
        dialog = (
            self._as(self.lead_a)["integration.case.transfer"]
            .with_context(**context)
            .create({"reason": "Worker fell ill for months"})
        )
        self.assertEqual(dialog.missing_numbers, self.client_a.file_number)
        dialog.action_transfer()
        self.assertTrue(self._reads(self.colleague_a))
        self.assertFalse(self._reads(self.worker_a))

    def test_exception_is_told_and_counted(self):
        agreeing = self._case(self._client(self.worker_a))
        self._as(self.lead_a)["integration.case.transfer"].create(
            {
                "case_ids": [Command.set((self.case | agreeing).ids)],
                "user_id": self.colleague_a.id,
                "reason": "Worker has left for good",
            }
        ).action_transfer()
        for user in (self.lead_a, self.dpo_a):
            told = self._as(user)["integration.case.access"].search([("is_exception", "=", True)])
            self.assertEqual(told.client_id.ids, self.client_a.ids)
            self.assertEqual(told.reason, "Worker has left for good")
        self.assertEqual(agreeing.user_id, self.colleague_a)
        task = self.case.sudo().activity_ids
        self.assertEqual(task.user_id, self.colleague_a)
        self.assertIn(self.client_a.file_number, task.summary)

    def test_consent_to_the_transfer(self):
        self._consent(
            self.client_a, "given", purpose="transfer", date=self.today, reason="Asked again"
        )
        self._as_lead().user_id = self.colleague_a
        self.assertTrue(self._reads(self.colleague_a))
        self.assertFalse(self.case.sudo().access_ids.filtered("is_exception"))

    def test_colleague_who_reads_it_already(self):
        self._consent(self.client_a, purpose="team")
        with self.assertRaises(RedirectWarning):
            self._as_lead().user_id = self.colleague_a
        self.env["integration.case.access"]._share_case(self.case.sudo(), self.colleague_a, "team")
        self._as_lead().user_id = self.colleague_a
        self.assertEqual(self.case.sudo().user_id, self.colleague_a)

    def test_emergency_access_is_no_consent(self):
        self._as(self.colleague_a)["integration.case.glass"].create(
            {"file_number": self.case.file_number, "reason": "Acute danger"}
        ).action_break()
        with self.assertRaises(RedirectWarning):
            self._as_lead().user_id = self.colleague_a

    def test_card_passes_freely(self):
        for decision in (None, "refused"):
            client = self._client(self.worker_a, consent=False)
            case = self._case(client)
            if decision:
                self._consent(client, decision)
            self._as_lead(case).user_id = self.colleague_a
            self.assertEqual(case.sudo().user_id, self.colleague_a)

    def test_file_of_which_the_consent_ended_passes_for_a_reason(self):
        client = self._client(self.worker_a)
        case = self._case(client)
        self._consent(client, "withdrawn")
        with self.assertRaises(RedirectWarning):
            self._as_lead(case).user_id = self.colleague_a

    def test_each_of_the_family_agrees(self):
        self._consent(
            self.client_a, "given", purpose="transfer", date=self.today, reason="Asked again"
        )
        child = self._client(self.worker_a)
        self._consent(child, "withdrawn", purpose="transfer")
        self.case._accompany(child.with_env(self.case.env))
        with self.assertRaisesRegex(RedirectWarning, child.file_number):
            self._as_lead().user_id = self.colleague_a

    def test_case_opened_for_a_colleague(self):
        client = self._client(self.worker_a)
        self._consent(client, "withdrawn", purpose="transfer")
        vals = {"client_id": client.id, "municipality_id": self.town_a.id}
        cases = self._as(self.worker_a)["integration.case"]
        for context, values in (
            ({}, {"user_id": self.colleague_a.id}),
            ({"default_user_id": self.colleague_a.id}, {}),
        ):
            with self.assertRaisesRegex(UserError, client.file_number), self.cr.savepoint():
                cases.with_context(**context).create({**vals, **values})
        self.assertTrue(cases.create(vals))

    def test_member_moved_to_the_case_of_a_colleague(self):
        theirs = self._case(self._client(self.colleague_a))
        self._consent(theirs.client_id, purpose="team")
        self.env["integration.case.access"]._share_case(theirs.sudo(), self.worker_a, "team")
        single = self._client(self.worker_a)
        self._consent(single, "withdrawn", purpose="transfer")
        with self.assertRaisesRegex(UserError, single.file_number), self.cr.savepoint():
            single.family_case_id = theirs.id
        self.assertFalse(self._reads(self.colleague_a, single))

    def test_workers_do_not_hand_over(self):
        with self.assertRaises(AccessError):
            self._as(self.worker_a)["integration.case.transfer"].create({})
        with self.assertRaises(AccessError):
            self.case.user_id = self.colleague_a


@tagged("post_install", "-at_install")
class TestTransferGateRpc(TransferGate, TransferGateCommon, GateHttp):
    """The same over the wire."""
