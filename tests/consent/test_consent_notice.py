from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import MODULE, IntegrationCommon


class NoticeCommon(IntegrationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drafts = {
            code: cls.env.ref(f"{MODULE}.consent_notice_{code}")
            for code in ("de", "en", "ar", "uk", "ti")
        }
        cls.notices = cls._as(cls.dpo_a)["integration.consent.notice"]

    @classmethod
    def _published(cls, code="de", days_ago=200, **values):
        """Take over the shared draft as the data protection officer and publish it."""
        draft = cls.drafts[code].with_env(cls.notices.env)
        notice = draft.browse(draft.action_new_version()["res_id"])
        notice.write(
            {"reviewer": "Reviewer", "valid_from": cls.today - timedelta(days=days_ago), **values}
        )
        notice.action_publish()
        return notice


@tagged("post_install", "-at_install")
class TestConsentNotice(NoticeCommon):
    """What clients are told: versions, languages, and what was signed stays as it was."""

    def test_shipped_drafts(self):
        purposes = {key for key, _ in self.env["integration.consent"]._fields["purpose"].selection}
        for code, draft in self.drafts.items():
            self.assertEqual(draft.state, "draft", code)
            self.assertFalse(draft.company_id or draft.reviewer)
            self.assertEqual(set(draft.line_ids.mapped("purpose")), purposes, code)
            self.assertTrue(draft.intro and draft.rights)
        self.assertEqual(self.drafts["ar"].direction, "rtl")

    def test_shared_draft_is_changed_and_published_by_no_employer(self):
        draft = self.drafts["de"].with_env(self.notices.env)
        with self.assertRaises(UserError):
            draft.action_publish()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            draft.intro = "Other"

    def test_nothing_is_published_without_review(self):
        draft = self.drafts["de"].with_env(self.notices.env)
        own = draft.browse(draft.action_new_version()["res_id"])
        for missing in ({"reviewer": False}, {"valid_from": False}):
            own.write({"reviewer": "Reviewer", "valid_from": self.today, **missing})
            with self.assertRaises(UserError):
                own.action_publish()
        own.write({"reviewer": "Reviewer", "valid_from": self.today})
        own.line_ids.filtered(lambda line: line.purpose == "file").unlink()
        with self.assertRaises(UserError):
            own.action_publish()
        with self.assertRaises(UserError):
            own.write({"state": "published"})
        with self.assertRaises(UserError):
            own.copy({"state": "published"})

    def test_published_notice_is_immutable(self):
        notice = self._published()
        line = notice.line_ids[0]
        for env in (notice.env, self.env):
            sudo = notice.with_env(env)
            for attempt in (
                lambda n: n.write({"intro": "Other"}),
                lambda n: n.unlink(),
                lambda n: n.write({"line_ids": [Command.clear()]}),
                lambda n: n.write({"line_ids": [Command.update(line.id, {"text": "Other"})]}),
                lambda n: line.with_env(n.env).write({"text": "Other"}),
                lambda n: line.with_env(n.env).unlink(),
                lambda n: line.with_env(n.env).create(
                    {"notice_id": n.id, "purpose": "file", "name": "More", "text": "More"}
                ),
            ):
                with self.assertRaises(UserError), self.cr.savepoint():
                    attempt(sudo)

    def test_new_version_makes_older_consents_due(self):
        first = self._published()
        client = self._client(self.worker_a, consent=False)
        self._consent(client, notice_id=first.id)
        on_paper, other_employer = self._client(self.worker_a), self._client(self.worker_b)
        self.assertFalse((client | on_paper).filtered("consent_renewal_due"))
        second = first.browse(first.action_new_version()["res_id"])
        self.assertEqual((second.version, second.state), (2, "draft"))
        self.assertFalse(client.consent_renewal_due, "a draft changes nothing")
        second.write({"reviewer": "Reviewer", "valid_from": self.today})
        second.action_publish()
        self.assertTrue(client.consent_renewal_due)
        self.assertTrue(on_paper.consent_renewal_due)
        self.assertFalse(other_employer.consent_renewal_due)
        self.assertEqual(client.consent_state, "given", "due, but it holds")
        self._consent(client, "renewed", notice_id=second.id, date=self.today)
        self.assertFalse(client.consent_renewal_due)

    def test_version_of_the_future_counts_from_its_day(self):
        first = self._published()
        client = self._client(self.worker_a, consent=False)
        self._consent(client, notice_id=first.id)
        second = first.browse(first.action_new_version()["res_id"])
        second.write({"reviewer": "Reviewer", "valid_from": self.today + timedelta(days=1)})
        second.action_publish()
        self.assertFalse(client.consent_renewal_due)
        self.env.flush_all()
        # The day comes: nobody else moves the date of a published notice.
        self.cr.execute("ALTER TABLE integration_consent_notice DISABLE TRIGGER USER")
        self.cr.execute(
            "UPDATE integration_consent_notice SET valid_from = %s WHERE id = %s",
            (self.today, second.id),
        )
        self.cr.execute("ALTER TABLE integration_consent_notice ENABLE TRIGGER USER")
        self.env.invalidate_all()
        self.env["integration.consent"]._cron_remind()
        self.assertTrue(client.consent_renewal_due)

    def test_missing_language_falls_back_to_german_with_a_hint(self):
        german, arabic = self._published(), self._published("ar")
        language = self.env["integration.language"].search
        speaks = {
            code: self._client(
                self.worker_a, consent=False, language_ids=language([("code", "=", code)]).ids
            )
            for code in ("ar", "uk", "de")
        }
        for code, notice in (("ar", arabic), ("uk", german), ("de", german)):
            form = Form(self._as(self.worker_a)["integration.consent"])
            form.client_id = speaks[code]
            self.assertEqual(form.notice_id, notice)
            self.assertEqual(bool(form.notice_hint), code == "uk")

    def test_consent_names_a_notice_in_force_with_its_purpose(self):
        client = self._client(self.worker_a, consent=False)
        notice = self._published(days_ago=10)
        with self.assertRaises(ValidationError):
            self._consent(client, notice_id=notice.id, date=self.today - timedelta(days=11))
        with self.assertRaises(ValidationError):
            self._consent(client, notice_id=self.drafts["de"].id, date=self.today)
        second = notice.browse(notice.action_new_version()["res_id"])
        second.line_ids.filtered(lambda line: line.purpose == "health").unlink()
        second.write({"reviewer": "Reviewer", "valid_from": self.today})
        second.action_publish()
        with self.assertRaises(ValidationError):
            self._consent(client, notice_id=second.id, purpose="health", date=self.today)
        self._consent(client, notice_id=second.id, date=self.today)

    def test_workers_read_and_officers_write(self):
        notice = self._published()
        worker = notice.with_env(self._as(self.worker_a))
        self.assertTrue(worker.intro)
        with self.assertRaises(AccessError):
            worker.action_new_version()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            notice.with_env(self._as(self.worker_b)).mapped("intro")

    def test_language_unknown_to_odoo(self):
        dari = self.env["integration.language"].create(
            {"name": "Dari test", "code": "prs-x-test", "direction": "rtl"}
        )
        self._published()
        notice = self._published("en", language_id=dari.id)
        client = self._client(self.worker_a, consent=False, language_ids=dari.ids)
        self.assertEqual(self.notices._find(client.company_id, dari), notice)
        self.assertFalse(self.env["res.lang"].search([("code", "=like", "prs%")]))
