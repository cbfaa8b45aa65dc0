from odoo import api, fields, models
from odoo.tools import format_date

from ...models.mixins.once import once
from ...tools import local_today


class IntegrationFamilyDeath(models.TransientModel):
    """Somebody has died: what ends with the person ends at once, and nothing asks for her again."""

    _name = "integration.family.death"
    _inherit = ["integration.family.event"]
    _description = "Death in the Family"

    client_id = fields.Many2one(readonly=False)
    date = fields.Date(string="Died On", required=True, default=lambda self: local_today(self.env))
    consequences = fields.Text(compute="_compute_consequences", string="What Will Happen")

    @api.model
    def _about_client(self, case):
        # Who has died is chosen and never proposed.
        return False

    @api.depends("client_id", "date")
    def _compute_consequences(self):
        for dialog in self:
            lines = dialog._lines_of_consequences() if dialog.client_id else []
            dialog.consequences = "\n".join(f"• {line}" for line in lines)

    def _lines_of_consequences(self):
        env, client = self.env, self.client_id
        lines = [env._("No talk after %s can name the person.", format_date(env, self.date))]
        if client.household_id:
            lines.append(
                env._("Household %s goes on without the person.", client.household_id.name)
            )
        cases = client.case_ids.filtered(lambda case: case.state != "closed")
        if cases:
            lines.append(
                env._(
                    "The case is closed by “%s”, open steps are dropped, appointments and tasks "
                    "are taken off.",
                    client._reason_of_death().name,
                )
            )
        # sudo: integration.case - who is accompanied in it
        members = cases.sudo().member_ids
        if members:
            lines.append(
                env._(
                    "File %s goes on in another case of the household; if there is none, it stays "
                    "with the worker without a case.",
                    self._numbers(members),
                )
            )
        return lines

    @once
    def action_save(self):
        """Note the death and say what has ended."""
        self.ensure_one()
        client = self._person()
        closed = client._record_death(self.date)
        return self._told(
            self.env._("Death entered"),
            self.env._("File %s: nothing is planned or asked any more.", client.file_number),
            closed and self.env._("The case was closed."),
        )
