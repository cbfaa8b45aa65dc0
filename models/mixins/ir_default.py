from odoo import api, models

from ...tools import WITHOUT_DEFAULTS


class IrDefault(models.Model):
    """A default that somebody keeps for herself fills in what she may enter, and nothing else.

    Everybody may keep one for any field of any model, and Odoo takes it wherever a new record
    says nothing: also for what only our own methods set, and for what they create as superuser.
    """

    _inherit = "ir.default"

    @api.model
    def _get_model_defaults(self, model_name, condition=False):
        defaults = super()._get_model_defaults(model_name, condition)
        if not defaults:
            return defaults
        model = self.env[model_name]
        never = getattr(model, "_never_default_fields", frozenset)()
        ours = isinstance(model, self.env.registry["integration.door"])
        nothing = self.env.context.get(WITHOUT_DEFAULTS) or (self.env.su and ours)
        return {
            name: value
            for name, value in defaults.items()
            # The value of a field per company lies here in truth.
            if model._fields[name].company_dependent or not (nothing or name in never)
        }
