from odoo import api, fields, models


class IntegrationCase(models.Model):
    """Papers and letters of a case."""

    _inherit = "integration.case"

    document_ids = fields.One2many("integration.document", "case_id", string="Papers")
    letter_ids = fields.One2many("integration.letter", "case_id", string="Letters")
    document_count = fields.Integer(compute="_compute_counts", string="Papers in the Case")

    @api.depends("document_ids")
    def _compute_present(self):
        return super()._compute_present()

    @api.model
    def _counted(self):
        return {**super()._counted(), "document_count": "integration.document"}

    def action_open_documents(self):
        """List the papers of this case."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_document_action"
        )
        context = {"default_case_id": self.id, "integration_show_name": True}
        return dict(action, domain=[("case_id", "=", self.id)], context=context)

    def action_write_letter(self):
        """Write a letter from this case: the templates open at once."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_letter_write_action"
        )
        context = {"default_case_id": self.id, "integration_show_name": True}
        return dict(action, context=context)
