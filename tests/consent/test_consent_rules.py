import base64
from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, TransactionCase, tagged

from .gate_common import GateCommon, GateHttp
from .test_consent_notice import NoticeCommon

PDF = base64.b64encode(b"%PDF-1.4 scan").decode()


class LedgerRulesCommon(NoticeCommon, GateCommon):
    """Events that make no sense, sent in every way a browser knows."""

    guarded = ("integration.consent", "integration.client")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.asked = cls._client(cls.worker_a, "Asked", consent=False, birthdate="1980-05-01")
        cls._case(cls.asked, days_ago=0)
        cls.child, cls.sibling = (
            cls._client(
                cls.worker_a, name, consent=False, birthdate=cls.today - timedelta(days=days)
            )
            for name, days in (("Kim Child", 3000), ("Kim Sibling", 4000))
        )
        cls.stranger = cls._client(cls.worker_a, "Stranger", birthdate="1980-05-01")
        cls._household(cls.asked, cls.child, cls.sibling)

    def _try(self, client, **values):
        vals = {
            "client_id": client.id,
            "purpose": "file",
            "decision": "given",
            "form": "paper",
            "date": self.today.isoformat(),
            **values,
        }
        yield from self._ways_to_create("integration.consent", vals)
        child = {key: value for key, value in vals.items() if key != "client_id"}
        yield from self._ways_from_parent(client, "consent_ids", child)

    def _nonsense(self):
        """Yield (client, values) of what nobody may record by hand."""
        asked, child = self.asked, self.child
        yield asked, {"form": "system"}
        yield asked, {"form": "system", "decision": "expired"}
        yield asked, {"form": "screen"}
        yield asked, {"form": "screen", "attachment": PDF}
        yield asked, {"form": "screen", "decision": "refused"}
        yield self.stranger, {"decision": "expired", "date": self.today.isoformat()}
        yield asked, {"date": "1900-01-01"}
        yield asked, {"date": "1979-12-31"}
        yield asked, {"date": "1999-12-31"}
        yield child, {"date": "2001-01-01", "guardian_name": "Mother"}
        for guardian in (
            {},
            {"guardian_name": " "},
            {"guardian_id": self.stranger.id},
            {"guardian_id": self.sibling.id},
            {"guardian_id": child.id},
            {"guardian_name": "sibling, kim"},
            {"guardian_name": "Kim Child"},
        ):
            yield child, guardian


class LedgerRules:
    """Run once with and once without the wire."""

    def test_nonsense(self):
        for client, values in self._nonsense():
            with self.subTest(values=values):
                self._assert_refused(self._try(client, **values))

    def test_oral_is_not_prolonged_orally(self):
        oral = {"form": "oral", "witness": "Interpreter"}
        self._consent(self.asked, date=self.today - timedelta(days=5), **oral)
        for decision in ("given", "renewed"):
            for more in ({}, {"reason": "Once more"}, {"valid_until": "2099-01-01"}):
                self._assert_refused(self._try(self.asked, decision=decision, **oral, **more))
        self._consent(self.asked, "withdrawn")
        self._assert_refused(self._try(self.asked, **oral, reason="She came back"))

    def test_correction_needs_a_reason(self):
        self._consent(self.asked, date=self.today)
        for values in (
            {"decision": "refused"},
            {"decision": "refused", "reason": "  "},
            {"date": (self.today - timedelta(days=3)).isoformat()},
        ):
            self._assert_refused(self._try(self.asked, **values))

    def test_required(self):
        model = self.env["integration.consent"]
        for name in ("client_id", "purpose", "decision", "date", "form"):
            self.assertTrue(model._fields[name].required)
            for nothing in (False, None, ""):
                vals = {"client_id": self.asked.id, name: nothing}
                self._assert_refused(
                    [
                        (name, model._name, method, args, {})
                        for method, args in (
                            ("create", [vals]),
                            ("create", [[vals]]),
                            ("web_save", [[], vals, {}]),
                        )
                        for _twice in range(2)
                    ]
                )


