from odoo import api, models


class IntegrationGated(models.AbstractModel):
    """Base of every model that may be written only with the client's consent.

    Information and consent come before any counselling file (county standard 2.2).
    Before that there is a card with a case in the first phase and nothing else.
    """

    _name = "integration.gated"
    _inherit = ["integration.filed", "integration.secured"]
    _description = "Record Behind the Consent Gate"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._gate_clients()._ensure_consent()
        return records

    def write(self, vals):
        # Before, for the client the record belongs to; after, for one it is moved to.
        clients = self._gate_clients()
        clients._ensure_consent()
        result = super().write(vals)
        (self._gate_clients() - clients)._ensure_consent()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        # The deletion of a whole file is done as superuser, after the consent has ended.
        if not self.env.su:
            self._gate_clients()._ensure_consent()

    def _gate_clients(self):
        """Return the clients whose consent the records in ``self`` rest on."""
        if "client_id" in self._fields:
            return self.client_id
        return self.case_id.client_id

    def _write_ungated(self, vals):
        """Write although consent may have been withdrawn.

        Only for what a withdrawal itself calls for: ending plans when a case is closed.
        """
        return super().write(vals)  # pylint: disable=super-method-mismatch
