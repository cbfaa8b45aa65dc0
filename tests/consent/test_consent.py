from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestConsent(IntegrationCommon):
    """The ledger, and the gate it opens and closes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a, consent=False)
        cls.case = cls._case(cls.client_a)
        cls.area = cls.env.ref("integration_management.area_housing")

    def _attempts(self):
        """Every way to write into the file: model and values."""
        env, client = self.client_a.env, self.client_a
        yield (
            env["integration.residence"],
            {
                "client_id": client.id,
                "status_id": env["integration.residence.status"].search([], limit=1).id,
            },
        )
        yield env["integration.language.level"], {"client_id": client.id, "level": "a1"}
        yield env["integration.note"], {"case_id": self.case.id, "body": "Words"}
        yield env["integration.plan"], {"case_id": self.case.id}
        yield (
            env["integration.contact"],
            {
                "case_id": self.case.id,
                "channel_id": self.home_visit.id,
                "person_ids": [Command.create({"client_id": client.id})],
            },
        )

    def test_gate_closed_before_consent(self):
        self.assertEqual(self.case.consent_state, "none")
        self.assertFalse(self.case.date_opened)
        for model, vals in self._attempts():
            with self.assertRaisesRegex(UserError, self.client_a.file_number):
                model.create(vals)
        with self.assertRaises(UserError):
            self.case.stage_id = self.env.ref("integration_management.stage_planning")

    def test_attempt_without_person_is_allowed_before_consent(self):
        contact = self._talk(self.case, clients=self.client_a.browse(), reached=False)
        self.assertFalse(contact.is_talk)

    def test_gate_opens_with_consent_and_closes_with_withdrawal(self):
        day = self.today - timedelta(days=20)
        self._consent(self.client_a, date=day)
        self.assertEqual(self.case.date_opened, day)
        self.assertEqual(self.case.consent_state, "given")
        notes = self.client_a.env["integration.note"]
        note = notes.create({"case_id": self.case.id, "body": "Words"})
        self.case.stage_id = self.env.ref("integration_management.stage_planning")
        self._consent(self.client_a, "withdrawn")
        with self.assertRaises(UserError):
            note.body = "Other words"
        for model, vals in self._attempts():
            with self.assertRaises(UserError):
                model.create(vals)
        self.assertEqual(note.body, "Words", "reading stays")

    def test_refusal_is_recorded(self):
        self._consent(self.client_a, "refused")
        self.assertEqual(self.client_a.consent_state, "refused")
        with self.assertRaises(UserError):
            self.client_a._ensure_consent()

    def test_consent_covers_its_purpose_and_person_only(self):
        self._consent(self.client_a, purpose="messenger")
        self.assertEqual(self.client_a.consent_state, "none")

    def test_bad_input(self):
        with self.assertRaises(ValidationError):
            self._consent(self.client_a, date=self.today + timedelta(days=1))
        with self.assertRaises(ValidationError):
            self._consent(self.client_a, valid_until=self.today - timedelta(days=200))
        with self.assertRaises(ValidationError):
            self._consent(self.client_a, "withdrawn")
        with self.assertRaises(ValidationError):
            self._consent(self.client_a, form="oral")
        child = self._client(
            self.worker_a, consent=False, birthdate=self.today - timedelta(days=3000)
        )
        with self.assertRaises(ValidationError):
            self._consent(child)
        self._household(self.client_a, child)
        self._consent(child, guardian_id=self.client_a.id)
        self.assertEqual(child.consent_state, "given")

    def test_oral_consent_is_provisional_and_expires(self):
        consent = self._consent(
            self.client_a, form="oral", witness="Interpreter", date=self.today - timedelta(days=15)
        )
        self.assertEqual(consent.valid_until, self.today - timedelta(days=1))
        with self.assertRaises(UserError):
            self.client_a._ensure_consent()
        self.env["integration.consent"]._cron_expire()
        self.assertEqual(self.client_a.consent_state, "expired")
        self._consent(self.client_a, "renewed", date=self.today)
        self.assertEqual(self.client_a.consent_state, "given")

    def test_consent_given_orally_is_provisional_whatever_is_typed(self):
        consent = self._consent(
            self.client_a,
            form="oral",
            witness="Interpreter",
            date=self.today,
            valid_until=self.today + timedelta(days=3650),
        )
        self.assertEqual(consent.valid_until, self.today + timedelta(days=14))
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._consent(self.client_a, form="oral", witness="  ")

    def test_guardian_is_somebody_of_age(self):
        """Neither a blank nor another child consents for a minor."""
        child, sibling = (
            self._client(self.worker_a, consent=False, birthdate=self.today - timedelta(days=days))
            for days in (3000, 4000)
        )
        for guardian in ({"guardian_name": "  "}, {"guardian_id": sibling.id}):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self._consent(child, date=self.today, **guardian)
        self._household(self.client_a, child, sibling)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._consent(child, date=self.today, guardian_id=sibling.id)
        self._consent(child, date=self.today, guardian_id=self.client_a.id)
        self.assertEqual(child.consent_state, "given")

    def test_ledger_is_append_only(self):
        consent = self._consent(self.client_a)
        for env in (consent.env, self.env):
            with self.assertRaises(UserError):
                consent.with_env(env).write({"decision": "refused"})
            with self.assertRaises(UserError):
                consent.with_env(env).unlink()
