from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..mixins.references import proper_vals
from .base import APPOINTMENT

# What says where an activity and its appointment lie
PLACE = {"calendar_event_id", "res_model", "res_model_id", "res_id"}


class MailActivity(models.Model):
    """An activity and its appointment share their words, so they lie in the same file.

    Odoo copies title and description from the one into the other, at first and with each change.
    """

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._keep_with_appointments()
        return activities

    def write(self, vals):
        result = super().write(vals)
        if any(not PLACE.isdisjoint(values) for values in proper_vals(vals)):
            self._keep_with_appointments()
        return result

    def _keep_with_appointments(self):
        """Tie the appointment of what is planned in a file to that file.

        :raises UserError: they lie in different files, or the words would leave one
        """
        if APPOINTMENT not in self.env:
            return
        rules = self.env["ir.rule"]
        # sudo: mail.activity - where it and its appointment lie, no matter who plans
        for activity in self.sudo().filtered("calendar_event_id"):
            event = activity.calendar_event_id
            planned = rules._file_behind(activity.res_model, activity.res_id)
            tied = rules._file_behind(APPOINTMENT, event.id)
            if planned and not tied:
                event.sudo(self.env.su)._tie_to_file(*planned)
            elif planned != tied:
                raise UserError(event._words_of_planned())

    @api.model
    def _in_my_files_domain(self):
        """Leave out what is planned for an appointment of a closed file as well."""
        domain = super()._in_my_files_domain()
        if APPOINTMENT not in self.env:
            return domain
        rules = self.env["ir.rule"]
        closed = rules._closed_appointments()
        at_none = Domain("res_model", "!=", APPOINTMENT) | Domain("res_id", "not in", closed)
        # What is planned in a file itself is read by the wall of the file.
        planned = Domain("res_model", "in", rules._file_models())
        return domain & at_none & (planned | Domain("calendar_event_id", "not in", closed))
