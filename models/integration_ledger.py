from odoo import api, models
from odoo.exceptions import UserError


class IntegrationLedger(models.AbstractModel):
    """Base of registers whose rows are added and never changed, down to SQL."""

    _name = "integration.ledger"
    _inherit = ["integration.evidence", "integration.filed", "integration.secured"]
    _description = "Register of Evidence"

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._(
            "This register is never changed. Record a further event instead and give the reason."
        ))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ledger(self):
        raise UserError(self.env._(
            "This register is never deleted from. Record a further event instead."
        ))

    def copy_data(self, default=None):
        raise UserError(self.env._("Evidence cannot be duplicated."))
