from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.integration_management.models.signing import unlock_brake

from .signing_common import SigningCommon

UNLOCK = "/integration/sign/unlock"


@tagged("post_install", "-at_install")
class TestSigningBrake(SigningCommon, HttpCase):
    """Guessing the password on a device that was handed over."""

    def setUp(self):
        super().setUp()
        self.signing = self.mine["integration.signing"].create({"client_id": self.client.id})
        self.signing.action_hand_over()
        self.path = f"/integration/sign/{self.signing.id}"
        self.authenticate(self.worker_a.login, self.worker_a.login)
        self.answer = self.url_open(self.path)

    def _unlock(self, password):
        with mute_logger("odoo.addons.base.models.res_users"):
            return self.make_jsonrpc_request(UNLOCK, {"password": password})

    def _guess_until_braked(self):
        for _guess in range(unlock_brake.FREE - 1):
            self.assertIs(self._unlock("wrong"), False)
        self.assertEqual(self._unlock("wrong"), {"wait": unlock_brake.STEP})

    def test_too_many_guesses_wait(self):
        self._guess_until_braked()
        # Not even the right one is looked at now, and the brake says so
        answer = self._unlock(self.worker_a.login)
        self.assertLessEqual(answer["wait"], unlock_brake.STEP)
        self.assertTrue(answer["wait"])
        self.env.cr.execute(
            "UPDATE integration_signing SET unlock_wait_until = %s WHERE id = %s",
            [fields.Datetime.subtract(fields.Datetime.now(), seconds=1), self.signing.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self._unlock("wrong"), {"wait": 2 * unlock_brake.STEP})

    def test_what_is_no_text_is_a_wrong_guess(self):
        for guess in (5, ["wrong"]):
            self.assertIs(self._unlock(guess), False)
        self.assertIs(self._unlock(self.worker_a.login), True)

    def test_another_signing_counts_by_itself(self):
        self._guess_until_braked()
        other = self.mine["integration.signing"].create({"client_id": self.client.id})
        other.action_hand_over()
        self.authenticate(self.worker_a.login, self.worker_a.login)
        self.url_open(f"/integration/sign/{other.id}")
        self.assertIs(self._unlock(self.worker_a.login), True)

    def test_colleagues_log_in_meanwhile(self):
        for _guess in range(3 * unlock_brake.FREE):
            self._unlock("wrong")
        failures = getattr(self.env.registry, "_login_failures", {})
        self.assertFalse(any(count for count, _when in failures.values()))

    def test_brake_holds_after_the_signing_is_gone_and_after_signing(self):
        self.env.cr.execute(
            "UPDATE integration_signing SET state = 'signed' WHERE id = %s", [self.signing.id]
        )
        self.env.invalidate_all()
        self._guess_until_braked()
        self.env.cr.execute("DELETE FROM integration_signing WHERE id = %s", [self.signing.id])
        self.env.invalidate_all()
        self._guess_until_braked()

    def test_page_is_in_no_frame_and_asks_nobody_else(self):
        headers = self.answer.headers
        self.assertEqual(headers["X-Frame-Options"], "DENY")
        policy = dict(
            part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
        )
        self.assertEqual(policy["frame-ancestors"], "'none'")
        self.assertEqual(policy["default-src"], "'none'")
        self.assertEqual(policy["connect-src"], "'self'")
        self.assertEqual(headers["Cache-Control"], "no-store")
