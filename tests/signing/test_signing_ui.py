import base64
import json
import re
import subprocess

from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import file_open, mute_logger

from ..common import MODULE
from ..consent.test_consent_papers import words
from ..product.ui_common import ConsoleCase
from .signing_common import PURPOSES, SigningCommon, picture

QUIET = ("odoo.http", "odoo.addons.base.models.res_users", "odoo.addons.base.models.ir_rule")


class SigningBrowser(SigningCommon, ConsoleCase):
    browser_size = "800x1280"
    touch_enabled = True

    def _walk(self, signing, language, refuse=()):
        """Walk over the pages in the browser; return what was seen on the way."""
        with file_open(f"{MODULE}/static/tests/signing_walk.js") as file:
            walk = file.read()
        options = json.dumps({"language": language, "refuse": list(refuse)})
        with self._console() as lines, mute_logger(*QUIET):
            self.browser_js(
                f"/integration/sign/{signing.id}",
                f"window.signingWalk = {options};\n{walk}",
                "document.querySelector('.o_signing') !== null",
                login=self.worker_a.login,
                timeout=90,
                success_signal="signing walked",
            )
        self.env.invalidate_all()
        return re.findall(r"^seen: (.*)$", "\n".join(lines), re.MULTILINE)

    def _prepare(self, **values):
        signing = self.mine["integration.signing"].create({"client_id": self.client.id, **values})
        signing.action_hand_over()
        return signing

    def _pdf_text(self, record):
        content = base64.b64decode(record.attachment)
        self.assertEqual(content[:5], b"%PDF-")
        return subprocess.run(
            ["pdftotext", "-", "-"], input=content, capture_output=True, check=True
        ).stdout.decode()

    def _words(self, code, language="ar"):
        return self.env["integration.paper.text"]._wordings(self.languages[language])[code]


@tagged("post_install", "-at_install")
class TestSigningTablet(SigningBrowser):
    """A tablet in the hands of somebody who reads Arabic and no German."""

    def test_consent_in_arabic(self):
        signing = self._prepare(interpreter="Dolmetscherin Beispiel")
        seen = self._walk(signing, "ar", refuse=[3])
        # Each name of a language is in that language, what the worker reads in hers
        self.assertIn("chooser de-DE true", seen)
        self.assertIn("panel de-DE", seen)
        self.assertIn("dir rtl lang ar rtl", seen)
        self.assertIn("text rtl ar rtl", seen)
        alerts = [line.removeprefix("alert ") for line in seen if line.startswith("alert ")]
        self.assertEqual(
            alerts,
            [self._words("sign.choose_first")] * len(PURPOSES) + [self._words("sign.sign_first")],
        )
        self.assertIn("asked 5", seen)
        self.assertIn("paper 200 application/pdf", seen)
        self.assertIn(f"wandered /integration/sign/{signing.id}", seen)
        self.assertTrue(any(line.startswith("wrong ") for line in seen))

        self.assertEqual(
            self._events(), dict.fromkeys(PURPOSES, "given") | {"messenger": "refused"}
        )
        events = self.client.consent_ids
        self.assertEqual(events.notice_id, self.notices["ar"])
        self.assertEqual(set(events.mapped("form")), {"screen"})
        self.assertEqual(len(set(events.mapped("attachment_hash"))), 1)
        self.assertTrue(all(event._paper_is_intact() for event in events))
        self._check_paper(events[0])

    def _check_paper(self, event):
        """Both languages, the answers, the names and the picture of the signature."""
        text = self._pdf_text(event)
        self.assertNotIn("\ufffd", text)
        found = words(text)
        german, arabic = self.notices["de"], self.notices["ar"]
        wanted = words(f"{german.name} {german.intro} {german.rights}")
        self.assertLessEqual(set(wanted), set(found))
        whole = "".join(found)
        missing = [word for word in words(f"{arabic.intro} {arabic.rights}") if word not in whole]
        self.assertEqual(missing, [])
        for name in ("Beispielova", "Dolmetscherin", self.client.file_number.split("-")[1]):
            self.assertIn(name, found)
        self.assertEqual(len(re.findall(r"\bX\b", text)), len(PURPOSES))
        images = (
            subprocess.run(
                ["pdfimages", "-list", "-"],
                input=base64.b64decode(event.attachment),
                capture_output=True,
                check=True,
            )
            .stdout.decode()
            .splitlines()
        )
        self.assertGreater(len(images), 2, "the signature is no picture on the paper")

    def test_fallback_is_said(self):
        """Tigrinya without a notice: German text, said in Tigrinya, on the screen and on paper."""
        self.client.language_ids = self.languages["ti"]
        seen = self._walk(self._prepare(), "ti")
        self.assertIn("text ltr de ltr", seen)
        self.assertIn("dir ltr lang ti ltr", seen)
        text = " ".join(self._pdf_text(self.client.consent_ids[0]).split())
        self.assertIn("Diesen Text gibt es noch nicht in Ihrer Sprache", text)

    def test_release_in_arabic(self):
        self._consent(self.client)
        release = self._release(self.client)
        seen = self._walk(self._prepare(release_id=release.id), "ar")
        self.assertIn("asked 1", seen)
        self.assertEqual((release.state, release.date_signed), ("valid", self.today))
        self.assertTrue(release._paper_is_intact())
        text = self._pdf_text(release)
        self.assertIn("Jobcenter Aheim", text)
        whole = "".join(words(text))
        intro = words(self._words("release.intro"))
        self.assertEqual([word for word in intro if word not in whole], [])


