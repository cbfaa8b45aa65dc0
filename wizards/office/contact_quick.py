from odoo import api, fields, models


class IntegrationContactQuick(models.TransientModel):
    """A talk with somebody on the list of office hours: the list follows in the same save."""

    _inherit = "integration.contact.quick"

    session_id = fields.Many2one(
        "integration.office.session", string="Office Hours", readonly=True, check_company=True
    )
    visitor_id = fields.Many2one("integration.office.visitor", readonly=True, check_company=True)

    @api.depends("case_id", "date")
    def _compute_municipality_id(self):
        """Stay where the office hours are, whoever's case it is."""
        at_session = self.filtered("session_id")
        for wizard in at_session:
            wizard.municipality_id = wizard.session_id.municipality_id
        return super(IntegrationContactQuick, self - at_session)._compute_municipality_id()

    def _contact_vals(self):
        vals = super()._contact_vals()
        # Another day, or one who was away: the contact is none of these office hours.
        if self.session_id and self.session_id.date == self.date:
            vals["session_id"] = self.session_id._origin.id
        return vals

    def _create_contact(self):
        """Tick the visitor off, together with the contact."""
        visitor = self.visitor_id.filtered(lambda v: v.session_id == self.session_id)
        if visitor:
            visitor._turn("waiting", "with_me")
        contact = super()._create_contact()
        if visitor:
            visitor._settle("done" if contact.is_talk else "left", contact)
        return contact
