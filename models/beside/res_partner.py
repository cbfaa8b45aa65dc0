from odoo import SUPERUSER_ID, api, models
from odoo.fields import Domain

# In the context: another app looks for a contact to fill in, or to write to.
ORDINARY = "integration_ordinary_contacts"


class ResPartner(models.Model):
    """No client is found by what other apps look for past the rules.

    An invoice that comes by mail is booked on the one contact with the sender's name, and completes
    her address; a page asks for a visitor whether her address is known. Both ask as superuser.
    """

    _inherit = "res.partner"

    @api.model
    def _search(self, domain, *args, **kwargs):
        if self.env.context.get(ORDINARY) or self._is_for_guests():
            domain = Domain(domain)
            # By their ids alone, records that are known already are read.
            if {condition.field_expr for condition in domain.iter_conditions()} - {"id"}:
                domain &= Domain("is_integration_client", "!=", True)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _is_for_guests(self):
        """Return whether code asks as superuser on behalf of somebody who is no employee."""
        env = self.env
        # Asked by the groups, which are known already: a field of the user would be read first.
        return env.su and env.uid != SUPERUSER_ID and not env.user._is_internal()
