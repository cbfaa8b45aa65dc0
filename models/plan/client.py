from odoo import api, fields, models


class IntegrationClient(models.Model):
    """The plans of the family that name a client who is not the one of the case."""

    _inherit = "integration.client"

    family_plan_ids = fields.Many2many(
        "integration.plan",
        "integration_plan_client_rel",
        "client_id",
        "plan_id",
        string="Plans of the Family",
        check_company=True,
        copy=False,
        readonly=True,
    )

    @api.model
    def _system_field_names(self):
        # Who takes part is written in the plan, which is frozen once it is agreed.
        return super()._system_field_names() | {"family_plan_ids"}
