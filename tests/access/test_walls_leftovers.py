from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestLeftovers(IntegrationCommon):
    """What a user made while she had a file is closed with it, also when access just expires."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(cls._client(cls.worker_a, "Left Person"))
        cls._as(cls.colleague_a)["integration.case.glass"].create(
            {"file_number": cls.case.file_number, "reason": "Acute danger at night"}
        ).action_break()
        cls.mine = cls._as(cls.colleague_a)

    def _expire(self):
        self.case.sudo().access_ids.filtered(lambda e: e.kind == "glass").write(
            {"date_until": fields.Datetime.now() - timedelta(minutes=1)}
        )
        self.env.invalidate_all()

    def test_half_filled_dialogs_close_when_access_expires(self):
        plan = self.mine["integration.plan"].create({"case_id": self.case.id})
        german = self.env.ref(f"{MODULE}.language_de")
        reason = self.mine["integration.closure.reason"].search([], limit=1)
        words = {"note": "Half a sentence"}
        dialogs = {
            "integration.contact.quick": {
                "case_id": self.case.id,
                "channel_id": self.home_visit.id,
                **words,
            },
            "integration.case.close": {
                "case_id": self.case.id,
                "closure_reason_id": reason.id,
                **words,
            },
            "integration.case.reopen": {"case_id": self.case.id, "reason": "Half a sentence"},
            "integration.agreement.make": {"plan_id": plan.id, "language_id": german.id},
            "integration.plan.agree": {"plan_id": plan.id},
            "integration.plan.review.wizard": {"plan_id": plan.id, **words},
        }
        for model, values in dialogs.items():
            self.mine[model].create(values)
            self.assertTrue(self.mine[model].search([]), model)
        self._expire()
        for model in dialogs:
            self.assertFalse(self.mine[model].search([]), model)

    def test_unnamed_talk_stays_open_to_its_author(self):
        self.mine["integration.contact.quick"].create({"channel_id": self.home_visit.id})
        self.assertTrue(self.mine["integration.contact.quick"].search([]))

    def test_files_get_no_public_address(self):
        values = {"name": "scan.pdf", "raw": b"x", "res_model": self.case._name}
        attachments = self.mine["ir.attachment"]
        with self.assertRaisesRegex(UserError, "never made public"):
            attachments.create({**values, "res_id": self.case.id, "public": True})
        scan = attachments.create({**values, "res_id": self.case.id})
        with self.assertRaisesRegex(UserError, "never made public"):
            scan.public = True
        with self.assertRaisesRegex(UserError, "never made public"):
            scan.generate_access_token()
        loose = attachments.create({"name": "scan.pdf", "raw": b"x"})
        loose.generate_access_token()
        with self.assertRaisesRegex(UserError, "never made public"):
            loose.write({"res_model": self.case._name, "res_id": self.case.id})

    def test_appointment_of_a_case_is_not_published_later(self):
        event = self.mine["calendar.event"].create(
            {
                "name": self.case.file_number,
                "start": "2030-01-01 10:00:00",
                "stop": "2030-01-01 11:00:00",
                "res_model_id": self.env["ir.model"]._get_id(self.case._name),
                "res_id": self.case.id,
            }
        )
        event.privacy = "public"
        self.assertEqual(event.privacy, "private")
