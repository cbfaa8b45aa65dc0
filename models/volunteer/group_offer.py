from odoo import api, fields, models
from odoo.exceptions import UserError


class IntegrationGroupOffer(models.Model):
    """Something open to many, such as a language café or a bicycle course.

    Nobody is registered by name (county standard 3.2.2: no double structures, no file without
    consent): each date says how many came.
    """

    _name = "integration.group.offer"
    _inherit = ["integration.door"]
    _description = "Group Offer"
    _order = "name, id"
    _check_company_auto = True
    _system_fields = frozenset({"company_id"})

    name = fields.Char(string="Offer", required=True, help="No names of clients.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    kind = fields.Selection(
        [
            ("cafe", "Language café, meeting place"),
            ("course", "Course, e.g. riding a bicycle"),
            ("information", "Information for a group"),
            ("sports", "Sports and leisure"),
            ("family", "For families and children"),
            ("other", "Something else"),
        ],
        required=True,
        default="cafe",
    )
    municipality_id = fields.Many2one(
        "integration.municipality", required=True, index=True, ondelete="restrict"
    )
    service_id = fields.Many2one(
        "integration.service",
        string="Together with",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain=[("kind", "!=", "category")],
        help="Club, church, volunteers: an entry of the directory.",
    )
    place = fields.Char()
    note = fields.Text(string="What It Is", help="For whom, when as a rule. No names of clients.")
    date_ids = fields.One2many("integration.group.offer.date", "offer_id", string="Dates")
    held_count = fields.Integer(string="Dates Held", compute="_compute_numbers")
    participant_count = fields.Integer(string="Participants", compute="_compute_numbers")
    date_next = fields.Date(string="Next Date", compute="_compute_numbers")

    @api.depends("date_ids.state", "date_ids.participant_count", "date_ids.date")
    def _compute_numbers(self):
        for offer in self:
            held = offer.date_ids.filtered(lambda day: day.state == "held")
            planned = offer.date_ids.filtered(lambda day: day.state == "planned")
            offer.held_count = len(held)
            offer.participant_count = sum(held.mapped("participant_count"))
            offer.date_next = min(planned.mapped("date"), default=False)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        """Let a slip be deleted, and nothing that was counted."""
        for offer in self:
            if any(day.state == "held" for day in offer.date_ids):
                raise UserError(
                    self.env._(
                        "“%s” has taken place and is counted. Archive it instead.", offer.name
                    )
                )
