from odoo import api, models


class IntegrationAppointmentSlip(models.AbstractModel):
    """The slip a client takes along: when, where, what to bring, whom to call.

    One for each language that those who come speak; it names nobody but the worker.
    """

    _name = "report.integration_management.integration_appointment_slip"
    _inherit = ["integration.paper"]
    _description = "Slip for an Appointment"

    @api.model
    def _get_report_values(self, docids, data=None):
        appointments = self._opened("integration.appointment", docids)
        return {
            "doc_ids": appointments.ids,
            "doc_model": appointments._name,
            "docs": appointments,
            "day": self._day,
            "slips": [
                self._slip(appointment, language)
                for appointment in appointments
                for language in self._languages_of(appointment)
            ],
        }

    @api.model
    def _languages_of(self, appointment):
        clients = appointment.client_ids or appointment.case_id.client_id
        languages = self.env["integration.language"]
        return languages.union(*(appointment._language(client) for client in clients))

    @api.model
    def _slip(self, appointment, language):
        columns = self._columns(language)
        for column in columns:
            column["told"] = appointment._told_in(column["language"])
        clients = appointment.client_ids or appointment.case_id.client_id
        return {
            "appointment": appointment,
            "company": appointment.company_id,
            "columns": columns,
            "worker": [line for line in appointment._worker_lines() if line],
            # Somebody whose own language there is no slip in
            "hint": any(
                client.language_ids and appointment._language(client) not in client.language_ids
                for client in clients
            ),
        }
