from odoo import http
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request
from odoo.tools.json import scriptsafe

from ...models.signing.ir_http import SIGNING, SIGNING_PATH
from ...models.signing.unlock_brake import UnlockBrake

# No other page shows this one in a frame and lays its own buttons over it; nothing is fetched
# from elsewhere nor sent there. Odoo's layout has a script in the page itself, and its templates
# are compiled in the browser.
HEADERS = [
    ("Cache-Control", "no-store"),
    ("X-Frame-Options", "DENY"),
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("Referrer-Policy", "same-origin"),
]


class IntegrationSigningController(http.Controller):
    """The pages on the tablet; each asks again whether the worker may write this file."""

    @http.route(f"{SIGNING_PATH}<int:signing_id>", type="http", auth="user", methods=["GET"])
    def page(self, signing_id):
        """Hand the device over and show the pages; from now on this session shows only them."""
        locked = request.session.get(SIGNING)
        if locked and locked != signing_id:
            return request.redirect(f"{SIGNING_PATH}{locked}", 303)
        signing = self._signing(signing_id)
        if not signing and not locked:
            return request.not_found()
        try:
            data, problem = signing and signing._open_page(), ""
        except UserError as error:
            data, problem = None, str(error)
        request.session[SIGNING] = signing_id
        return request.render(
            "integration_management.integration_signing_page",
            {
                "data": scriptsafe.dumps(
                    {
                        "pages": data or None,
                        "problem": problem,
                        "worker": request.env["integration.signing"]._worker_words(),
                        "path": f"{SIGNING_PATH}{signing_id}",
                    }
                )
            },
            headers=HEADERS,
        )

    @http.route(f"{SIGNING_PATH}<int:signing_id>/save", type="jsonrpc", auth="user")
    def save(self, signing_id, language_id, answers, signature):
        """Write what was signed; an error says why in the worker's words, nothing is lost."""
        signing = self._signing(signing_id)
        if not signing:
            raise UserError(request.env._("This signing has ended. Begin anew from the file."))
        signing._sign(language_id, answers, signature)
        return True

    @http.route(
        f"{SIGNING_PATH}<int:signing_id>/paper",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def paper(self, signing_id):
        """Return the signed paper, to look at and to print."""
        signing = self._signing(signing_id)
        record = signing and signing._signed_record()
        if not record or not record.attachment:
            return request.not_found()
        request.env["integration.access.log"]._log("print", signing.client_id)
        stream = request.env["ir.binary"]._get_stream_from(
            record, "attachment", filename=record.attachment_name
        )
        return stream.get_response(as_attachment=False, immutable=False)

    @http.route(f"{SIGNING_PATH}unlock", type="jsonrpc", auth="user")
    def unlock(self, password):
        """Give the device back to the worker, if this is her password.

        Return whether it is, or {"wait": seconds} if too many were wrong. Odoo's own brake is
        the address: behind one router a client's guesses would lock out the whole office.
        """
        brake = UnlockBrake(request.env, request.session)
        if brake.wait():
            return {"wait": brake.wait()}
        user = request.env.user
        # What is no text is a wrong password like any other.
        credential = {"login": user.login, "password": str(password), "type": "password"}
        try:
            user._check_credentials(credential, {"interactive": True})
        except AccessDenied:
            brake.note_failure()
            return {"wait": brake.wait()} if brake.wait() else False
        brake.release()
        request.session.pop(SIGNING, None)
        return True

    def _signing(self, signing_id):
        """Return the user's own signing, or none: the same answer whatever is missing.

        In a client's hands the device knows the one signing it was handed over for.
        """
        signings = request.env["integration.signing"]
        if request.session.get(SIGNING) not in (None, signing_id):
            return signings
        if not signings.has_access("read"):
            return signings
        return signings.search([("id", "=", signing_id)])
