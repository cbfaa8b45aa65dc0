import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
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
            "integration.signing": {
                "client_id": self.case.client_id.id,
                "guardian_name": "Half a name",
                "interpreter": "Half a name",
            },
            "integration.case.share": {
                "case_id": self.case.id,
                "user_id": self.worker_a.id,
                "reason": "Half a sentence",
            },
        }
        for model, values in dialogs.items():
            self.mine[model].create(values)
            self.assertTrue(self.mine[model].search([]), model)
        self._expire()
        for model in dialogs:
            self.assertFalse(self.mine[model].search([]), model)

    def test_dialogs_go_with_the_file_whatever_they_refer_to(self):
        """Every dialog that refers to a case or client, and every line, from the registry."""
        env = self._as(self.worker_a)
        client = self.case.client_id
        plan = env["integration.plan"].create(
            {
                "case_id": self.case.id,
                "line_ids": [
                    Command.create(
                        {"area_id": self.env.ref(f"{MODULE}.area_language").id, "name": "B1"}
                    )
                ],
            }
        )
        course = env["integration.course.enrolment"].create(
            {
                "case_id": self.case.id,
                "kind_id": self.env["integration.course.kind"].search([], limit=1).id,
            }
        )
        office = self.env["integration.service"].create({"name": "Office of Courses"})
        registration = env["integration.course.registration"].create({"office_id": office.id})
        family = env["integration.family.new"].create({"municipality_id": self.town_a.id})
        review = env["integration.plan.review.wizard"].create({"plan_id": plan.id, "line_ids": []})
        reason = env["integration.closure.reason"].search([], limit=1)
        values = {
            "integration.case.close": {"closure_reason_id": reason.id},
            "integration.case.reopen": {"reason": "Half a sentence"},
            "integration.case.share": {"user_id": self.colleague_a.id},
            "integration.case.transfer": {
                "user_id": self.colleague_a.id,
                "case_ids": [Command.set(self.case.ids)],
            },
            "integration.course.finish": {"enrolment_id": course.id, "outcome": "dropped"},
            "integration.course.registration.line": {
                "registration_id": registration.id,
                "enrolment_id": course.id,
            },
            "integration.contact.quick": {"channel_id": self.home_visit.id},
            "integration.contact.draft": {"user_id": self.worker_a.id, "key": "of a dialog"},
            "integration.family.birth": {"name": "Half a name"},
            "integration.family.new.line": {"wizard_id": family.id, "name": "Half a name"},
            "integration.signing": {"guardian_name": "Half a name", "interpreter": "Half a name"},
            "integration.plan.review.wizard.line": {
                "wizard_id": review.id,
                "goal_id": plan.line_ids.id,
            },
            "integration.plan.review.wizard.rating": {
                "wizard_id": review.id,
                "area_id": plan.line_ids.area_id.id,
            },
        }
        own = {"case_id": self.case.id, "client_id": client.id, "plan_id": plan.id}
        dialogs = []
        for name in self.env["integration.case.access"]._dialog_paths():
            model = env[name]
            named = {key: val for key, val in own.items() if key in model._fields}
            dialogs.append(model.sudo().create({**named, **values.get(name, {})}))
        self.assertGreater(len(dialogs), 9)
        self.env.invalidate_all()
        self.case.sudo()._transfer(self.colleague_a, "Has fallen ill for a long time")
        (signing,) = [dialog for dialog in dialogs if dialog.exists()]
        self.assertEqual(signing._name, "integration.signing", "it holds the brake on passwords")
        self.assertFalse(signing.guardian_name or signing.interpreter)

    def test_nothing_of_a_family_stays_in_its_dialog(self):
        """Name, birth date and client of each person stood in lines, for their author alone."""
        env = self._as(self.worker_a)
        dialog = env["integration.family.new"].create(
            {
                "municipality_id": self.town_a.id,
                "phone": "0123 456",
                "line_ids": [
                    Command.create({"name": "Hana Erfunden", "consent": "paper", "present": True})
                ],
            }
        )
        lines = dialog.line_ids
        answer = dialog.action_save()
        self.assertFalse(lines.exists())
        self.assertFalse(dialog.phone)
        self.assertEqual(*map(json.dumps, (dialog.action_save(), answer)))

    def test_whoever_hands_over_her_own_case_gets_the_first_answer_again(self):
        """Her dialogs about the case go, but for the one that has done it."""
        roles = f"{MODULE}.group_caseworker,{MODULE}.group_lead"
        lead = self._new_user("working_lead", roles, self.company_a)
        own = self._case(self._client(lead, "Own Person of a Lead"))
        dialog = self._as(lead)["integration.case.transfer"].create(
            {
                "user_id": self.colleague_a.id,
                "case_ids": [Command.set(own.ids)],
                "reason": "Is away for a long time",
            }
        )
        answer = dialog.action_transfer()
        self.assertEqual(own.sudo().user_id, self.colleague_a)
        self.assertEqual(dialog.action_transfer(), answer)
        self.assertFalse(dialog.sudo().reason or dialog.sudo().case_ids)

    def test_unnamed_talk_stays_open_to_its_author(self):
        self.mine["integration.contact.quick"].create({"channel_id": self.home_visit.id})
        self.assertTrue(self.mine["integration.contact.quick"].search([]))

    def test_files_get_no_public_address(self):
        values = {"name": "scan.pdf", "raw": b"x", "res_model": self.case._name}
        attachments = self.mine["ir.attachment"]
        with self.assertRaisesRegex(UserError, "never made public"):
            self.env["ir.attachment"].create({**values, "res_id": self.case.id, "public": True})
        scan = self._scan_at(self.case).with_env(self.mine)
        with self.assertRaisesRegex(UserError, "never made public"):
            scan.public = True
        with self.assertRaisesRegex(UserError, "never made public"):
            scan.generate_access_token()
        loose = attachments.create({"name": "scan.pdf", "raw": b"x"})
        loose.generate_access_token()
        with self.assertRaisesRegex(UserError, "never made public"):
            loose.with_env(self.env).write({"res_model": self.case._name, "res_id": self.case.id})

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
