import werkzeug

from odoo import models
from odoo.http import request

from .base import APPOINTMENT

# As what the routes of invitations and calls take what opens them without a login
TOKENS = {"token", "access_token"}


class IrHttp(models.AbstractModel):
    """No address with a token opens an appointment of a file: it would outlive the access."""

    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):  # pylint: disable=missing-return
        super()._pre_dispatch(rule, args)
        if APPOINTMENT in request.env:
            cls._refuse_appointments_by_token(args)

    @classmethod
    def _refuse_appointments_by_token(cls, args):
        """Answer “not found” to the token of an appointment of a file, to whomever.

        :param args: the parts of the address, as the route takes them
        """
        asked = {**request.httprequest.args, **request.httprequest.form, **args}
        tokens = {value for name, value in asked.items() if name in TOKENS}
        if "/calendar/" not in request.httprequest.path:
            # An empty one finds whoever has none; other routes mean nobody by it.
            tokens.discard("")
        tokens = [token for token in tokens if isinstance(token, str)]
        if not tokens:
            return
        # sudo: calendar.event, calendar.attendee - only whether they lie in somebody's file
        env = request.env(su=True)
        mine = [("access_token", "in", tokens)]
        events = env[APPOINTMENT].with_context(active_test=False).search(mine)
        events |= env["calendar.attendee"].search(mine).event_id
        if events._tied_files():
            raise werkzeug.exceptions.NotFound()