@tagged("post_install", "-at_install")
class TestSigningPhone(SigningBrowser):
    """The same on a phone: nothing is wider than the screen, every button fits a finger."""

    browser_size = "390x844"

    def test_consent_in_german(self):
        seen = self._walk(self._prepare(), "de")
        self.assertIn("dir ltr lang de ltr", seen)
        self.assertEqual(self.client.consent_state, "given")


@tagged("post_install", "-at_install")
class TestSigningLock(SigningCommon, HttpCase):
    """A device that is handed over shows the signing and nothing else."""

    def setUp(self):
        super().setUp()
        self.signing = self._signing()
        self.path = f"/integration/sign/{self.signing.id}"
        self.authenticate(self.worker_a.login, self.worker_a.login)

    def test_device_knows_the_one_signing_it_was_handed_over_for(self):
        """Numbers follow each other: the client holding the device may type the next one."""
        other = self._signing()
        self.assertEqual(self.url_open(f"/integration/sign/{other.id}").status_code, 200)
        self._call("/integration/sign/unlock", password=self.worker_a.login)
        self.assertEqual(self.url_open(self.path).status_code, 200)
        self.assertEqual(self.url_open(f"/integration/sign/{other.id}/paper").status_code, 404)
        with self.assertRaises(JsonRpcException) as refused:
            self._call(
                f"/integration/sign/{other.id}/save",
                language_id=self.languages["ar"].id,
                answers=dict.fromkeys(PURPOSES, True),
                signature=picture(),
            )
        self.assertIn("UserError", str(refused.exception))
        self.env.invalidate_all()
        self.assertFalse(self.client.consent_ids)

    @mute_logger(*QUIET)
    def _call(self, path, **params):
        return self.make_jsonrpc_request(path, params)

    def _read_client(self):
        return self._call(
            "/web/dataset/call_kw/integration.client/read",
            model="integration.client",
            method="read",
            args=[self.client.ids, ["name"]],
            kwargs={},
        )

    def test_nothing_else_opens(self):
        self.assertEqual(self._read_client()[0]["name"], self.client.name)
        self.assertEqual(self.url_open(self.path).status_code, 200)
        with self.assertRaises(JsonRpcException) as refused:
            self._read_client()
        self.assertNotIn(self.client.name, str(refused.exception))
        for path in (
            "/odoo",
            "/odoo/integration-persons",
            "/web",
            "/web/login",
            f"/report/html/{MODULE}.integration_consent_form_paper/{self.client.id}",
            "/web/content/1",
            "/integration/report/1/xlsx",
            "/integration/sign/999999",
        ):
            answer = self.url_open(path, allow_redirects=False)
            with self.subTest(path):
                self.assertEqual(answer.status_code, 303)
                self.assertTrue(answer.headers["Location"].endswith(self.path))

    def test_only_the_password_opens(self):
        self.url_open(self.path)
        for password in ("", "wrong", "worker_b"):
            with self.subTest(password):
                self.assertFalse(self._call("/integration/sign/unlock", password=password))
            with self.assertRaises(JsonRpcException):
                self._read_client()
        self.assertTrue(self._call("/integration/sign/unlock", password=self.worker_a.login))
        self.assertEqual(self._read_client()[0]["name"], self.client.name)

    def test_logging_out_opens_nothing(self):
        self.url_open(self.path)
        self.url_open("/web/session/logout?redirect=/web/login")
        with self.assertRaises(JsonRpcException):
            self._read_client()

    def test_strangers(self):
        for user in (self.colleague_a, self.lead_a, self.worker_b, self.employee, self.portal):
            self.authenticate(user.login, user.login)
            with self.subTest(user.login):
                self.assertEqual(self.url_open(self.path).status_code, 404)
                self.assertEqual(self.url_open(f"{self.path}/paper").status_code, 404)
                with self.assertRaises(JsonRpcException):
                    self._call(
                        f"{self.path}/save",
                        language_id=self.languages["ar"].id,
                        answers=dict.fromkeys(PURPOSES, True),
                        signature=picture(),
                    )
                with self.assertRaises(JsonRpcException):
                    self._call(
                        "/web/dataset/call_kw/integration.signing/create",
                        model="integration.signing",
                        method="create",
                        args=[{"client_id": self.client.id}],
                        kwargs={},
                    )
        self.authenticate(None, None)
        self.assertNotIn(self.client.name, self.url_open(self.path).text)
        self.env.invalidate_all()
        self.assertFalse(self.client.consent_ids)

    def test_bad_picture_over_rpc(self):
        """50 MB and a text: refused in words, and the signing goes on."""
        for signature in ("A" * (50 * 1024 * 1024), "V29yZHM="):
            answer = self.url_open(
                f"{self.path}/save",
                json={
                    "jsonrpc": "2.0",
                    "params": {
                        "language_id": self.languages["ar"].id,
                        "signature": signature,
                        "answers": dict.fromkeys(PURPOSES, True),
                    },
                },
            )
            error = answer.json()["error"]["data"]
            self.assertEqual(error["name"], "odoo.exceptions.ValidationError")
            self.assertRegex(error["message"], "[Ss]ignature|Unterschrift")
        self.assertIn("Beispielova", self.url_open(self.path).text)

    def test_names_cannot_break_out_of_the_page(self):
        self.client.name = "</script><script>alert(1)</script>"
        self.assertNotIn("<script>alert", self.url_open(self.path).text)

    def test_ended_signing_lets_the_worker_out(self):
        self.url_open(self.path)
        self.signing.sudo().unlink()
        answer = self.url_open(self.path)
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn(self.client.name, answer.text)
        self.assertTrue(self._call("/integration/sign/unlock", password=self.worker_a.login))
