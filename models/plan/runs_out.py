from odoo import models


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
        if "date_to" in change.names:
            self._follow_deadlines()

    def _follow_deadlines(self):
        kind = self.env.ref(
            f"integration_management.{self._deadline_kind}", raise_if_not_found=False
        )
        if kind:
            self.env["integration.deadline"]._follow(self, self._deadline_source, kind)
