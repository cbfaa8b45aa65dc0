from odoo import fields, models


class IntegrationClient(models.Model):
    """Papers of a person, in whichever case they were seen."""

    _inherit = "integration.client"

    document_ids = fields.One2many("integration.document", "client_id", string="Papers")

    def action_open_documents(self):
        """List the papers of this person."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_document_action"
        )
        case = self._current_case()
        context = {"default_client_id": self.id, "integration_show_name": True}
        if case:
            context["default_case_id"] = case.id
        return dict(action, domain=[("client_id", "=", self.id)], context=context)
