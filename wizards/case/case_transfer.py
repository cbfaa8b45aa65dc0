from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...models.mixins.once import once
from ...tools import says_why


class IntegrationCaseTransfer(models.TransientModel):
    """Hands cases to another worker of the employer; says whose consent is missing, and why."""

    _name = "integration.case.transfer"
    _inherit = ["integration.once", "integration.secured"]
    _description = "Hand Cases Over"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    case_ids = fields.Many2many(
        "integration.case",
        "integration_case_transfer_case_rel",
        string="Cases",
        required=True,
        check_company=True,
        domain="[('state', '!=', 'closed')]",
        default=lambda self: self._default_case_ids(),
    )
    user_id = fields.Many2one(
        "res.users",
        string="New Case Worker",
        required=True,
        domain=lambda self: self.env["integration.case"]._fields["user_id"].domain(self),
    )
    other_case_ids = fields.Many2many("integration.case", compute="_compute_other_case_ids")
    also_case_ids = fields.Many2many(
        "integration.case",
        "integration_case_transfer_also_rel",
        string="Hand Over as Well",
        check_company=True,
        domain="[('id', 'in', other_case_ids)]",
    )
    missing_numbers = fields.Char(
        string="Without Consent to the Transfer", compute="_compute_missing_numbers"
    )
    reason = fields.Char(
        help="e.g. worker has left or is ill for long; nothing about the client. Lead and data "
        "protection see it beside the entry."
    )

    @api.model
    def _default_case_ids(self):
        """Return the cases marked in the list the dialog was opened from."""
        if self.env.context.get("active_model") != "integration.case":
            return False
        return [Command.set(self.env.context.get("active_ids", []))]

    @api.depends("case_ids", "user_id")
    def _compute_other_case_ids(self):
        """Offer the other cases of the households that are not with the new worker already."""
        for wizard in self:
            others = wizard.case_ids._of_household()
            wizard.other_case_ids = others.filtered(
                lambda case, user=wizard.user_id: case.user_id != user
            )

    @api.depends("case_ids", "also_case_ids", "user_id")
    def _compute_missing_numbers(self):
        for wizard in self:
            cases = (wizard.case_ids | wizard.also_case_ids)._origin
            missing = cases._clients_not_agreeing(wizard.user_id) if wizard.user_id else cases
            wizard.missing_numbers = ", ".join(
                number for number in missing.mapped("file_number") if wizard.user_id
            )

    @once
    def action_transfer(self):
        """Hand the cases over, those without consent for the reason that is given.

        :raises UserError: a reason is asked for and there is none
        """
        self.ensure_one()
        if not self.env.user.has_group("integration_management.group_lead"):
            raise AccessError(
                self.env._(
                    "Only the team lead can hand a case to another worker. Please ask for it."
                )
            )
        if self.missing_numbers and not says_why(self.reason):
            raise UserError(
                self.env._(
                    "File %s: there is no consent to the transfer. Give the reason in a few "
                    "words; it "
                    "will be checked.",
                    self.missing_numbers,
                )
            )
        self.case_ids._check_of_household(self.also_case_ids - self.case_ids)
        for case in self.case_ids | self.also_case_ids:
            case._transfer(self.user_id, self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
