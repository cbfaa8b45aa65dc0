from odoo import api, models


class IntegrationRunsOut(models.AbstractModel):
    """Base of what is recorded about a person and runs out on its last day."""

    _name = "integration.runs.out"
    _inherit = ["integration.secured"]
    _description = "Record That Runs Out"

    # The field of a deadline that points here, and the shipped kind of it
    _deadline_source = ""
    _deadline_kind = ""

    def _created(self):
        super()._created()
        self._follow_deadlines()

    def _after_write(self, change):
        super()._after_write(change)
        if {"date_from", "date_to"} & change.names:
            self._follow_deadlines()

    @api.ondelete(at_uninstall=False)
    def _unlink_deadlines(self):
        # sudo: integration.deadline - those that follow from what the user may delete
        deadlines = self.env["integration.deadline"].sudo()
        deadlines.search([(self._deadline_source, "in", self.ids)]).unlink()

    def _follow_deadlines(self):
        """Keep the deadlines of these clients: a later entry ends that of an earlier one."""
        kind = self.env.ref(
            f"integration_management.{self._deadline_kind}", raise_if_not_found=False
        )
        if kind:
            entries = self.search([("client_id", "in", self.client_id.ids)])
            self.env["integration.deadline"]._follow(entries, self._deadline_source, kind)
