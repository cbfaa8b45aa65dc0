import base64
import json
from types import SimpleNamespace

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.integration_management.demo.signing.sheets import make_sheet, make_sheets

from ..common import MODULE
from .agreement_common import AgreementCommon
from .signing_common import PAPER

REPORT = f"{MODULE}.integration_agreement_report"
PLAN_REPORT = f"{MODULE}.integration_plan_report"


@tagged("post_install", "-at_install")
class TestAgreementFrozen(AgreementCommon):
    """What was agreed stays to the letter, whatever becomes of areas, directory and names."""

    def _html(self, report, record):
        return self.mine["ir.actions.report"]._render_qweb_html(report, record.ids)[0]

    def _agreement(self):
        return self.mine["integration.agreement"].search([("plan_id", "=", self.plan.id)])

    def test_agreed_version_stays_byte_for_byte(self):
        self._agree()
        words, page = self._agreement().words, self._html(PLAN_REPORT, self.plan)
        for said in ("Sprachschule Beispiel", "Beispielova, Amal", "Ich bestehe die Prüfung B1."):
            self.assertIn(said, words)
        self._change_everything()
        self.assertEqual(self._agreement().words, words)
        # Without a sheet, the wordings are those of today; what was agreed is not.
        for said in ("Another", "Andere"):
            self.assertNotIn(said, self._html(PLAN_REPORT, self.plan).decode())
        self.assertIn("Sprachschule Beispiel", page.decode())

    def test_sheet_stays_byte_for_byte(self):
        self._agree()
        sheet = self._sheet({"0": "أجتاز امتحان B1."})
        words, page = sheet.words, self._html(REPORT, sheet)
        self._change_everything()
        self.assertEqual(sheet.words, words)
        self.assertEqual(self._html(REPORT, sheet), page)
        for report in (REPORT, PLAN_REPORT):
            record = sheet if report == REPORT else self.plan
            self.assertNotIn("edited", self._html(report, record).decode())

    def test_draft_shows_what_stands_there_now(self):
        self.client.name = "Andere, Person"
        page = self._html(PLAN_REPORT, self.plan).decode()
        self.assertIn("Andere, Person", page)
        self.assertIn("Entwurf – noch nicht vereinbart", page)
        self.assertFalse(self._agreement())

    def test_next_version_has_words_of_its_own(self):
        self._agree()
        first = self._agreement().words
        draft = self.plan.browse(self.plan.action_new_version()["res_id"])
        self.client.name = "Andere, Person"
        draft.action_agree()
        second = self.mine["integration.agreement"].search([("plan_id", "=", draft.id)])
        self.assertIn("Andere, Person", second.words)
        self.assertEqual(self._agreement().words, first)

    def test_plan_agreed_before_there_were_frozen_words(self):
        self._agree()
        self.env["integration.agreement"]._erase_ledger(self.client)
        self.assertFalse(self._agreement())
        self._sheet()
        self.assertIn("Sprachschule Beispiel", self._agreement().words)

    def _refused(self, query, *args):
        with (
            self.assertRaises(psycopg2.IntegrityError, msg=query),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(flush=False),
        ):
            self.cr.execute(SQL(query, *args))

    def test_frozen_down_to_sql(self):
        self._agree()
        sheet = self._sheet()
        agreement = self._agreement()
        self.env.flush_all()
        for record in (agreement, sheet):
            for change in ("words = 'x'", "words_hash = 'x'", "id = 999999", "plan_id = NULL"):
                self._refused(f"UPDATE {record._table} SET {change} WHERE id = %s", record.id)
            self._refused(f"DELETE FROM {record._table} WHERE id = %s", record.id)
            self._refused(f"TRUNCATE {record._table} CASCADE")
        self.cr.execute(
            SQL("UPDATE integration_agreement_sheet SET interpreter = 'x' WHERE id = %s", sheet.id)
        )
        sheet.action_sign()
        self.env.flush_all()
        for change in ("interpreter = 'y'", "date_signed = NULL", "form = 'screen'"):
            self._refused(
                f"UPDATE integration_agreement_sheet SET {change} WHERE id = %s", sheet.id
            )

    def test_no_request_sets_words_or_form(self):
        self._agree()
        sheet = self._sheet()
        for vals in ({"words": "{}"}, {"words_hash": "x"}, {"form": "screen"}):
            with self.subTest(vals), self.assertRaises(UserError):
                sheet.write(vals)
            with self.subTest(vals), self.assertRaises(UserError):
                sheet.create({"plan_id": self.plan.id, "language_id": 1, **vals})
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            self.mine["integration.agreement"].create({"plan_id": self.plan.id})

    def test_changed_words_are_not_printed(self):
        """Somebody who owns the database may take the trigger away; the hash tells."""
        self._agree()
        sheet = self._sheet()
        self.env.flush_all()
        self.cr.execute("ALTER TABLE integration_agreement_sheet DISABLE TRIGGER USER")
        self.cr.execute(
            SQL(
                "UPDATE integration_agreement_sheet SET words = %s WHERE id = %s",
                sheet.words.replace("B1", "C1"),
                sheet.id,
            )
        )
        self.cr.execute("ALTER TABLE integration_agreement_sheet ENABLE TRIGGER USER")
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "SHA-256"):
            self._html(REPORT, sheet)

    def test_guards_survive_an_update(self):
        self._agree()
        sheet = self._sheet()
        names = ["integration.agreement", "integration.agreement.sheet"]
        self.env.registry.init_models(self.cr, names, {"module": "test"}, install=False)
        self._refused("UPDATE integration_agreement_sheet SET words = 'x' WHERE id = %s", sheet.id)


