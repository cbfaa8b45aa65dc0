from odoo import fields, models


class IntegrationChannel(models.Model):
    """How a contact came about: shows the way from outreach to office hours (standard 3.1)."""

    _name = "integration.channel"
    _inherit = ["integration.needs.consent"]
    _description = "Contact Channel"
    # Switched over, it would change the figures of all years without a word.
    _fixed_once_used = frozenset({"code", "counts_as_talk"})

    counts_as_talk = fields.Boolean(
        default=True, help="Off for work about a case without the client: no talk in the figures."
    )
    is_outreach = fields.Boolean(
        string="Outreach", help="The worker goes to the client (county standard 3.1)."
    )
