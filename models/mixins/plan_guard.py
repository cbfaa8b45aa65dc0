from odoo import api, models
from odoo.exceptions import UserError

# Only code that holds this very object moves a plan through its states: a context sent
# over RPC can carry the key, but never the object.
PLAN_FLOW = object()


class IntegrationPlanGuard(models.AbstractModel):
    """Base of the plan's models: nobody hands in what a record knows by itself.

    The ORM accepts values for stored computed fields, from ``vals`` and from ``default_*``
    in the context. A forged client or plan would pass the consent gate of somebody else,
    a forged day or municipality would change the official figures.
    """

    _name = "integration.plan.guard"
    _inherit = ["integration.gated"]
    _description = "Guarded Part of the Integration Plan"

    # Stored fields that only our own methods set, besides the computed ones
    _flow_fields = frozenset()
    # Where a record belongs, once and for all
    _parent_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        if self._in_flow():
            return super().create(vals_list)
        own = self._own_fields()
        for vals in vals_list:
            self._refuse_own(own & vals.keys())
        forged = {f"default_{name}" for name in own}
        context = {key: val for key, val in self.env.context.items() if key not in forged}
        clean = self.with_env(self.env(context=context))
        return super(IntegrationPlanGuard, clean).create(vals_list).with_env(self.env)

    def write(self, vals):
        if not self._in_flow():
            moved = {
                name
                for name in self._parent_fields & vals.keys()
                if any(record[name].id != vals[name] for record in self)
            }
            self._refuse_own(self._own_fields() & vals.keys() | moved)
        return super().write(vals)

    def _in_flow(self):
        """Return whether our own code is at work, and not a user's request."""
        return self.env.su or self.env.context.get("integration_plan_flow") is PLAN_FLOW

    def _with_flow(self):
        return self.with_context(integration_plan_flow=PLAN_FLOW)

    @api.model
    def _own_fields(self):
        """Return the names of the stored fields that are never taken from a request."""
        return self._derived_fields() | self._flow_fields

    @api.model
    def _refuse_derived(self, vals_list):  # pylint: disable=missing-return
        if not self._in_flow():
            super()._refuse_derived(vals_list)

    @api.model
    def _refuse_own(self, names):
        if names:
            raise UserError(
                self.env._(
                    "Not to be set by hand: %s. Use the buttons of the plan.",
                    ", ".join(sorted(self._fields[name].string for name in names)),
                )
            )
