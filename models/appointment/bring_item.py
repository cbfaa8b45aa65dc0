from odoo import models


class IntegrationBringItem(models.Model):
    """Something that clients are often asked to bring to an appointment.

    Its code leads to the wording on the slip: ``bring.<code>`` in each language.
    """

    _name = "integration.bring.item"
    _inherit = ["integration.master"]
    _description = "What to Bring"
