from odoo import api, fields, models


class IrEmbeddedActions(models.Model):
    """A view that somebody pins beside files carries names like a filter, and is kept like one.

    Odoo lets every employee read, change and delete those of everybody.
    """

    _inherit = "ir.embedded.actions"

    integration_company_id = fields.Many2one(
        "res.company",
        string="Employer",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        export_string_translation=False,
        help="Set for views beside files: nobody of another employer sees them.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        kept = [
            {k: v for k, v in vals.items() if k != "integration_company_id"} for vals in vals_list
        ]
        actions = super(
            IrEmbeddedActions, self.with_context(default_integration_company_id=False)
        ).create(kept)
        actions._keep_with_employer()
        return actions

    def write(self, vals):
        vals = {name: v for name, v in vals.items() if name != "integration_company_id"}
        result = super().write(vals)
        if "parent_res_model" in vals:
            self._keep_with_employer()
        return result

    def _keep_with_employer(self):
        """Note the employer of what a person pins beside files; modules bring theirs for all."""
        if self.env.su:
            return
        ours = self.env["ir.rule"]._file_models()
        # sudo: ir.embedded.actions - the user's own; the field is set here alone
        for action in self.sudo():
            if action.parent_res_model in ours and not action.integration_company_id:
                super(IrEmbeddedActions, action).write(  # pylint: disable=super-method-mismatch
                    {"integration_company_id": self.env.company.id}
                )
