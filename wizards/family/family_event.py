from odoo import api, fields, models
from odoo.exceptions import UserError


class IntegrationFamilyEvent(models.AbstractModel):
    """Base of the dialogs about what happens in a family, begun at a case or at a person.

    They know the family already, so that nothing is typed twice, and say by file numbers what
    they have done.
    """

    _name = "integration.family.event"
    _inherit = ["integration.once", "integration.secured"]
    _description = "Event in a Family"
    _check_company_auto = True

    case_id = fields.Many2one("integration.case", readonly=True, check_company=True)
    client_id = fields.Many2one(
        "integration.client",
        string="Person",
        check_company=True,
        domain="[('id', 'in', member_ids)]",
    )
    company_id = fields.Many2one("res.company", compute="_compute_family", string="Employer")
    household_id = fields.Many2one("integration.household", compute="_compute_family")
    member_ids = fields.Many2many(
        "integration.client",
        compute="_compute_family",
        string="Family",
        help="Who lives in the household or is accompanied in the case, as far as readable.",
    )

    @api.depends("case_id", "client_id")
    def _compute_family(self):
        for dialog in self:
            case, client = dialog.case_id, dialog.client_id
            home = case.household_id if case else client.household_id
            own = case.client_id or client
            living = home.current_client_ids | case.person_ids | own
            dialog.household_id = home
            dialog.company_id = own.company_id or self.env.company
            dialog.member_ids = living._filtered_access("read").filtered(lambda c: not c.date_death)

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        case = self.env["integration.case"].browse(defaults.get("case_id") or [])
        if "client_id" in fields and not defaults.get("client_id") and self._about_client(case):
            defaults["client_id"] = case.client_id.id
        return defaults

    @api.model
    def _about_client(self, case):
        """Return whether the dialog begins with the client of the case as the person."""
        return bool(case)

    def _person(self):
        """Return the person the dialog is about.

        :raises UserError: nobody is chosen, or somebody who does not belong to the family
        """
        self.ensure_one()
        self.client_id.check_access("write")
        if not self.client_id:
            raise UserError(self.env._("Choose the person."))
        return self.client_id

    def _open_case(self):
        """Return the case in which the family is accompanied and the user works, if any."""
        case = self.case_id or self.client_id._current_case()
        case = case._filtered_in_my_files()
        return case.filtered(lambda c: c.state != "closed")

    def _told(self, title, *lines):
        """Return the answer of a dialog: what it did, by file numbers, and close it."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": title,
                "message": " ".join(filter(None, lines)),
                "type": "success",
                "sticky": True,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.model
    def _numbers(self, records):
        # sudo: integration.client, integration.case - the neutral numbers of those at hand
        return ", ".join(sorted(set(records.sudo().mapped("file_number"))))
