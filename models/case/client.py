from odoo import api, fields, models
from odoo.exceptions import ValidationError


class IntegrationClient(models.Model):
    """The cases of a client, and the family's case in which she is accompanied."""

    _inherit = "integration.client"

    case_ids = fields.One2many("integration.case", "client_id", string="Cases")
    family_case_id = fields.Many2one(
        "integration.case",
        string="Accompanied in Case",
        index="btree_not_null",
        check_company=True,
        readonly=True,
        copy=False,
        help="The case of the family in which a member without an own case is accompanied.",
    )

    @api.constrains("family_case_id")
    def _check_family_case(self):
        for client in self:
            # sudo: integration.case - state and client alone, also of a colleague's case
            family, own = client.family_case_id.sudo(), client.sudo().case_ids
            if not family:
                continue
            if family in own or family.state == "closed":
                raise ValidationError(
                    client._about_file(
                        self.env._("choose an open case of a relative, or none, as the family's.")
                    )
                )
            if any(case.state != "closed" for case in own):
                raise ValidationError(
                    client._about_file(
                        self.env._(
                            "the client has an open case and is not accompanied in another one."
                        )
                    )
                )

    def action_open_case(self):
        """Open the current case of the client, or the family's case that covers her."""
        self.ensure_one()
        case = self._current_case() or self.case_ids[:1] or self.family_case_id
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_case_action"
        )
        return dict(action, res_id=case.id, views=[(False, "form")], view_mode="form")

    def _current_case(self):
        """Return the client's own open or paused case, else the family's that covers her.

        A member stays tied to the family's case when it is closed; it is nobody's current one.
        """
        self.ensure_one()
        own = self.case_ids.filtered(lambda case: case.state != "closed")
        # sudo: integration.case - the state alone, also of a colleague's case
        return own[:1] or self.family_case_id.filtered(lambda case: case.sudo().state != "closed")
