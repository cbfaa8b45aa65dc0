from odoo import api, fields, models
from odoo.exceptions import UserError


class IntegrationMasterGuard(models.AbstractModel):
    """Base of rows that others refer to: what is in use is archived or ended, never deleted.

    A deleted topic or municipality would silently change past figures, and the
    database would not even stop it where the reference is a many2many.
    """

    _name = "integration.master.guard"
    _inherit = ["integration.door"]
    _description = "Row in Use"

    can_edit = fields.Boolean(compute="_compute_can_edit", export_string_translation=False)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_edit(self):
        """Tell the views whether the user may change the row, so that no typing is lost."""
        editable = self._origin._filtered_access("write")
        for row in self:
            row.can_edit = not row._origin or row._origin in editable

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self._filtered_used()
        if used:
            raise UserError(
                self.env._(
                    "Already in use and therefore not deletable: %s. Archive or end it instead.",
                    ", ".join(used.mapped("display_name")),
                )
            )

    def _filtered_used(self):
        """Return those rows that any stored relation of any model points to."""
        referring = [
            # sudo: any - only whether a row is used at all, no matter who may see by what
            (self.env[model_name].sudo().with_context(active_test=False), field_name)
            for model_name, field_name in self._referring_fields()
        ]
        # One existence check each: counting would read millions of talks for one channel.
        return self.filtered(
            lambda row: any(
                model.search_count([(field_name, "in", row.ids)], limit=1)
                for model, field_name in referring
            )
        )

    @api.model
    def _referring_fields(self):
        """Return the (model, field) pairs of all stored relations to this model."""
        return [
            (model_name, field.name)
            for model_name, model in self.env.registry.items()
            if not model._abstract and not model._transient and model._auto
            for field in model._fields.values()
            if field.type in ("many2one", "many2many")
            and field.store
            and field.comodel_name == self._name
        ]
