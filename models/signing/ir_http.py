import werkzeug

from odoo import models
from odoo.exceptions import AccessError
from odoo.http import request

# In the session of a device that is in a client's hands: the id of the signing it shows
SIGNING = "integration_signing"
SIGNING_PATH = "/integration/sign/"
# What the pages themselves consist of, and the way out for anyone who has no password
OPEN_PATHS = (SIGNING_PATH, "/web/assets/", "/web/static/", "/web/session/logout")


class IrHttp(models.AbstractModel):
    """What a device that is in a client's hands may ask for.

    A device handed over for signing shows the signing and nothing else: hiding menus would
    leave the address bar, the way back and every other window of the browser. So it is refused
    to this session, until the worker's password.
    """

    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        cls._stay_in_signing()
        return super()._pre_dispatch(rule, args)

    @classmethod
    def _stay_in_signing(cls):
        """Refuse whatever is not part of the signing this device was handed over for."""
        signing = request.session.get(SIGNING)
        if not signing or request.httprequest.path.startswith(OPEN_PATHS):
            return
        if request.dispatcher.routing_type == "http":
            werkzeug.exceptions.abort(request.redirect(f"{SIGNING_PATH}{signing}", 303))
        raise AccessError(
            request.env._(
                "This device is handed over for signing. Give it back and enter your password "
                "first."
            )
        )
