from odoo import models


class IrEmbeddedActions(models.Model):
    """A view that somebody pins beside files carries names like a filter, and is kept like one."""

    _name = "ir.embedded.actions"
    _inherit = ["ir.embedded.actions", "integration.employers.own"]

    _kept_by = frozenset({"parent_res_model"})

    def _values_kept(self, env):
        """Note the employer; modules bring theirs for all."""
        if env.su or self.integration_company_id:
            return {}
        ours = self.parent_res_model in self.env["ir.rule"]._file_models()
        return {"integration_company_id": env.company.id} if ours else {}
