from odoo import api, models

from ...figures.protection.forget import forget


class IntegrationClient(models.Model):
    """What is left of a client in what was decided about figures once she is gone."""

    _inherit = "integration.client"

    @api.ondelete(at_uninstall=False)
    def _unlink_out_of_decisions(self):
        """On the day a client is erased, so is her id in what was decided about figures."""
        self._leave_decisions()

    def _leave_decisions(self):
        """Put a number that is nobody's in the place of the clients' ids.

        For whatever erases or anonymises a client, in the same transaction.
        """
        self.env["integration.figures.decision"].flush_model()
        # sudo: what no role may read; ids are taken out, nothing is told
        forget(self.sudo().env, self.ids)
        self.env["integration.figures.decision"].invalidate_model()
