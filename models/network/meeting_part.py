from odoo import api, fields, models
from odoo.exceptions import UserError

from .meeting import COUNTY, OVER


class IntegrationMeetingPart(models.AbstractModel):
    """What belongs to a network meeting, is read with it, and is kept by the coordination."""

    _name = "integration.meeting.part"
    _inherit = ["integration.nameless"]
    _description = "Part of a Network Meeting"
    _system_fields = frozenset({"company_id"})
    _fixed_fields = frozenset({"meeting_id"})

    meeting_id = fields.Many2one(
        "integration.meeting", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="meeting_id.company_id",
        string="County Office",
        store=True,
        precompute=True,
        index=True,
    )
    can_write = fields.Boolean(compute="_compute_can_write", export_string_translation=False)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_write(self):
        writable = self._origin._filtered_access("write") if self._origin.ids else self
        for part in self:
            mine = not part._origin or part._origin in writable
            part.can_write = mine and part.meeting_id.state not in OVER

    def _by_coordination(self):
        """Return whether the coordination of that county, or our own code, is at work."""
        user = self.env.user
        # sudo: integration.meeting - whose meeting it is; who may not read it writes nothing of it
        offices = self.sudo().meeting_id.company_id
        return self._is_trusted() or (user.has_group(COUNTY) and offices <= user.company_ids)

    def _created(self):
        super()._created()
        for part in self:
            meeting = part.meeting_id
            if meeting.state in OVER and not self._is_system():
                raise UserError(meeting._locked_message(frozenset()))

    def _locked_fields(self):
        locked = super()._locked_fields()
        return locked | frozenset(self._fields) if self.meeting_id.state in OVER else locked

    def _locked_message(self, names):
        return self.meeting_id._locked_message(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_over(self):
        for part in self:
            if part.meeting_id.state in OVER:
                raise UserError(part.meeting_id._locked_message(frozenset()))
