from datetime import timedelta

from odoo import fields

from .ir_http import SIGNING

# In the session when its signing is gone: how many passwords were wrong, and until when to wait
SESSION_KEY = "integration_signing_brake"
# Wrong passwords that cost nothing
FREE = 5
# Seconds to wait after each further one: longer each time, up to a quarter of an hour
STEP = 30
LONGEST = 900


class UnlockBrake:
    """The brake on guessing the password of a device that was handed over.

    It counts per signing, in the database, so that neither another browser nor a second worker
    of the server begins at nought; nobody else's login is concerned.
    """

    def __init__(self, env, session):
        # sudo: integration.signing - the counter alone, of the signing this session is bound to
        self._signing = env["integration.signing"].sudo().browse(session.get(SIGNING)).exists()
        self._session = session
        if self._signing:
            # One guess at a time
            self._signing.lock_for_update()

    def wait(self):
        """Return the seconds to wait before the next guess is looked at."""
        _failures, until = self._state()
        left = (until - fields.Datetime.now()).total_seconds() if until else 0
        return max(0, int(left + 0.999))

    def note_failure(self):
        """Count a wrong password."""
        failures = self._state()[0] + 1
        seconds = min(LONGEST, STEP * max(0, failures - FREE + 1))
        until = fields.Datetime.now() + timedelta(seconds=seconds) if seconds else False
        self._set(failures, until)

    def release(self):
        """Forget the wrong ones: it was the right one."""
        self._set(0, False)

    def _state(self):
        if self._signing:
            return self._signing.unlock_failures, self._signing.unlock_wait_until
        failures, until = self._session.get(SESSION_KEY) or (0, "")
        return failures, fields.Datetime.to_datetime(until)

    def _set(self, failures, until):
        if self._signing:
            values = {"unlock_failures": failures, "unlock_wait_until": until}
            self._signing._as_system().write(values)
        else:
            self._session[SESSION_KEY] = (failures, fields.Datetime.to_string(until) or "")
