from odoo import fields, models

from ..access.logged import LISTED

LISTED["integration.appointment"] |= {"warning_until"}


class IntegrationAppointment(models.Model):
    """Who is met, and what is to be known before (county standard 3.2.3)."""

    _inherit = "integration.appointment"

    safety_warning = fields.Text(related="case_id.safety_warning", related_sudo=False)
    # For lists and cards: that there is something to be read, which opens no file
    warning_until = fields.Date(related="case_id.warning_until", related_sudo=False)
