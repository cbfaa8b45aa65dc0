from odoo import api, models
from odoo.exceptions import AccessError


class IrRule(models.Model):
    """In debug mode Odoo names the records it refuses, to every employee who asks for an id."""

    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """Name no record that may lie in a file: the words of an activity say enough."""
        error = super()._make_access_error(operation, records)
        if not self._is_about_files(records):
            return error
        neutral = self._neutral_error(records)
        if hasattr(error, "context"):
            # Another employer of the user's own, to which the browser offers to switch.
            neutral.context = error.context
        return neutral

    @api.model
    def _neutral_error(self, records):
        """Return the refusal that says nothing about ``records``, not even whether they exist."""
        return AccessError(
            self.env._(
                "You have no access to these records, or they do not exist: %(model)s %(ids)s",
                model=self.env["ir.model"]._get(records._name).name,
                ids=records.ids[:6],
            )
        )

    @api.model
    def _is_about_files(self, records):
        secured = self.env.registry["integration.secured"]
        if isinstance(records, (secured, self.env.registry["integration.in.file"])):
            return True
        return records._name == "res.partner" and bool(records._integration_clients(records.ids))
