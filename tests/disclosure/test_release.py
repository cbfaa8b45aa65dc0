import base64
from datetime import timedelta

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import SQL, mute_logger

from ..common import MODULE, IntegrationCommon

PDF = base64.b64encode(b"%PDF-1.4 signed").decode()


class DisclosureCommon(IntegrationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a)
        cls.case = cls._case(cls.client_a)
        cls.housing, cls.finance, cls.health = (
            cls.env.ref(f"{MODULE}.information_kind_{code}")
            for code in ("housing", "finance", "health")
        )
        cls.releases = cls.client_a.env["integration.release"]
        cls.register = cls.client_a.env["integration.disclosure"]

    @classmethod
    def _release(cls, signed=True, **values):
        return cls.releases.create(
            {
                "client_id": cls.client_a.id,
                "recipient_name": "Jobcenter Aheim",
                "purpose": "Rent",
                "kind_ids": [Command.set(cls.housing.ids)],
                "valid_from": cls.today - timedelta(days=10),
                "valid_until": cls.today + timedelta(days=10),
                "date_signed": cls.today - timedelta(days=10) if signed else False,
                **values,
            }
        )

    def _disclose(self, **values):
        return self.register.create(
            {
                "client_id": self.client_a.id,
                "recipient_name": "Jobcenter Aheim",
                "kind_ids": [Command.set(self.housing.ids)],
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestRelease(DisclosureCommon):
    """The release: what it names it allows, and what was signed stays."""

    def test_states(self):
        day = timedelta(days=1)
        for expected, values in {
            "draft": {"date_signed": False},
            "valid": {},
            "future": {"valid_from": self.today + day},
            "expired": {"valid_until": self.today - day},
            "withdrawn": {"withdrawn_on": self.today},
        }.items():
            release = self._release(**values)
            self.assertEqual(release.state, expected)
            found = self.releases.search([("state", "=", expected)])
            self.assertIn(release, found)
            self.assertEqual(set(found.mapped("state")), {expected})
            self.assertNotIn(release, self.releases.search([("state", "!=", expected)]))

    def test_bad_input(self):
        for values in (
            {"kind_ids": []},
            {"recipient_name": "  "},
            {"purpose": " "},
            {"valid_until": self.today - timedelta(days=11)},
            {"date_signed": self.today + timedelta(days=1)},
            {"kind_ids": [Command.set(self.health.ids)]},
        ):
            with (
                self.assertRaises(ValidationError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self._release(**values)
        self._release(kind_ids=[Command.set(self.health.ids)], special_agreed=True)

    def test_minor_needs_guardian(self):
        self._consent(self.client_a, guardian_name="Mother")
        self.client_a.birthdate = self.today - timedelta(days=3000)
        with self.assertRaises(ValidationError):
            self._release()
        self._release(guardian_name="Mother")

    def test_signed_release_is_fixed(self):
        release = self._release(signed=False)
        release.purpose = "Rent and deposit"
        release.action_sign()
        for vals in (
            {"purpose": "More"},
            {"valid_until": self.today + timedelta(days=99)},
            {"kind_ids": [Command.link(self.finance.id)]},
            {"date_signed": False},
        ):
            with self.assertRaises(UserError):
                release.write(vals)
        with self.assertRaises(UserError):
            release.unlink()
        release.attachment = PDF
        self.assertTrue(release._paper_is_intact())
        with self.assertRaises(UserError):
            release.attachment = PDF
        release.action_withdraw()
        with self.assertRaises(UserError):
            release.withdrawn_on = False

    def test_gate_and_withdrawal_behind_it(self):
        release = self._release()
        self._consent(self.client_a, "withdrawn")
        with self.assertRaisesRegex(UserError, self.client_a.file_number):
            self._release()
        release.action_withdraw()
        self.assertEqual(release.state, "withdrawn")

    def test_kind_named_in_a_release_is_kept(self):
        self._release()
        with self.assertRaises(UserError):
            self.housing.unlink()

    def test_walls(self):
        release = self._release()
        for user in (self.colleague_a, self.lead_a, self.worker_b, self.lead_b):
            other = release.with_env(self._as(user))
            self.assertFalse(other.search([]))
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                other.mapped("recipient_name")
        for user in (self.admin_a, self.reporting_a, self.county_user, self.employee):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                release.with_env(self._as(user)).search([])
        officer = release.with_env(self._as(self.dpo_a))
        self.assertEqual(officer.recipient_name, "Jobcenter Aheim")
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            officer.action_withdraw()
        with self.assertRaises(AccessError):
            self._as(self.worker_b)["integration.release"].create(
                {**release.copy_data()[0], "client_id": self.client_a.id}
            )
        self.assertNotIn("Jobcenter", release.display_name)


@tagged("post_install", "-at_install")
class TestDisclosure(DisclosureCommon):
    """Nothing is passed on without a basis, and every entry stays."""

    def test_release_covers_what_it_names(self):
        release = self._release()
        self._disclose(release_id=release.id)
        self._disclose(release_id=release.id, recipient_name=" jobcenter aheim ")
        day = timedelta(days=1)
        for values in (
            {"release_id": False},
            {"recipient_name": "Landlord"},
            {"kind_ids": [Command.set((self.housing | self.finance).ids)]},
            {"date": self.today - 11 * day},
            {"release_id": self._release(signed=False).id},
            {"release_id": self._release(valid_until=self.today - day).id},
            {"release_id": self._release(withdrawn_on=self.today).id},
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                self._disclose(**{"release_id": release.id, **values})

    def test_release_of_somebody_else(self):
        release, other = self._release(), self._client(self.worker_a)
        with self.assertRaises(UserError):
            self._disclose(release_id=release.id, client_id=other.id)

    def test_other_bases(self):
        self._disclose(basis="present")
        for basis in ("duty", "emergency"):
            with self.assertRaises(UserError), self.cr.savepoint():
                self._disclose(basis=basis, reason=" ")
            self._disclose(basis=basis, reason="Named")

    def test_after_withdrawal_only_duty_and_emergency(self):
        release = self._release()
        self._consent(self.client_a, "withdrawn")
        for values in ({"basis": "present"}, {"release_id": release.id}):
            with self.assertRaises(UserError), self.cr.savepoint():
                self._disclose(**values)
        self._disclose(basis="emergency", reason="Ambulance")

    def test_bad_input(self):
        for values in (
            {"kind_ids": []},
            {"recipient_name": " "},
            {"date": self.today + timedelta(days=1)},
            {"basis": "correction", "reason": "Wrong"},
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self._disclose(**{"basis": "present", **values})

    def test_append_only(self):
        entry = self._disclose(basis="present")
        for env in (entry.env, self.env):
            for attempt in (
                lambda e: e.write({"recipient_name": "Other"}),
                lambda e: e.unlink(),
                lambda e: e.copy(),
                lambda e: e.write({"kind_ids": [Command.clear()]}),
            ):
                with self.assertRaises(UserError), self.cr.savepoint():
                    attempt(entry.with_env(env))
        self.env.flush_all()
        for query in (
            SQL("UPDATE integration_disclosure SET basis = 'duty'"),
            SQL("DELETE FROM integration_disclosure"),
        ):
            with (
                self.assertRaises(psycopg2.IntegrityError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(flush=False),
            ):
                self.cr.execute(query)
        mended = self._disclose(basis="correction", corrects_id=entry.id, reason="Wrong file")
        other = self._client(self.worker_a)
        with self.assertRaises(ValidationError):
            self._disclose(
                client_id=other.id, basis="correction", corrects_id=entry.id, reason="No"
            )
        self.assertEqual(mended.corrects_id, entry)

    def test_author_and_evidence_cannot_be_forged(self):
        entry = self._disclose(basis="present", user_id=self.colleague_a.id, kind_codes="health")
        self.assertEqual((entry.user_id.id, entry.kind_codes), (self.worker_a.id, "housing"))

    def test_ways_round_the_gate(self):
        rows = [
            ["client_id/.id", "recipient_name", "kind_ids/.id", "basis"],
            [str(self.client_a.id), "Landlord", str(self.housing.id), "release"],
        ]
        result = self.register.load(rows[0], rows[1:])
        self.assertFalse(result["ids"])
        with self.assertRaises(UserError):
            self.client_a.write(
                {
                    "disclosure_ids": [
                        Command.create(
                            {
                                "recipient_name": "Landlord",
                                "kind_ids": [Command.set(self.housing.ids)],
                            }
                        )
                    ]
                }
            )
        form = Form(self.register.with_context(default_client_id=self.client_a.id))
        form.release_id = release = self._release()
        self.assertEqual(form.recipient_name, "Jobcenter Aheim")
        form.recipient_name = "Landlord"
        with self.assertRaises(UserError):
            form.save()
        action = self.env["ir.actions.server"].create(
            {
                "name": "Round the gate",
                "model_id": self.env["ir.model"]._get_id(self.register._name),
                "state": "code",
                "code": "env['integration.disclosure'].create({"
                f"'client_id': {self.client_a.id}, 'recipient_name': 'Landlord', "
                f"'release_id': {release.id}, 'kind_ids': [(6, 0, {self.housing.ids})]}})",
            }
        )
        with self.assertRaises(UserError), mute_logger("odoo.addons.base.models.ir_actions"):
            action.run()

    def test_recipients_and_exceptions(self):
        self._disclose(basis="present")
        self._disclose(basis="present", recipient_name="Landlord")
        self._disclose(basis="duty", reason="Law", recipient_name="Court")
        self._disclose(basis="emergency", reason="Fire", recipient_name="Landlord")
        self.assertEqual(
            self.register._recipients(self.client_a), ["Court", "Jobcenter Aheim", "Landlord"]
        )
        self.env.flush_all()
        counts = self._as(self.lead_a)["integration.disclosure.exception"].search([])
        self.assertEqual({row.exception: row.count for row in counts}, {"duty": 1, "emergency": 1})
        self.assertFalse(self._as(self.lead_b)["integration.disclosure.exception"].search([]))
        self.assertFalse(self._as(self.lead_a)["integration.disclosure"].search([]))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            self._as(self.worker_a)["integration.disclosure.exception"].search([])

    def test_walls(self):
        entry = self._disclose(basis="present")
        for user in (self.colleague_a, self.worker_b, self.lead_a):
            self.assertFalse(entry.with_env(self._as(user)).search([]))
        with self.assertRaises(AccessError):
            self._as(self.worker_b)["integration.disclosure"].create(
                {
                    "client_id": self.client_a.id,
                    "recipient_name": "X",
                    "basis": "present",
                    "kind_ids": [Command.set(self.housing.ids)],
                }
            )
        self.assertTrue(entry.with_env(self._as(self.dpo_a)).recipient_name)


@tagged("post_install", "-at_install")
class TestDisclosureRpc(DisclosureCommon, HttpCase):
    """The same over the wire."""

    def test_rpc(self):
        self.authenticate(self.worker_a.login, self.worker_a.login)
        vals = {
            "client_id": self.client_a.id,
            "recipient_name": "Landlord",
            "kind_ids": [[6, 0, self.housing.ids]],
        }

        def call(model, method, *args):
            return self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                json={
                    "params": {"model": model, "method": method, "args": list(args), "kwargs": {}}
                },
            ).json()

        with mute_logger("odoo.http"):
            self.assertIn("error", call("integration.disclosure", "create", [vals]))
            done = call("integration.disclosure", "create", [{**vals, "basis": "present"}])
            self.assertIn("result", done)
            for method, args in (("write", [{"basis": "duty"}]), ("unlink", []), ("copy", [])):
                answer = call("integration.disclosure", method, done["result"], *args)
                self.assertIn("error", answer, method)
            consent = self.client_a.consent_ids.ids
            vals = {"date": "2020-01-01"}
            self.assertIn("error", call("integration.consent", "write", consent, vals))
            self.assertIn("error", call("integration.consent", "unlink", consent))
