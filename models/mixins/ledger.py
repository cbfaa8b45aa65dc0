from odoo import api, models
from odoo.exceptions import UserError, ValidationError


class IntegrationLedger(models.AbstractModel):
    """Base of registers whose rows are added and never changed, down to SQL."""

    _name = "integration.ledger"
    _inherit = ["integration.evidence", "integration.in.file", "integration.secured"]
    _description = "Register of Evidence"

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            self._check_required(vals)
        return vals_list

    def _locked_fields(self):
        return frozenset(self._fields)

    def _locked_message(self, names):
        return self.env._(
            "This register is never changed. Record a further event instead and give the reason."
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ledger(self):
        raise UserError(
            self.env._("This register is never deleted from. Record a further event instead.")
        )

    def copy_data(self, default=None):
        raise UserError(self.env._("Evidence cannot be duplicated."))

    @api.model
    def _check_required(self, vals):
        """Refuse an event that leaves open what it must say.

        Before the database does so: a violated NOT NULL writes the whole row into the log.

        :raises ValidationError: naming the fields by their labels
        """
        values = self._add_missing_default_values(vals)
        empty = [
            field._description_string(self.env)
            for name, field in self._fields.items()
            if field.required and field.column_type and not field.compute and not values.get(name)
        ]
        if empty:
            raise ValidationError(self.env._("Please fill in: %s.", ", ".join(empty)))
