from odoo import api, models

from .gate import Ask


class IntegrationSecured(models.AbstractModel):
    """The consent gate before everything that belongs to the counselling file.

    Information and consent come before any file (county standard 2.2). Before that there is a
    card with a case in the first phase and nothing else. Models say by ``_needs_file_consent``
    that they belong to it.
    """

    _inherit = "integration.secured"

    def _created(self):
        super()._created()
        if self._needs_file_consent:
            self._ask_consent(self._gate_clients())

    def _before_write(self, change):
        super()._before_write(change)
        if self._needs_file_consent and self._asks_file_consent(change.names):
            # Before, for the client the record belongs to; after, for one it is moved to.
            change.before["asked"] = self._gate_clients()
            self._ask_consent(change.before["asked"])

    def _after_write(self, change):
        super()._after_write(change)
        if "asked" in change.before:
            self._ask_consent(self._gate_clients() - change.before["asked"])

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        # The deletion of a whole file is done as superuser, after the consent has ended.
        if self._needs_file_consent and not self.env.su:
            self._gate_clients()._ensure_consent()

    def _asks_file_consent(self, names):
        """Return whether writing ``names`` is writing into the file."""
        return not (self._is_system() and names <= self._ending_fields)

    def _ask_consent(self, clients):
        """Refuse to write about ``clients`` without their consent to the file."""
        clients._ensure_consent()

    def _filtered_agreed(self):
        """Leave out what lies in the file of anybody whose consent does not hold today."""
        clients = self.env["integration.client"]
        return (
            super()
            ._filtered_agreed()
            .filtered(
                lambda record: (
                    not clients._consents_missing(
                        {Ask(client, "file") for client in record._gate_clients()}
                    )
                )
            )
        )

    def _gate_clients(self):
        """Return the clients whose consent the records in ``self`` rest on."""
        if "plan_id" in self._fields:
            return self.plan_id._gate_clients()
        if "client_id" in self._fields:
            return self.client_id
        if "client_ids" in self._fields:
            return self.case_id.client_id | self.client_ids
        return self.case_id.client_id
