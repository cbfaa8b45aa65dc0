from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..disclosure.test_release import DisclosureCommon

TYPE = "integration_management.mail_activity_type_consent"


@tagged("post_install", "-at_install")
class TestConsentEffects(DisclosureCommon):
    """Who hears of a withdrawal, and who is reminded of an end."""

    def _activities(self, case=None):
        return (
            self.env["mail.activity"]
            .with_context(active_test=False)
            .search(
                [
                    ("activity_type_id", "=", self.env.ref(TYPE).id),
                    ("res_model", "=", "integration.case"),
                    ("res_id", "in", (case or self.case).ids),
                ]
            )
        )

    def test_withdrawal_tells_worker_and_lead(self):
        self.client_a.name = "Nadja Erfunden"
        self._consent(self.client_a, "withdrawn")
        activities = self._activities()
        self.assertEqual(activities.user_id, self.worker_a | self.lead_a)
        for activity in activities:
            self.assertIn(self.client_a.file_number, activity.summary)
            self.assertNotIn("Nadja", f"{activity.summary} {activity.note} {activity.res_name}")
        self.assertFalse(
            self.env["mail.message"].search(
                [("model", "=", "integration.case"), ("res_id", "=", self.case.id)]
            )
        )
        lead = activities.with_env(self._as(self.lead_a)).filtered(
            lambda activity: activity.user_id == self.lead_a
        )
        self.assertTrue(lead.summary)

    def test_a_reminder_is_in_the_language_of_its_reader(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.worker_a.lang = "de_DE"
        ends = {self.case.sudo(): self.case.date_start}
        for lang in (None, "en_US"):
            self._activities().unlink()
            consents = self.env["integration.consent"].with_context(lang=lang)
            consents._schedule_reminders(ends)
            self.assertIn("Akte", self._activities().summary, lang)

    def test_refusal_after_a_consent_is_a_withdrawal(self):
        """“No” on the next form ends the consent, whatever the form calls it."""
        self._consent(self.client_a, "refused")
        self.assertEqual(self._activities().user_id, self.worker_a | self.lead_a)
        self._activities().unlink()
        self._consent(self.client_a, "refused")
        self.assertFalse(self._activities(), "said before")

    def test_first_refusal_tells_nobody(self):
        client = self._client(self.worker_a, consent=False)
        case = self._case(client)
        self._consent(client, "refused")
        self.assertFalse(self._activities(case))

    def test_whoever_said_no_is_not_silent(self):
        asked_again = self._client(self.worker_a, consent=False)
        case = self._case(asked_again)
        self.assertEqual(case.silence_state, "silent")
        self._consent(asked_again, "refused")
        self._consent(self.client_a, "withdrawn")
        for declined in case | self.case:
            self.assertFalse(declined.silence_state)
            self.assertFalse(declined.next_contact_date)
        third = self._case(self._client(self.worker_a), days_ago=0)
        cases = self.case.search([("id", "in", (case | self.case | third).ids)])
        self.assertEqual(cases[0], third, "those who said no come last")
        self._consent(asked_again, date=self.today, reason="Decided otherwise at noon")
        self.assertEqual(case.silence_state, "silent", "she decided otherwise")

    def test_case_without_consent_is_closed_without_a_note(self):
        self._consent(self.client_a, "withdrawn")
        vals = {
            "case_id": self.case.id,
            "closure_reason_id": self.env["integration.closure.reason"].search([], limit=1).id,
        }
        close = self.case.env["integration.case.close"]
        with self.assertRaisesRegex(UserError, self.client_a.file_number), self.cr.savepoint():
            close.create({**vals, "note": "Words"}).action_close()
        self.assertEqual(self.case.state, "open")
        close.create(vals).action_close()
        self.assertEqual(self.case.state, "closed")

    def test_other_withdrawals_are_quiet(self):
        self._consent(self.client_a, purpose="messenger")
        self._consent(self.client_a, "withdrawn", purpose="messenger")
        self.assertFalse(self._activities())

    def test_family_member_concerns_the_case_but_only_herself(self):
        child = self._client(self.worker_a)
        self.case._accompany(child.with_env(self.case.env))
        self._consent(child, "withdrawn")
        self.assertEqual(child.consent_state, "withdrawn")
        self.assertEqual(self.client_a.consent_state, "given")
        self.assertIn(child.file_number, self._activities()[0].summary)

    def test_client_without_case(self):
        self._consent(self._client(self.worker_a), "withdrawn")

    def test_reminder_comes_once(self):
        end = self.today + timedelta(days=20)
        self._consent(self.client_a, "renewed", valid_until=end)
        self._release(valid_until=self.today + timedelta(days=25))
        remind = self.env["integration.consent"]._cron_remind
        for _run in range(3):
            remind()
        activity = self._activities()
        self.assertEqual((len(activity), activity.date_deadline), (1, end))
        self.assertEqual(activity.user_id, self.worker_a)
        activity.with_env(self._as(self.worker_a)).action_feedback()
        remind()
        self.assertEqual(len(self._activities()), 1, "done stays done")

    def test_nothing_to_remind_of(self):
        self._release(valid_until=self.today + timedelta(days=40))
        self._release(valid_until=self.today + timedelta(days=5), signed=False)
        self._release(valid_until=self.today - timedelta(days=1))
        self.env["integration.consent"]._cron_remind()
        self.assertFalse(self._activities())
