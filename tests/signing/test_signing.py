import base64
from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .signing_common import PAPER, PURPOSES, SigningCommon, picture

QUIET = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


@tagged("post_install", "-at_install")
class TestSigning(SigningCommon):
    """Consent signed on the screen: what the ledger holds afterwards, and what is refused."""

    def test_everything_is_written(self):
        signing = self._signing(interpreter="Somebody")
        self._sign(signing)
        self.assertEqual(self._events(), dict.fromkeys(PURPOSES, "given"))
        for event in self.client.consent_ids:
            self.assertEqual(event.form, "screen")
            self.assertEqual(event.notice_id, self.notices["ar"])
            self.assertEqual(event.interpreter, "Somebody")
            self.assertEqual(event.user_id, self.worker_a)
            self.assertEqual(base64.b64decode(event.attachment), PAPER)
            self.assertTrue(event._paper_is_intact())
        self.assertEqual(self.client.consent_state, "given")
        self.assertEqual(self.case.date_opened, self.today)
        self.assertEqual(
            (signing.state, signing.signature, signing.answers),
            ("signed", False, False),
            "the picture stands on the paper alone",
        )

    def test_refused_in_part(self):
        answers = dict.fromkeys(PURPOSES, True) | {"messenger": False, "health": False}
        self._sign(self._signing(), answers=answers)
        self.assertEqual(
            self._events(),
            dict.fromkeys(PURPOSES, "given") | {"messenger": "refused", "health": "refused"},
        )
        self.assertTrue(self.client._has_consent("team"))
        self.assertFalse(self.client._has_consent("health"))

    def test_file_refused(self):
        self._sign(self._signing(), answers=dict.fromkeys(PURPOSES, False))
        self.assertEqual(self.client.consent_state, "refused")
        with self.assertRaises(UserError):
            self.client._ensure_consent()

    def test_renewed_and_withdrawn(self):
        """A yes after a yes renews, a no after a yes withdraws, as in the ledger by hand."""
        self._consent(self.client, purpose="file")
        self._consent(self.client, purpose="team")
        self._consent(self.client, purpose="health", decision="refused")
        answers = dict.fromkeys(PURPOSES, True) | {"team": False, "health": False}
        before = self.client.consent_ids
        self._sign(self._signing(), answers=answers)
        new = {event.purpose: event.decision for event in self.client.consent_ids - before}
        self.assertEqual(
            new,
            {
                "file": "renewed",
                "team": "withdrawn",
                "transfer": "given",
                "messenger": "given",
                "health": "refused",
            },
        )

    def test_silence_is_no_consent(self):
        signing = self._signing()
        yes = dict.fromkeys(PURPOSES, True)
        for answers in (
            {},
            {"file": True},
            yes | {"health": None},
            yes | {"health": "yes"},
            yes | {"health": 1},
            yes | {"photos": True},
            None,
            [],
            "yes",
        ):
            with self.subTest(answers), self.assertRaises(ValidationError):
                signing._sign(self.languages["ar"].id, answers, picture())
        self.assertFalse(self.client.consent_ids)

    def test_bad_pictures(self):
        signing = self._signing()
        for name, signature in {
            "nothing": None,
            "empty": "",
            "no base64": "§§§",
            "text": base64.b64encode(b"Words"),
            "text as it comes": "V29yZHM=",
            "jpeg": picture(kind="JPEG"),
            "vector": base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode(),
            "png by its first bytes": base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 99).decode(),
            "cut off": picture()[: len(picture()) // 8 * 4],
            "blank": picture(stroke=None),
            "a tap": picture(stroke=[(60, 60), (63, 63)]),
            "50 MB": "A" * (50 * 1024 * 1024),
            "a wall": picture(size=(9000, 10)),
            "a list": [picture()],
        }.items():
            with self.subTest(name), self.assertRaises(ValidationError) as refused:
                signing._sign(self.languages["ar"].id, dict.fromkeys(PURPOSES, True), signature)
            self.assertLess(len(str(refused.exception)), 120)
        self.assertFalse(self.client.consent_ids)
        # Nothing is lost: the same signing goes on with a proper picture.
        self._sign(signing, signature=f"data:image/png;base64,{picture()}")
        self.assertEqual(self.client.consent_state, "given")

    def test_second_tap_writes_nothing(self):
        signing = self._signing()
        self._sign(signing)
        self._sign(signing, answers=dict.fromkeys(PURPOSES, False))
        self.assertEqual(self._events(), dict.fromkeys(PURPOSES, "given"))

    def test_second_tablet_is_told(self):
        first, second = self._signing(), self._signing()
        self._sign(first)
        with self.assertRaises(UserError) as refused:
            self._sign(second)
        self.assertIn(self.client.file_number, str(refused.exception))
        self.assertEqual(self._events(), dict.fromkeys(PURPOSES, "given"))

    def test_what_was_read_is_what_is_signed(self):
        """A notice published, or a name corrected, while the client reads."""
        signing = self._signing()
        self.client.name = "Somebody Else"
        with self.assertRaises(UserError):
            self._sign(signing)
        signing = self._signing()
        self._publish("de", version=2)
        with self.assertRaises(UserError):
            self._sign(signing)
        self.assertFalse(self.client.consent_ids)

    def test_minor_needs_guardian(self):
        child = self._client(
            self.worker_a,
            "Beispielova, Sami",
            consent=False,
            birthdate=self.today - timedelta(days=3000),
        )
        self.case._accompany(child)
        for values in ({}, {"guardian_name": "  "}, {"guardian_id": child.id}):
            with self.assertRaises(ValidationError):
                self._signing(child, **values)
        self._household(self.client, child)
        self._sign(self._signing(child, guardian_id=self.client.id))
        self.assertEqual(child.consent_ids.guardian_id, self.client)
        self.assertEqual(set(child.consent_ids.mapped("guardian_name")), {self.client.name})
        self.assertFalse(self.client.consent_ids, "a consent covers that member only")

    def test_guardian_is_proposed(self):
        child = self._client(
            self.worker_a,
            "Beispielova, Sami",
            consent=False,
            birthdate=self.today - timedelta(days=3000),
        )
        self.case._accompany(child)
        self._household(self.client, child)
        action = child.action_sign_on_screen()
        form = self.mine[action["res_model"]].with_context(**action["context"]).new()
        form._onchange_client_id_guardian()
        self.assertEqual(form.guardian_id._origin, self.client)

    def test_closed_case(self):
        self.case._as_system().write({"state": "closed", "date_end": self.today})
        with self.assertRaisesRegex(UserError, self.client.file_number):
            self.client.action_sign_on_screen()
        with self.assertRaises(UserError):
            self._signing()

    def test_closed_while_the_client_reads(self):
        signing = self._signing()
        self.case._as_system().write({"state": "closed", "date_end": self.today})
        with self.assertRaises(UserError):
            self._sign(signing)
        self.assertFalse(self.client.consent_ids)

    def test_languages(self):
        """The client's own first; without a text the German one, never silently."""
        self.client.language_ids |= self.languages["ti"]
        offers = {offer["language"].code: offer for offer in self._signing()._offers()}
        self.assertEqual(list(offers)[:2], ["ar", "ti"])
        self.assertEqual(set(offers), {"ar", "ti", "de"}, "only languages with a text")
        self.assertFalse(offers["ar"]["hint"] or offers["de"]["hint"])
        self.assertTrue(offers["ti"]["hint"])
        signing = self._signing()
        self.assertIn("Tigrinya", signing.language_hint)
        page = {entry["name_lang"]: entry for entry in signing._page_data()["languages"]}
        self.assertEqual((page["ti"]["lang"], page["ti"]["text"]["lang"]), ("ti", "de"))
        self.assertEqual((page["ar"]["dir"], page["ar"]["text"]["dir"]), ("rtl", "rtl"))
        self._sign(signing, language="ti")
        self.assertEqual(self.client.consent_ids.notice_id, self.notices["de"])

    def test_older_wording_is_not_offered(self):
        """What is signed in an older version would be due for renewal at once."""
        self._publish("de", version=2)
        offers = {offer["language"].code: offer for offer in self._signing()._offers()}
        self.assertTrue(offers["ar"]["hint"])
        self.assertEqual(offers["ar"]["notice"].version, 2)

    def test_language_that_is_not_offered(self):
        with self.assertRaises(UserError):
            self._sign(self._signing(), language="uk")

    def test_without_published_notice(self):
        client = self._client(self.worker_b, consent=False)
        with self.assertRaisesRegex(UserError, "notice"):
            client.action_sign_on_screen()

    # ------------------------------------------------------------
    # Walls
    # ------------------------------------------------------------

    def test_only_who_may_write_the_file(self):
        signing = self._signing()
        self._sign(self._signing())
        for user in (
            self.colleague_a,
            self.lead_a,
            self.dpo_a,
            self.admin_a,
            self.worker_b,
            self.lead_b,
            self.employee,
            self.portal,
        ):
            env = self._as(user)
            for attempt in (
                lambda env=env: self._signing(user=env.user),
                lambda env=env: (
                    env["integration.client"].browse(self.client.id).action_sign_on_screen()
                ),
                lambda env=env: env["integration.signing"].browse(signing.id)._open_page(),
                lambda env=env: env["integration.signing"].browse(signing.id).read(["state"]),
                lambda env=env: (
                    env["integration.signing"]
                    .browse(signing.id)
                    ._sign(self.languages["ar"].id, dict.fromkeys(PURPOSES, True), picture())
                ),
            ):
                self.env.invalidate_all()
                with (
                    self.subTest(user.login),
                    self.assertRaises(AccessError),
                    mute_logger(*QUIET),
                    self.cr.savepoint(),
                ):
                    attempt()

    def test_file_lost_while_the_client_reads(self):
        signing = self._signing()
        self.case.sudo().access_ids._end()
        self.env.invalidate_all()
        with self.assertRaises(AccessError), mute_logger(*QUIET):
            self._sign(signing)
        self.assertFalse(self.client.sudo().consent_ids)