@tagged("post_install", "-at_install")
class TestAgreementSheet(AgreementCommon):
    """Made in a dialog, with translations beside what was typed in German."""

    def test_only_of_an_agreed_plan(self):
        with self.assertRaisesRegex(UserError, "not agreed yet"):
            self.plan.action_make_sheet()
        with self.assertRaisesRegex(UserError, "not agreed yet"):
            self.mine["integration.agreement.sheet"].create(
                {"plan_id": self.plan.id, "language_id": self.languages["ar"].id}
            )

    def test_dialog_offers_each_line_in_the_clients_language(self):
        self._agree()
        make = self._make()
        self.assertEqual(make.language_id, self.languages["ar"])
        self.assertEqual(
            make.line_ids.mapped(lambda line: (line.key, line.german)),
            [
                ("0", "Ich bestehe die Prüfung B1."),
                ("0.0", "Zum Kurs anmelden"),
                ("0.1", "Platz anfragen"),
            ],
        )
        self.assertFalse(any(make.line_ids.mapped("translation")))

    def test_dialog_as_it_is_filled_in(self):
        self._agree()
        action = self.plan.action_make_sheet()
        form = Form(self.mine[action["res_model"]].with_context(**action["context"]))
        with form.line_ids.edit(0) as line:
            self.assertEqual(line.german, "Ich bestehe die Prüfung B1.")
            line.translation = "أجتاز امتحان B1."
        form.save().action_print()
        words = json.loads(self.plan.sheet_ids.words)
        self.assertEqual(words["translations"], {"0": "أجتاز امتحان B1."})

    def test_translations_stand_on_the_sheet_and_come_again(self):
        self._agree()
        sheet = self._sheet({"0": "أجتاز امتحان B1.", "0.1": "  "})
        words = json.loads(sheet.words)
        self.assertEqual(words["translations"], {"0": "أجتاز امتحان B1."})
        self.assertEqual([column["code"] for column in words["columns"]], ["de", "ar"])
        self.assertEqual(sheet.untranslated_count, 2)
        draft = self.plan.browse(self.plan.action_new_version()["res_id"])
        draft.action_agree()
        type(self).plan = draft
        again = self._make()
        self.assertEqual(again.line_ids[0].translation, "أجتاز امتحان B1.")
        again.language_id = self.languages["ti"]
        self.assertFalse(again.line_ids[0].translation)

    def test_no_words_stay_behind_in_the_dialog(self):
        self._agree()
        make = self._make({"0": "كلمات"}, interpreter="Somebody")
        make.action_print()
        self.assertFalse(make.line_ids)
        self.assertFalse(make.interpreter)
        # The answer got lost: no second sheet
        make.action_print()
        self.assertEqual(len(self.plan.sheet_ids), 1)

    def test_foreign_line_is_refused(self):
        self._agree()
        make = self._make()
        make.env["integration.agreement.make.line"].create({"make_id": make.id, "key": "7"})
        with self.assertRaisesRegex(UserError, "none of the plan"):
            make.action_print()

    def test_language_without_words(self):
        self._agree()
        language = self.env["integration.language"].create({"name": "Testish", "code": "x-test"})
        self.client.language_ids = language
        make = self._make()
        self.assertEqual(make.language_id, language)
        self.assertIn("Testish", make.language_hint)
        make.action_print()
        words = json.loads(self.plan.sheet_ids.words)
        self.assertTrue(words["lacks"])
        self.assertEqual([column["code"] for column in words["columns"]], ["de"])

    def test_read_out_needs_an_interpreter(self):
        self._agree()
        with self.assertRaisesRegex(UserError, "who interpreted"), self.cr.savepoint():
            self._make().action_read_out()
        self._make(interpreter="Frau Beispiel").action_read_out()
        sheet = self.plan.sheet_ids
        self.assertRecordValues(sheet, [{"form": "read_out", "date_signed": self.today}])
        with self.assertRaises(UserError):
            sheet.interpreter = "Somebody else"

    def test_signed_by_hand_and_scanned(self):
        self._agree()
        sheet = self._sheet()
        sheet.write({"date_signed": self.today})
        with self.assertRaises(UserError):
            sheet.date_signed = False
        sheet.attachment = base64.b64encode(PAPER)
        self.assertTrue(sheet.attachment_hash)
        with self.assertRaises(UserError):
            sheet.attachment = base64.b64encode(PAPER + b" other")
        with self.assertRaises(UserError):
            sheet.sudo().unlink()

    def test_nothing_without_consent(self):
        self._agree()
        sheet = self._sheet()
        self._consent(self.client, "withdrawn")
        with self.assertRaisesRegex(UserError, "consent"):
            self._make().action_print()
        for function in (sheet.action_sign, sheet.action_sign_on_screen):
            with self.assertRaisesRegex(UserError, "consent"):
                function()

    def test_for_those_with_the_file_alone(self):
        self._agree()
        sheet = self._sheet()
        for user in (self.colleague_a, self.lead_a, self.worker_b, self.dpo_a, self.admin_a):
            for record in (sheet, sheet.env["integration.agreement"].sudo().search([], limit=1)):
                with (
                    self.subTest(user.login),
                    self.assertRaises(AccessError),
                    mute_logger(
                        "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"
                    ),
                ):
                    self.env.invalidate_all()
                    record.with_user(user).read(["words"])
            with (
                self.assertRaises(AccessError),
                mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"),
            ):
                self._as(user)["ir.actions.report"]._render_qweb_html(REPORT, sheet.ids)

    def test_sheets_of_the_demo(self):
        """What the demo county makes of its plans, without building the county."""
        self._agree()
        county = SimpleNamespace(env=self.env, companies={"a": self.company_a})
        make_sheets(county)
        self.assertEqual(self.plan.sheet_ids.form, "paper")
        self.assertTrue(self.plan.sheet_ids.attachment_hash)
        for turn, form in ((2, "read_out"), (3, "paper")):
            make_sheet(self.plan, self.languages["ar"], turn)
            sheet = self.plan.sheet_ids.sorted("id")[-1:]
            self.assertEqual((sheet.form, bool(sheet.date_signed)), (form, turn == 2))
        make_sheet(self.plan, self.languages["ar"], 0)
        self.assertEqual(len(self.plan.sheet_ids), 3)

    def test_edited_wording_is_a_draft_again(self):
        row = self.env["integration.paper.text"].search([("code", "=", "agreement.title")], limit=1)
        row.reviewed = True
        row.text = row.text
        self.assertTrue(row.reviewed)
        row.text = "Something else"
        self.assertFalse(row.reviewed)
        row.write({"text": "Something better", "reviewed": True})
        self.assertTrue(row.reviewed)
