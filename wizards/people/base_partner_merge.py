from odoo import api, models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Clients are never merged: that moves a file, and values go from one contact to the other."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        partners = self.env["res.partner"]
        if partners._integration_clients([*partner_ids, *(dst_partner or partners).ids]):
            raise UserError(
                self.env._("Clients of Integration Management are not merged with other contacts.")
            )
        return super()._merge(partner_ids, dst_partner, extra_checks)

    @api.model
    def _generate_query(self, fields, maximum_group=100):
        """Leave clients out of the search for duplicates, which reads the table itself."""
        query = super()._generate_query(fields, maximum_group)
        ordinary = "(SELECT * FROM res_partner WHERE is_integration_client IS NOT TRUE)"
        return query.replace("FROM res_partner", f"FROM {ordinary} AS res_partner", 1)
