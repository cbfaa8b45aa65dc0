from odoo import api, fields, models
from odoo.exceptions import ValidationError

LEVELS = range(1, 6)
SCALES = [("strength", "Strength"), ("need", "Need")]


class IntegrationRating(models.Model):
    """What a value of the assessment means, in words that the county edits.

    Two workers give the same number only if the same words stand beside it. A county may
    reword a value, but never turn it into another one: past assessments rest on it.
    """

    _name = "integration.rating"
    _inherit = ["integration.master"]
    _description = "Words of a Rating"
    _order = "scale desc, level, sequence, id"
    _fixed_fields = frozenset({"company_id", "scale", "level"})

    name = fields.Char(string="Words")
    scale = fields.Selection(SCALES, required=True, default="strength")
    level = fields.Integer(string="Value", required=True, default=1, aggregator=None)

    _level_in_range = models.Constraint(
        "CHECK(level BETWEEN 1 AND 5)", "A value of the assessment lies between 1 and 5."
    )

    @api.constrains("level")
    def _check_level(self):
        for rating in self:
            if rating.level not in LEVELS:
                raise ValidationError(
                    self.env._("“%s”: a value lies between 1 and 5.", rating.name)
                )

    @api.model
    @api.readonly
    def get_anchors(self):
        """Return {scale: {value: words}} for the screen; the words of one's own employer first."""
        rows = self.search([("company_id", "in", [False, self.env.company.id])])
        anchors = {scale: {} for scale, _label in SCALES}
        for row in rows.sorted(lambda row: not row.company_id):
            # Keys as JSON has them anyway
            anchors[row.scale].setdefault(str(row.level), row.name)
        return anchors
