from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MODULE
from .draft_common import DRAFT, QUICK, WORDS, DraftCommon


@tagged("post_install", "-at_install")
class TestContactDraftWalls(DraftCommon):
    """A draft is its author's alone, and needs the consent that the note needs."""

    # ------------------------------------------------------------
    # The author alone
    # ------------------------------------------------------------

    def test_nobody_else_reads_it(self):
        self._keep()
        draft = self._drafts()
        self._open_to_lead(self.case)
        self._share(self.case, self.colleague_a)
        for user in (self.lead_a, self.colleague_a, self.dpo_a, self.admin_a, self.worker_b):
            with self.subTest(user.login):
                drafts = self._as(user)[DRAFT]
                if user in (self.colleague_a, self.worker_b):
                    self.assertFalse(drafts.search([]))
                    self.assertEqual(drafts.get_offered(), [])
                    defaults = self._as(user)[QUICK].with_context(integration_draft=draft.id)
                    self.assertNotIn(WORDS, str(defaults.default_get(["note", "draft_key"])))
                else:
                    self.assertDenied(drafts.search, [])
                self.assertDenied(draft.with_user(user).read)
                self.assertDenied(draft.with_user(user).action_go_on)

    def test_no_request_reads_the_words(self):
        """Not by its author either, but in her own dialog: so nothing exports, sorts or seeks."""
        self._keep()
        draft = self._drafts()
        # Even for one to whom Odoo gives the right to export
        self.worker_a.group_ids += self.env.ref("base.group_allow_export")
        for number, ask in enumerate(
            (
                lambda: draft.read(["content"]),
                lambda: draft.search([("content", "like", "cannot")]),
                lambda: draft.formatted_read_group([], ["content"], ["__count"]),
                lambda: draft.export_data(["content"]),
                lambda: draft.write({"content": "{}"}),
                lambda: draft.create({"key": "c" * 32, "content": "{}"}),
            )
        ):
            with (
                self.subTest(number),
                self.assertRaises(AccessError),
                mute_logger("odoo.addons.base.models.ir_model"),
            ):
                ask()
        self.assertNotIn(WORDS, str(draft.read()) + draft.display_name)

    def test_ones_own_words_are_no_opening(self):
        self._keep()
        pending = self.env.cr.postcommit.data.setdefault("integration_access_log", {})
        pending.clear()
        drafts = self._drafts()
        drafts.with_context(integration_show_name=True).web_read(
            {"case_id": {"fields": {"display_name": {}}}, "kept_on": {}}
        )
        drafts.get_offered(self.case.id)
        drafts.env[QUICK].with_context(integration_draft=drafts.id).default_get(["note"])
        self.assertFalse([key for key in pending if key[0] == self.worker_a.id])

    def test_a_foreign_key_reaches_no_foreign_draft(self):
        self._keep()
        self._keep(case=self.theirs, user=self.colleague_a, note="Hers")
        self._as(self.colleague_a)[QUICK].discard_draft(self.key)
        self.assertEqual(self._gone_on(self._drafts()).note, WORDS)

    def test_nothing_is_kept_in_a_closed_file(self):
        for case in (self.theirs, self._case(self._client(self.worker_b))):
            with self.subTest(case.file_number), self.assertRaises(AccessError):
                self._as(self.worker_a)[QUICK].keep_draft(
                    self.key, self.window, {"case_id": case.id, "note": WORDS}
                )
        self.assertNotIn(WORDS, self._stored())

    def test_a_worker_who_leads_keeps_nothing_where_she_does_not_work(self):
        self.lead_a.group_ids += self.env.ref(f"{MODULE}.group_caseworker")
        with self.assertRaises(AccessError):
            self._keep(user=self.lead_a)

    # ------------------------------------------------------------
    # The gate
    # ------------------------------------------------------------

    def test_without_consent_nothing_is_kept(self):
        case = self._case(self._client(self.worker_a, "Hana Invented", consent=False))
        result = self._keep(case=case)
        self.assertEqual(result["state"], "refused")
        self.assertIn(case.file_number, result["why"])
        self.assertEqual(self._keep(case=case, client_ids=[])["state"], "refused")
        relative = self._client(self.worker_a, "Hana Invented", consent=False)
        self.case._accompany(relative)
        both = (self.olena | relative).ids
        self.assertEqual(self._keep(client_ids=both)["state"], "refused")
        health = self.env["integration.topic"].search([("consent_purpose", "=", "health")], limit=1)
        self.assertEqual(self._keep(topic_ids=health.ids)["state"], "refused")
        self.assertNotIn(WORDS, self._stored())

    def test_with_the_consent_goes_the_draft(self):
        self._keep(client_ids=(self.olena | self.son).ids)
        self._keep(case=self.own, key="b" * 32)
        self._consent(self.son, "withdrawn")
        self.assertEqual(self._drafts().case_id, self.own)
        self._consent(self.yonas, "withdrawn")
        self.assertNotIn(WORDS, self._stored())

    def test_with_the_consent_to_health_goes_what_tells_of_it(self):
        health = self.env["integration.topic"].search([("consent_purpose", "=", "health")], limit=1)
        self._consent(self.olena, purpose="health")
        self._keep(topic_ids=health.ids)
        self._keep(key="b" * 32, note="Of the flat")
        self._consent(self.olena, "withdrawn", purpose="health")
        self.assertNotIn(WORDS, self._stored())
        self.assertIn("Of the flat", self._stored())

    def test_a_consent_that_lacks_its_guardian_closes_the_draft(self):
        self._keep()
        draft = self._drafts()
        self.olena.birthdate = self.today - timedelta(days=10 * 365)
        self.env.flush_all()
        self.assertFalse(self._gone_on(draft).note)
        self.assertEqual(self._as(self.worker_a)[DRAFT].get_offered(), [])
        draft.action_discard()
        self.assertNotIn(WORDS, self._stored())

    # ------------------------------------------------------------
    # The file is lost
    # ------------------------------------------------------------

    def test_with_the_file_goes_the_draft(self):
        self._keep()
        self._hand_over(self.case, self.colleague_a)
        self.assertNotIn(WORDS, self._stored())

    def test_an_access_that_ends_by_itself_closes_the_draft(self):
        self._share(self.theirs, self.worker_a)
        case = self.theirs.with_env(self._as(self.worker_a))
        self._keep(case=case)
        draft = self._drafts()
        with freeze_time(fields.Datetime.now() + timedelta(days=5)):
            self.env.invalidate_all()
            self.assertFalse(self._drafts())
            self.assertFalse(self._gone_on(draft).note)

    def test_who_moves_to_another_employer_leaves_the_draft(self):
        self._keep()
        draft = self._drafts()
        self.worker_a.write(
            {"company_ids": [(6, 0, self.company_b.ids)], "company_id": self.company_b.id}
        )
        self.env.invalidate_all()
        self.assertFalse(self._drafts())
        self.assertFalse(self._as(self.worker_a)[DRAFT].browse(draft.id)._content_for_author())

    def test_an_erased_file_takes_its_drafts_along(self):
        """Down to the database: whatever erases the case."""
        self._keep()
        self.env.cr.execute(
            """SELECT confdeltype FROM pg_constraint
                WHERE conrelid = 'integration_contact_draft'::regclass
                  AND confrelid IN ('integration_case'::regclass, 'res_users'::regclass)
                  AND conname NOT LIKE '%%create_uid%%' AND conname NOT LIKE '%%write_uid%%'"""
        )
        self.assertEqual({kind for (kind,) in self.env.cr.fetchall()}, {"c"})