@tagged("post_install", "-at_install")
class TestSigningRelease(SigningCommon):
    """A release signed on the screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._consent(cls.client)
        cls.release = cls._release(cls.client)

    def _try(self, release=None, answers=None, **values):
        release = release or self.release
        signing = self._signing(release.client_id, release_id=release.id, **values)
        self._sign(signing, answers=answers or {"release": True})
        return signing

    def test_signed(self):
        signing = self._try()
        self.assertEqual((self.release.state, self.release.date_signed), ("valid", self.today))
        self.assertEqual(base64.b64decode(self.release.attachment), PAPER)
        self.assertTrue(self.release._paper_is_intact())
        self.assertEqual(signing._signed_record(), self.release)
        self.assertEqual(len(self.client.consent_ids), 1, "a release is no consent")

    def test_special_kinds_are_asked_expressly(self):
        release = self._release(
            self.client,
            special_agreed=True,
            kind_ids=self.env.ref("integration_management.information_kind_health").ids,
        )
        with self.assertRaises(ValidationError):
            self._try(release, {"release": True})
        self._try(release, {"release": True, "special": True})
        self.assertEqual(release.state, "valid")

    def test_no_is_no(self):
        with self.assertRaises(ValidationError):
            self._try(answers={"release": False})
        self.assertEqual(self.release.state, "draft")

    def test_changed_while_the_client_reads(self):
        signing = self._signing(release_id=self.release.id)
        self.release.recipient_name = "Ausländerbehörde"
        with self.assertRaises(UserError):
            self._sign(signing, answers={"release": True})
        self.assertEqual(self.release.state, "draft")

    def test_states(self):
        for values in (
            {"date_signed": self.today},
            {"withdrawn_on": self.today},
            {
                "valid_from": self.today - timedelta(days=9),
                "valid_until": self.today - timedelta(days=1),
            },
            {"attachment": base64.b64encode(b"%PDF-1.4 scan")},
        ):
            release = self._release(self.client, **values)
            with self.subTest(values), self.assertRaisesRegex(UserError, "File"):
                release.action_sign_on_screen()

    def test_two_tablets(self):
        second = self._signing(release_id=self.release.id)
        self._try()
        paper = self.release.attachment_hash
        with self.assertRaises(UserError):
            self._sign(second, answers={"release": True})
        self.assertEqual(self.release.attachment_hash, paper)

    def test_consent_withdrawn(self):
        signing = self._signing(release_id=self.release.id)
        self._consent(self.client, decision="withdrawn")
        with self.assertRaises(UserError):
            self._sign(signing, answers={"release": True})
        with self.assertRaises(UserError):
            self.release.action_sign_on_screen()

    def test_release_of_another_file(self):
        other = self._client(self.worker_a, "Other Person")
        self._case(other)
        with self.assertRaises(UserError):
            self._signing(other, release_id=self.release.id)

    def test_minor(self):
        self._consent(
            self.client, "renewed", guardian_name="Mother", notice_id=self.notices["de"].id
        )
        self.client.birthdate = self.today - timedelta(days=3000)
        with self.assertRaises(ValidationError):
            self._try()
        self._try(guardian_name="Mother")
        self.assertEqual(self.release.guardian_name, "Mother")
