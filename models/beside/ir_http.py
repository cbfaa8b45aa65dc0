import werkzeug

from odoo import models
from odoo.http import request

OURS = "odoo.addons.integration_management."
# As what the routes of other apps take a contact
CONTACT = {"partner_id", "partner", "customer_id"}


class IrHttp(models.AbstractModel):
    """No page of another app is about a client.

    Some browse the contact of an address as superuser and show it to whoever may edit the website,
    or to the holder of a token.
    """

    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):  # pylint: disable=missing-return
        super()._pre_dispatch(rule, args)
        if not rule.endpoint.func.__module__.startswith(OURS):
            cls._refuse_clients_in_path(args)

    @classmethod
    def _refuse_clients_in_path(cls, args):
        """Answer “not found” to an address that names a client, as to one of nobody.

        :param args: the parts of the address, as the route takes them
        """
        ids = set()
        for name, value in args.items():
            if isinstance(value, models.BaseModel):
                ids.update(value.ids if value._name == "res.partner" else ())
            elif name in CONTACT:
                ids.add(cls._unslug(str(value))[1])
        ids.discard(None)
        if ids and request.env["res.partner"]._integration_clients(map(abs, ids)):
            raise werkzeug.exceptions.NotFound()
