from odoo import api, models


def _skip_send_mail_status_update(cls):
    """No invitation, change or reminder of an appointment of a file is mailed to anybody."""

    def _skip_send_mail_status_update(self):
        return bool(self._tied_files()) or super(cls, self)._skip_send_mail_status_update()

    return _skip_send_mail_status_update


def action_create_calendar_event(cls):
    """The dialog knows from the start in which file the appointment will lie."""

    def action_create_calendar_event(self):
        action = super(cls, self).action_create_calendar_event()
        file = self.env["ir.rule"]._file_behind(self.res_model, self.res_id)
        if file:
            model, id_ = file
            action["context"] = {
                **action["context"],
                "default_res_model": model,
                "default_res_id": id_,
                "default_privacy": "private",
            }
        return action

    return action_create_calendar_event


METHODS = {
    "calendar.event": [_skip_send_mail_status_update],
    "mail.activity": [action_create_calendar_event],
}


class IntegrationBeside(models.AbstractModel):
    """What the calendar does before it comes to what all models have in common."""

    _inherit = "integration.beside"

    @api.model
    def _methods_beside(self):
        return {**super()._methods_beside(), **METHODS}
