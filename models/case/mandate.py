from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class IntegrationMandate(models.Model):
    """What cases ask of the mandate they began under."""

    _inherit = "integration.mandate"

    @api.constrains("date_start", "date_end")
    def _check_cases_covered(self):
        """A case needs a mandate valid on its start date, also after a change of the dates."""
        # sudo: integration.case - yes or no; anyone who keeps mandates sees no file
        cases = self.env["integration.case"].sudo().with_context(active_test=False)
        for mandate in self:
            outside = Domain("date_start", "<", mandate.date_start)
            if mandate.date_end:
                outside |= Domain("date_start", ">", mandate.date_end)
            if cases.search_count(Domain("mandate_id", "=", mandate.id) & outside, limit=1):
                raise UserError(
                    self.env._(
                        "Cases have begun under this mandate on days it would no longer cover: %s",
                        mandate.display_name,
                    )
                )
