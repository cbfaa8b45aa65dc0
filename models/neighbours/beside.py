from lxml import etree

from odoo import api, models

from .appointment import following

# What of an event moves the appointment whose entry it is
MOVING = {"start", "stop", "start_date", "stop_date", "allday", "duration", "active"}


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


def write(cls):
    """An entry that is moved or archived takes its appointment along."""

    def write(self, vals):
        moving = not following(self.env) and isinstance(vals, dict) and MOVING & vals.keys()
        behind = self.env["integration.appointment"]._behind(self) if moving else {}
        result = super(cls, self).write(vals)
        for event, appointment in behind.items():
            appointment._follow_entry(event)
        return result

    return write


def unlink(cls):
    """An entry that is deleted cancels its appointment."""

    def unlink(self):
        behind = {} if following(self.env) else self.env["integration.appointment"]._behind(self)
        result = super(cls, self).unlink()
        for appointment in behind.values():
            appointment._settle("cancelled")
        return result

    return unlink


def _get_view(cls):
    """The form of an entry offers to document the contact."""

    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super(cls, self)._get_view(view_id, view_type, **options)
        sheet = arch.find(".//sheet") if view_type == "form" else None
        if sheet is not None:
            button = {
                "name": "action_integration_contact",
                "type": "object",
                "string": self.env._("New Contact"),
                "class": "btn btn-primary mb-2",
                "invisible": "not id or res_model != 'integration.case'",
                "groups": "integration_management.group_caseworker",
            }
            sheet.insert(0, etree.Element("button", button))
            sheet.insert(0, etree.Element("field", {"name": "res_model", "invisible": "1"}))
        return arch, view

    return _get_view


METHODS = {
    "calendar.event": [_skip_send_mail_status_update, write, unlink, _get_view],
    "mail.activity": [action_create_calendar_event],
}


class IntegrationBeside(models.AbstractModel):
    """What the calendar does before it comes to what all models have in common."""

    _inherit = "integration.beside"

    @api.model
    def _methods_beside(self):
        return {**super()._methods_beside(), **METHODS}
