from odoo import api, fields, models
from odoo.fields import Command

from ...models.appointment.appointment import PLACES, USUAL_MINUTES
from ...tools import without_defaults


class IntegrationContactQuick(models.TransientModel):
    """The appointment that the contact was, and the next one, in the same save."""

    _inherit = "integration.contact.quick"

    appointment_id = fields.Many2one("integration.appointment", readonly=True, check_company=True)
    date_next = fields.Date(string="Next Appointment")
    time_next = fields.Float(string="At", help="Empty as long as the time is still open.")
    duration_next = fields.Integer(string="Minutes Planned", default=USUAL_MINUTES)
    place_kind_next = fields.Selection(PLACES, string="Where", default="office")
    place_next = fields.Char(string="Place")
    may_say_place = fields.Boolean(
        compute="_compute_may_say_place", export_string_translation=False
    )
    collisions_next = fields.Text(compute="_compute_collisions_next", string="At the Same Time")

    @api.depends("case_id")
    def _compute_may_say_place(self):
        for wizard in self:
            wizard.may_say_place = wizard.case_id.consent_state == "given"

    @api.depends("case_id", "date_next", "time_next", "duration_next")
    def _compute_collisions_next(self):
        for wizard in self:
            wizard.collisions_next = wizard._next().collisions if wizard.case_id else False

    def _next(self):
        """Return the next appointment as it would be saved, not saved yet."""
        return self.env["integration.appointment"].new(self._next_vals())

    def _next_vals(self):
        return {
            "case_id": self.case_id._origin.id,
            "date": self.date_next,
            "time": self.time_next,
            "duration": self.duration_next,
            "place_kind": self.place_kind_next or "office",
            "place": self.place_next,
            "user_id": self.env.uid,
        }

    def _create_contact(self):
        """Plan the next appointment and settle this one, together with the contact."""
        contact = super()._create_contact()
        if self.appointment_id and self.appointment_id.case_id == self.case_id:
            self.appointment_id._document(contact)
        if self.date_next and self.case_id:
            vals = self._next_vals()
            if self.client_ids:
                family = self.case_id.client_id | self.case_id.member_ids
                vals["client_ids"] = [Command.set((self.client_ids._origin & family).ids)]
            without_defaults(self.env["integration.appointment"]).create(vals)
        return contact
