import base64
from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..consent.gate_common import GateCommon, GateHttp
from .signing_common import PAPER, SigningCommon

PDF = base64.b64encode(b"%PDF-1.4 other").decode()


class ForgedCommon(SigningCommon, GateCommon):
    """A signing that pretends to be signed, and a release that was not signed on the screen."""

    guarded = ("integration.consent", "integration.release", "integration.signing")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._client(cls.worker_a, "Other Person")
        cls.event = cls.other.consent_ids[:1]
        cls._consent(cls.client)
        cls.draft = cls._release(cls.client)

    def _own_values(self):
        """Return a value for every field that comes of the signing itself."""
        return {
            "state": "signed",
            "consent_id": self.event.id,
            "shown_hash": "0" * 64,
            "language_id": self.languages["ar"].id,
            "answers": {"file": True},
            "signature": PDF,
        }


class Forged:
    """Run once with and once without the wire."""

    def test_signing(self):
        ready = self._signing()
        model = ready._name
        for name, value in self._own_values().items():
            vals = {name: value}
            with self.subTest(name):
                self._assert_refused(
                    [
                        (name, model, method, args, {})
                        for method, args in (
                            ("create", [{"client_id": self.client.id, **vals}]),
                            ("web_save", [[], {"client_id": self.client.id, **vals}, {}]),
                            ("write", [ready.ids, vals]),
                            ("web_save", [ready.ids, vals, {}]),
                            ("web_save_multi", [ready.ids, [vals], {}]),
                            ("copy", [ready.ids, vals]),
                        )
                    ]
                )

    def test_signed_is_signed(self):
        """Else the paper of one client would be printed as that of another."""
        signing = self._signing()
        self._sign(signing)
        self._assert_refused(
            [
                (str(vals), signing._name, method, args, {})
                for vals in (
                    {"client_id": self.other.id},
                    {"release_id": self.draft.id},
                    {"interpreter": "Somebody"},
                )
                for method, args in (
                    ("write", [signing.ids, vals]),
                    ("web_save", [signing.ids, vals, {}]),
                )
            ]
        )

    def test_release_on_the_screen(self):
        release = {
            "client_id": self.client.id,
            "recipient_name": "Landlord",
            "purpose": "A flat",
            "kind_ids": [[6, 0, self.housing.ids]],
            "valid_until": self.today.isoformat(),
            "form": "screen",
        }
        # A default in the context is left out: such a release is one on paper.
        self._assert_refused(
            way
            for way in self._ways_to_create("integration.release", release)
            if way[0] != "defaults"
        )
        change = {"form": "screen", "date_signed": self.today.isoformat(), "attachment": PDF}
        self._assert_refused(
            way
            for way in self._ways_to_change(self.draft, change)
            if way[0] not in ("copy", "unlink")
        )


@tagged("post_install", "-at_install")
class TestForged(Forged, ForgedCommon):
    def test_defaults_are_left_out(self):
        defaults = {f"default_{name}": value for name, value in self._own_values().items()}
        forged = (
            self.mine["integration.signing"]
            .with_context(**defaults)
            .create({"client_id": self.client.id})
        )
        self.assertEqual(forged.state, "prepared")
        self.assertFalse(forged._signed_record() or forged.shown_hash or forged.signature)
        release = self.mine["integration.release"].with_context(default_form="screen")
        self.assertEqual(self._release(self.client.with_env(release.env)).form, "paper")


@tagged("post_install", "-at_install")
class TestForgedRpc(Forged, ForgedCommon, GateHttp):
    """The same over the wire."""


@tagged("post_install", "-at_install")
class TestWhoSigns(SigningCommon):
    """Guardian, interpreter and form stand with what was signed, not on the paper alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.child, cls.sibling = (
            cls._client(
                cls.worker_a, name, consent=False, birthdate=cls.today - timedelta(days=days)
            )
            for name, days in (("Beispielova, Sami", 3000), ("Beispielova, Rana", 4000))
        )
        cls._household(cls.client, cls.child, cls.sibling)
        cls.case._accompany(cls.child | cls.sibling)
        cls._consent(cls.child, guardian_id=cls.client.id)
        cls.stranger = cls._client(cls.worker_a, "Stranger", birthdate="1980-05-01")

    def _no_guardians(self):
        yield {}
        yield {"guardian_id": self.sibling.id}
        yield {"guardian_id": self.stranger.id}
        yield {"guardian_name": "Rana Beispielova"}
        yield {"guardian_name": "sami beispielova"}

    def test_no_guardian(self):
        release = self._release(self.child)
        for values in self._no_guardians():
            with self.subTest(values):
                for more in ({}, {"release_id": release.id}):
                    with self.assertRaises(ValidationError), self.cr.savepoint():
                        self._signing(self.child, **values, **more)
                with self.assertRaises(ValidationError), self.cr.savepoint():
                    release.write({**values, "date_signed": self.today})
                with self.assertRaises(ValidationError), self.cr.savepoint():
                    self._release(self.child, **values, date_signed=self.today)

    def test_kept_on_the_release(self):
        release = self._release(self.child)
        signing = self._signing(
            self.child,
            release_id=release.id,
            guardian_id=self.client.id,
            interpreter="Dolmetscherin Beispiel",
        )
        self._sign(signing, answers={"release": True})
        self.assertEqual((release.form, release.date_signed), ("screen", self.today))
        self.assertEqual(release.guardian_id, self.client)
        self.assertEqual(release.guardian_name, self.client.name)
        self.assertEqual(release.interpreter, "Dolmetscherin Beispiel")
        self.assertEqual(base64.b64decode(release.attachment), PAPER)
        for vals in ({"interpreter": "Other"}, {"form": "paper"}, {"guardian_id": False}):
            with self.assertRaises(UserError), self.cr.savepoint():
                release.write(vals)

    def test_on_paper(self):
        release = self._release(self.child, guardian_id=self.client.id, date_signed=self.today)
        self.assertEqual((release.form, release.state), ("paper", "valid"))
