from odoo import api, fields, models
from odoo.exceptions import ValidationError

MOST_DAYS = 3653


class IntegrationDocumentKind(models.Model):
    """A kind of paper that clients bring: passport, tenancy contract, decision of an authority.

    Some say something about health by their name alone; they need that consent (Art. 9 GDPR).
    """

    _name = "integration.document.kind"
    _inherit = ["integration.needs.consent"]
    _description = "Kind of Paper"

    copy_days = fields.Integer(
        string="Copy Is Kept (Days)",
        aggregator=None,
        help="The day of deletion that is proposed, so many days after a copy is made. 0: none is "
        "proposed, for as a rule it is enough to have seen such papers.",
    )
    hint = fields.Text(
        string="Before a Copy Is Made",
        translate=True,
        help="Shown to the worker who chooses the kind.",
    )

    _copy_days_in_range = models.Constraint(
        "CHECK(copy_days BETWEEN 0 AND 3653)", "A copy is kept for ten years at most (3653 days)."
    )

    @api.constrains("copy_days")
    def _check_copy_days(self):
        for kind in self:
            if not 0 <= kind.copy_days <= MOST_DAYS:
                raise ValidationError(
                    self.env._(
                        "“%(kind)s”: a copy is kept for %(most)s days at most; 0 proposes no day.",
                        kind=kind.name,
                        most=MOST_DAYS,
                    )
                )
