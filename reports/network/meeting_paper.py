from odoo import api, models


class IntegrationMeetingAgenda(models.AbstractModel):
    """The agenda of a network meeting: when, where, guests and topics (county standard 4)."""

    _name = "report.integration_management.integration_meeting_agenda"
    _inherit = ["integration.paper"]
    _description = "Agenda of a Network Meeting"

    @api.model
    def _get_report_values(self, docids, data=None):
        meetings = self.env["integration.meeting"].browse(docids)
        meetings.check_access("read")
        return {
            "doc_ids": meetings.ids,
            "doc_model": meetings._name,
            "docs": meetings,
            "day": self._day,
            # sudo: res.company - the letter head of the office that invites, for all its guests
            "heads": {meeting: meeting.company_id.sudo() for meeting in meetings},
        }


class IntegrationMeetingMinutes(models.AbstractModel):
    """The minutes of a network meeting: the agenda, what came of it, decisions, who was there."""

    _name = "report.integration_management.integration_meeting_minutes"
    _inherit = ["report.integration_management.integration_meeting_agenda"]
    _description = "Minutes of a Network Meeting"

    @api.model
    def _get_report_values(self, docids, data=None):
        values = super()._get_report_values(docids, data)
        return {
            **values,
            "present": {meeting: self._present(meeting) for meeting in values["docs"]},
        }

    @api.model
    def _present(self, meeting):
        """Return [(employer, names)] of the workers who were there."""
        there = meeting.attendance_ids.filtered("attended")
        return [
            (employer, ", ".join(sorted(rows.mapped("name"))))
            for employer, rows in sorted(there.grouped("employer_name").items())
        ]
