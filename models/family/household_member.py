from odoo import fields, models

from ...tools import local_today


class IntegrationHouseholdMember(models.Model):
    """Memberships as the dialogs of the family end and begin them."""

    _inherit = "integration.household.member"

    age = fields.Integer(related="client_id.age", related_sudo=False)
    current_case_id = fields.Many2one(
        "integration.case",
        string="Case",
        compute="_compute_current_case_id",
        help="The own case, or the one of the family in which the person is accompanied.",
    )
    current_user_id = fields.Many2one(
        "res.users", string="Responsible", compute="_compute_current_case_id", compute_sudo=False
    )

    def _compute_current_case_id(self):
        for row in self:
            client = row.client_id._filtered_access("read")
            case = client._current_case() if client else row.current_case_id.browse()
            row.current_case_id = case
            # sudo: integration.case - who is responsible, also for the case of a colleague
            row.current_user_id = case.sudo().user_id

    def action_open_separation(self):
        """Open the dialog that says what a separation does, with this person as who leaves."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_family_separation_action"
        )
        context = {"default_client_id": self.client_id.id, "integration_show_name": True}
        return dict(action, context=context)

    def action_separate(self):
        """End the memberships at once, and the accompaniment across the new line with them.

        From the next query on nobody reads of one side by the case of the other: neither the
        address nor what is written from now on.
        """
        self._separate()

    def _separate(self):
        """Separate, and return {client: the case in which she is accompanied now, or none}."""
        today = local_today(self.env)
        moved = {}
        for household, rows in self.grouped("household_id").items():
            leaving = rows.client_id
            former = super(IntegrationHouseholdMember, rows)
            former.action_separate()  # pylint: disable=super-method-mismatch
            # sudo: integration.household - who stays, also persons whom the user may not read
            staying = household.sudo().member_ids.filtered(
                lambda row: not row.date_to or row.date_to >= today
            )
            moved |= leaving._part_from(staying.client_id - leaving)
        return moved

    def _leave_together(self):
        """Separate, and let those who leave live together from today on; see ``_separate()``."""
        roles = {row.client_id: row.role for row in self}
        together = self.client_id
        company = self.household_id.company_id
        moved = self._separate()
        # Of whoever took the consent back nothing is written but the end.
        together -= together._filtered_took_back()
        if len(together) > 1:
            home = self.env["integration.household"].create({"company_id": company.id})
            together._move_in(home, local_today(self.env), roles)
        return moved

    def _end_on(self, day):
        """Let the memberships end on ``day``; those that would begin later never were."""
        self.filtered(lambda row: row.date_from > day).unlink()
        lasting = self.exists().filtered(lambda row: not row.date_to or row.date_to > day)
        lasting.write({"date_to": day})

    def _valid_each(self, day):
        """Return, of each client, the membership that holds on ``day``."""
        rows = self.grouped("client_id").values()
        return self.browse().union(*(own._valid_on(day) for own in rows))
