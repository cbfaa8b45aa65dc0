from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.mixins.once import once

APPOINTMENT = "integration.appointment"


class IntegrationLetterWrite(models.TransientModel):
    """Choose a template and whom the letter goes to; the text then is ready to be edited."""

    _name = "integration.letter.write"
    _inherit = ["integration.once", "integration.secured"]
    _description = "Write a Letter"
    _check_company_auto = True

    case_id = fields.Many2one(
        "integration.case", required=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="case_id.company_id")
    family_ids = fields.Many2many("integration.client", compute="_compute_family_ids")
    client_id = fields.Many2one(
        "integration.client",
        string="Concerns",
        compute="_compute_client_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        check_company=True,
        domain="[('id', 'in', family_ids)]",
    )
    template_id = fields.Many2one(
        "integration.letter.template",
        required=True,
        check_company=True,
        default=lambda self: self.env["integration.letter.template"].search([], limit=1),
    )
    addressed_to = fields.Selection(related="template_id.addressed_to")
    asks_appointment = fields.Boolean(related="template_id.asks_appointment")
    service_id = fields.Many2one(
        "integration.service",
        string="To Whom",
        check_company=True,
        domain=[("kind", "!=", "category")],
    )
    recipient_name = fields.Char(
        string="Or in Words", help="Body or person, if the directory does not list it."
    )
    offered_language_ids = fields.Many2many(
        "integration.language", compute="_compute_offered_language_ids"
    )
    language_id = fields.Many2one(
        "integration.language",
        string="Language Below",
        compute="_compute_language_id",
        store=True,
        readonly=False,
        check_company=True,
        domain="[('id', 'in', offered_language_ids)]",
        help="German: the same in plain language.",
    )
    date_appointment = fields.Date(
        string="Day of the Appointment", compute="_compute_appointment", store=True, readonly=False
    )
    time_appointment = fields.Float(
        string="Time", compute="_compute_appointment", store=True, readonly=False
    )
    place_appointment = fields.Char(
        string="Place", compute="_compute_place_appointment", store=True, readonly=False
    )

    @api.depends("case_id")
    def _compute_display_name(self):
        for dialog in self:
            dialog.display_name = dialog.case_id.display_name

    @api.depends("case_id")
    def _compute_family_ids(self):
        for dialog in self:
            dialog.family_ids = dialog.case_id.client_id | dialog.case_id.member_ids

    @api.depends("case_id")
    def _compute_client_id(self):
        for dialog in self:
            dialog.client_id = dialog.client_id or dialog.case_id.client_id

    @api.depends("template_id")
    def _compute_offered_language_ids(self):
        for dialog in self:
            dialog.offered_language_ids = dialog.template_id.line_ids.language_id

    @api.depends("template_id", "client_id")
    def _compute_language_id(self):
        """Propose the client's own language where the template has words in it."""
        for dialog in self:
            # What goes to an authority is German alone.
            own = dialog.client_id.language_ids if dialog.addressed_to == "client" else []
            template = dialog.template_id
            dialog.language_id = template._line_for(own).language_id if template else False

    def _planned(self):
        """Return the next appointment of the case, where the letter names one."""
        return self.case_id.next_appointment_id if self.asks_appointment else self.env[APPOINTMENT]

    @api.depends("case_id", "template_id")
    def _compute_appointment(self):
        for dialog in self:
            planned = dialog._planned()
            if not dialog.date_appointment and planned:
                dialog.date_appointment = planned.date
                dialog.time_appointment = planned.time
            else:
                dialog.date_appointment = dialog.date_appointment
                dialog.time_appointment = dialog.time_appointment

    # By itself: whoever writes another day does not empty the place.
    @api.depends("case_id", "template_id")
    def _compute_place_appointment(self):
        """Propose the place of the appointment, else the office."""
        letters = self.env["integration.letter"]
        for dialog in self:
            words = letters._employer_words(dialog.company_id)
            office = ", ".join([words["name"] or "", *words["address"]])
            chosen = dialog.place_appointment if dialog.place_appointment != office else ""
            dialog.place_appointment = chosen or dialog._planned().place or office

    @once
    def action_write(self):
        """Write the letter, and open it to be read through and changed."""
        self.ensure_one()
        if not self.case_id.client_id:
            raise UserError(self.env._("Choose the case the letter belongs to."))
        letters = self.env["integration.letter"]
        letter = letters.create(
            letters._vals_from(
                self.template_id,
                self.case_id,
                self.client_id or self.case_id.client_id,
                self.language_id,
                self._recipient(),
                self._appointment() if self.asks_appointment else None,
            )
        )
        action = letter._get_records_action(name=self.env._("Letter"))
        return dict(action, context={"integration_show_name": True})

    def _recipient(self):
        if self.service_id:
            return {"service_id": self.service_id.id}
        return {"recipient_name": self.recipient_name} if self.recipient_name else {}

    def _appointment(self):
        minutes = round(self.time_appointment * 60)
        return {
            "day": self.date_appointment,
            "time": f"{minutes // 60:02}:{minutes % 60:02}" if minutes else "",
            "place": self.place_appointment,
        }