@tagged("post_install", "-at_install")
class TestLedgerRules(LedgerRules, LedgerRulesCommon):
    """What the rules let through, beside what they refuse."""

    def test_empty_field_is_named(self):
        with self.assertRaisesRegex(ValidationError, "Purpose"):
            self._consent(self.asked, purpose=False)

    def test_form_by_default_is_provisional_as_well(self):
        oral = (
            self.asked.env["integration.consent"]
            .with_context(default_form="oral", default_witness="Interpreter")
            .create({"client_id": self.asked.id})
        )
        self.assertEqual(oral.valid_until, self.today + timedelta(days=14))

    def test_words_of_an_oral_consent_may_be_corrected(self):
        first = self._consent(self.asked, form="oral", witness="Intepreter", date=self.today)
        again = self._consent(
            self.asked,
            form="oral",
            witness="Interpreter",
            date=self.today,
            reason="Name of the witness",
            valid_until=first.valid_until,
        )
        self.assertEqual(again.valid_until, first.valid_until)
        signed = self._consent(self.asked, "renewed")
        self.assertFalse(self.asked.consent_valid_until)
        self._consent(self.asked, "renewed", form="oral", witness="Interpreter")
        self.assertTrue(self.asked.consent_valid_until, "once more provisional")
        self.assertEqual(signed.form, "paper")

    def test_withdrawing_asks_for_no_reason(self):
        self._consent(self.asked, date=self.today)
        self._consent(self.asked, "withdrawn")
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._consent(self.asked, date=self.today)
        self._consent(self.asked, date=self.today, reason="Asked to go on after all")
        self.assertEqual(self.asked.consent_state, "given")

    def test_earlier_consent_does_not_undo_a_withdrawal(self):
        self._consent(self.asked)
        self._consent(self.asked, "withdrawn")
        self._consent(self.asked, date=self.today - timedelta(days=1), reason="Paper found later")
        self.assertEqual(self.asked.consent_state, "withdrawn")
        with self.assertRaises(UserError):
            self.asked._ensure_consent()

    def test_guardian_of_the_household(self):
        for values in ({"guardian_id": self.asked.id}, {"guardian_name": "Kim Mother"}):
            self._consent(self.child, date=self.today, **values)
            self.assertEqual(self.child.consent_state, "given")
        form = Form(
            self.asked.env["integration.consent"].with_context(default_client_id=self.child.id)
        )
        self.assertEqual(form.possible_guardian_ids.ids, self.asked.ids)

    def test_left_the_household(self):
        member = self.child.household_member_ids
        member.write({"date_to": self.today - timedelta(days=20)})
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._consent(self.child, date=self.today, guardian_id=self.asked.id)
        self._consent(self.child, date=self.today - timedelta(days=30), guardian_id=self.asked.id)


@tagged("post_install", "-at_install")
class TestLedgerRulesRpc(LedgerRules, LedgerRulesCommon, GateHttp):
    """The same over the wire."""


@tagged("post_install", "-at_install")
class TestCorrectedBirthdate(LedgerRulesCommon, TransactionCase):
    """A date of birth that is entered or corrected after the consent."""

    def setUp(self):
        super().setUp()
        self.teenager = self._client(self.worker_a, "Teenager", consent=False)
        self.file = self._case(self.teenager)
        self._consent(self.teenager, date=self.today - timedelta(days=50))
        self.born = self.today - timedelta(days=17 * 365)

    def _write_note(self):
        return self.file.env["integration.note"].create({"case_id": self.file.id, "body": "Words"})

    def test_consent_without_guardian_stops_counting(self):
        self._write_note()
        self._consent(self.teenager, purpose="team")
        share = self.file.env["integration.case.share"].create(
            {
                "case_id": self.file.id,
                "user_id": self.colleague_a.id,
                "kind": "deputy",
                "date_to": self.today + timedelta(days=5),
            }
        )
        share.action_share()
        colleague = self._as(self.colleague_a)["integration.client"]
        self.assertTrue(colleague.search([("id", "=", self.teenager.id)]))
        self.teenager.birthdate = self.born
        self.assertEqual(self.teenager.consent_state, "none")
        self.assertTrue(
            self.teenager.consent_guardian_missing and self.file.consent_guardian_missing
        )
        self.assertFalse(self.teenager._has_consent("team"))
        with self.assertRaises(UserError):
            self._write_note()
        self.assertFalse(colleague.search([("id", "=", self.teenager.id)]))
        self._consent(self.teenager, guardian_name="Father", date=self.today)
        self.assertEqual(self.teenager.consent_state, "given")
        self._write_note()

    def test_deputy_who_corrects_it(self):
        self._consent(self.teenager, purpose="team")
        self.file.env["integration.case.share"].create(
            {
                "case_id": self.file.id,
                "user_id": self.colleague_a.id,
                "kind": "deputy",
                "date_to": self.today + timedelta(days=5),
            }
        ).action_share()
        client = self._as(self.colleague_a)["integration.client"].browse(self.teenager.id)
        client.web_save({"birthdate": self.born.isoformat()}, {"consent_state": {}})
        self.assertTrue(self.teenager.consent_guardian_missing)
        self.env["integration.consent"]._cron_remind()
        self.assertFalse(client.search([("id", "=", client.id)]))

    def test_corrected_back(self):
        self.teenager.birthdate = self.born
        self.teenager.birthdate = "1990-01-01"
        self.assertEqual(self.teenager.consent_state, "given")
        self.assertFalse(self.teenager.consent_guardian_missing)

    def test_of_age_since(self):
        """What counts is the day of the consent, not today."""
        self.teenager.birthdate = self.today - timedelta(days=18 * 365 + 5 + 20)
        self.assertFalse(self.teenager._is_minor())
        self.assertTrue(self.teenager.consent_guardian_missing)

    def test_guardian_who_turns_out_to_be_a_child(self):
        mother = self._client(self.worker_a, "Mother", consent=False)
        self._household(mother, self.teenager)
        self.teenager.birthdate = self.born
        self._consent(self.teenager, guardian_id=mother.id, date=self.today)
        self.assertEqual(self.teenager.consent_state, "given")
        mother.birthdate = self.born
        self.assertEqual(self.teenager.consent_state, "none")

    def test_form_says_so(self):
        with self.assertLogs("odoo.tests.form", level="WARNING") as logs:
            form = Form(self.teenager)
            form.birthdate = self.born
        self.assertIn("guardian", "\n".join(logs.output))
        form.save()
        self.assertEqual(self.teenager.consent_state, "none")


