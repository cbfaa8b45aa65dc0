from odoo import api, fields, models
from odoo.exceptions import ValidationError


class IntegrationRepresented(models.AbstractModel):
    """Base of what a person decides or signs, for a minor her guardian (§ 1629 BGB).

    Who has custody is not ours to know. A client is accepted as guardian from the minor's own
    household only, so that a slip of the mouse lets no stranger sign; anybody else is named.
    """

    _name = "integration.represented"
    _inherit = ["integration.secured"]
    _description = "Decision of a Person or Her Guardian"

    guardian_id = fields.Many2one(
        "integration.client",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('id', 'in', possible_guardian_ids)]",
        help="An adult of the same household, if she is a client herself.",
    )
    guardian_name = fields.Char(help="If the guardian is no client of the same household.")
    possible_guardian_ids = fields.Many2many(
        "integration.client", compute="_compute_possible_guardian_ids", compute_sudo=True
    )
    interpreter = fields.Char(help="Who interpreted, if anybody did.")

    @api.depends("client_id")
    def _compute_possible_guardian_ids(self):
        for record in self:
            # The worker who fills in the form reads the family; data protection reads no clients.
            client = record.client_id.sudo(False)._filtered_access("read")
            record.possible_guardian_ids = client and client._possible_guardians()

    def _guardian(self):
        """Return the name of the person who decides for a minor."""
        return self.guardian_id.name or (self.guardian_name or "").strip()

    def _check_guardian_on(self, day):
        """Refuse a guardian who cannot be one, and none for anyone who was a minor on ``day``."""
        self.ensure_one()
        client = self.client_id
        named = not self.guardian_id and (self.guardian_name or "").strip()
        if self.guardian_id == client or client._is_called(named):
            raise ValidationError(
                self._about_file(self.env._("nobody is her or his own guardian."))
            )
        if self.guardian_id - client._possible_guardians(day):
            raise ValidationError(
                self._about_file(
                    self.env._(
                        "a client is guardian of a minor of the own household only, and of age. "
                        "Enter the "
                        "name of anybody else."
                    )
                )
            )
        if not client._is_minor(day):
            return
        if not (self.guardian_id or named):
            raise ValidationError(
                self._about_file(self.env._("for a minor the guardian who consents must be named."))
            )
        if client._names_a_child(named, day):
            raise ValidationError(
                self._about_file(
                    self.env._(
                        "this is the name of a minor of the household. A guardian is of age."
                    )
                )
            )
