from odoo import api, fields, models

from ...figures.registry import RULE_SELECTION, UNIT_SELECTION
from ...figures.request import PROFILE_SELECTION
from ...tools import keep_local_changes

# What a county may change: how it is called, where it stands, whether it is shown.
# Definition, unit and rule belong together: another definition would be printed falsely.
COUNTY_FIELDS = {"name", "short_name", "sequence", "level", "active"}


class IntegrationIndicator(models.Model):
    """What the official figures count, and by which definition.

    The definition is printed in every report. Which line of the state's template an
    indicator belongs to is for the county to confirm: hence name, order and visibility
    are data. The rule is code (figures/registry.py).
    """

    _name = "integration.indicator"
    _inherit = ["integration.door"]
    _description = "Indicator"
    _order = "sequence, id"

    code = fields.Char(required=True, help="Fixed: submitted figures are compared by it.")
    name = fields.Char(required=True, translate=True)
    short_name = fields.Char(translate=True, help="Column title below the unit's title.")
    definition = fields.Text(required=True, translate=True)
    unit = fields.Selection(UNIT_SELECTION, required=True)
    rule = fields.Selection(RULE_SELECTION, required=True)
    profile = fields.Selection(
        PROFILE_SELECTION,
        required=True, default="state",
        help="State figures are exact counts of the work without personal traits. Local"
        " monitoring counts persons by trait, what has changed by how it went on with them; both"
        " hide small numbers.",
    )  # fmt: skip
    level = fields.Integer(help="1 for a part of the figure above it (“of which”).")
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True, help="Switch off to leave it out of new reports.")

    _code_uniq = models.Constraint("UNIQUE(code)", "An indicator with this code exists already.")

    def _has_field_access(self, field, operation):
        """Close everything but words, order and visibility, to forms and RPC alike."""
        if operation == "write" and not self.env.su and field.name not in COUNTY_FIELDS:
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _keep_local_changes(self):
        """Let an update of the module leave what a county renamed; called by a data file."""
        keep_local_changes(self.env, [self._name])