@tagged("post_install", "-at_install")
class TestNoticeInForce(LedgerRulesCommon):
    """Renewing names the notice in force, and the German text is the reference."""

    def _revise(self, notice, **values):
        second = notice.browse(notice.action_new_version()["res_id"])
        second.write({"reviewer": "Reviewer", "valid_from": self.today, **values})
        return second

    def test_renewal_names_the_notice(self):
        first = self._published()
        self._consent(self.asked, notice_id=first.id)
        second = self._revise(first)
        second.action_publish()
        self.assertTrue(self.asked.consent_renewal_due)
        for values in ({}, {"notice_id": first.id}):
            for decision in ("renewed", "given"):
                self._assert_refused(self._try(self.asked, decision=decision, **values))
        self.assertTrue(self.asked.consent_renewal_due)
        self._consent(self.asked, "renewed", notice_id=second.id)
        self.assertFalse(self.asked.consent_renewal_due)

    def test_purpose_the_notice_no_longer_names(self):
        first = self._published()
        self._consent(self.asked, purpose="messenger", notice_id=first.id)
        second = self._revise(first)
        second.line_ids.filtered(lambda line: line.purpose == "messenger").unlink()
        second.action_publish()
        self._consent(self.asked, "renewed", purpose="messenger")

    def test_no_translation_before_the_german_text(self):
        with self.assertRaisesRegex(UserError, "German"), self.cr.savepoint():
            self._published("ar")
        german, arabic = self._published(), self._published("ar")
        later = self._revise(arabic)
        with self.assertRaisesRegex(UserError, "version 2"), self.cr.savepoint():
            later.action_publish()
        newer = self._revise(german)
        with self.assertRaisesRegex(UserError, "holds from"), self.cr.savepoint():
            later.valid_from = self.today - timedelta(days=1)
            (later | newer).action_publish()
        (later | newer).action_publish()
        self.assertEqual(set((later | newer).mapped("state")), {"published"})

    def test_translation_left_from_before_blocks_nothing(self):
        """Rows published before that rule: the version in force is the German one."""
        german, arabic = self._published(), self._published("ar")
        ahead = self._revise(arabic)
        self.env.flush_all()
        self.cr.execute(
            "UPDATE integration_consent_notice SET state = 'published' WHERE id = %s", ahead.ids
        )
        self.env.invalidate_all()
        self._consent(self.asked, notice_id=german.id)
        self.assertFalse(self.asked.consent_renewal_due)
        self.asked.language_ids = [Command.set(arabic.language_id.ids)]
        self.assertTrue(self.asked.action_sign_on_screen())
