from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import local_today


class IntegrationCase(models.Model):
    """The appointments of a case: the next one, and what becomes of them with the case."""

    _inherit = "integration.case"

    appointment_ids = fields.One2many("integration.appointment", "case_id", string="Appointments")
    next_appointment_id = fields.Many2one(
        "integration.appointment",
        string="Appointment That Comes Next",
        compute="_compute_next_appointment",
    )
    next_appointment = fields.Char(
        compute="_compute_next_appointment", help="Day, time and kind of place, in words."
    )

    @api.depends("appointment_ids.state", "appointment_ids.start")
    def _compute_present(self):
        return super()._compute_present()

    def _sought(self):
        ahead = ("integration.appointment", self._ahead(), "case_id")
        return {**super()._sought(), "appointments": ahead}

    def _ahead(self):
        """Return the domain of what is planned in these cases from today on."""
        ahead = Domain("case_id", "in", self.ids) & Domain("state", "=", "planned")
        return ahead & Domain("date", ">=", local_today(self.env))

    @api.depends("appointment_ids.state", "appointment_ids.start", "appointment_ids.place_kind")
    @api.depends_context("uid")
    def _compute_next_appointment(self):
        found = self.env["integration.appointment"]
        if cases := self._with_any("appointments"):
            found = found.search(cases._ahead(), order="start desc, id desc")
        # Last written wins: the earliest of each case
        first = {appointment.case_id.id: appointment for appointment in found}
        places = dict(found._fields["place_kind"]._description_selection(self.env))
        for case in self:
            appointment = first.get(case._origin.id, found.browse())
            case.next_appointment_id = appointment
            words = [appointment.when, places.get(appointment.place_kind)]
            case.next_appointment = ", ".join(filter(None, words))

    def action_new_appointment(self):
        """Open the dialog that plans an appointment in this case."""
        return self._dialog("integration_appointment_action_new")

    def action_open_appointments(self):
        """List the appointments of this case."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_appointment_action"
        )
        return dict(
            action,
            domain=[("case_id", "=", self.id)],
            context={"default_case_id": self.id, "integration_show_name": True},
        )

    # ------------------------------------------------------------
    # With the course of the case
    # ------------------------------------------------------------

    def _close(self, reason, date_end):
        """Cancel what is planned: nobody comes to an appointment of a closed case."""
        super()._close(reason, date_end)
        self._planned_appointments()._settle("cancelled")

    def _planned_appointments(self):
        """Return, as superuser, the appointments that are planned in these cases."""
        # sudo: integration.appointment - of whomever, also where the consent has ended
        appointments = self.env["integration.appointment"].sudo()
        return appointments.search(
            Domain("case_id", "in", self.ids) & Domain("state", "=", "planned")
        )

    def _pass_on_appointments(self, user):
        """Give what ``user`` has planned in these cases to the workers responsible now."""
        planned = self._planned_appointments().filtered(lambda a: a.user_id == user)
        for appointment in planned:
            responsible = appointment.case_id.user_id
            if responsible != user and responsible.active:
                appointment._as_system().user_id = responsible
