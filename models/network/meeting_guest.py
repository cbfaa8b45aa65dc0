from odoo import fields, models


class IntegrationMeetingGuest(models.Model):
    """Somebody of another body who speaks on a subject (county standard 4)."""

    _name = "integration.meeting.guest"
    _inherit = ["integration.meeting.part"]
    _description = "Guest of a Network Meeting"
    _order = "meeting_id, id"
    _nameless_fields = frozenset({"name", "organisation", "subject", "remark"})

    name = fields.Char(string="Guest", required=True)
    organisation = fields.Char(string="Body", help="Job centre, foreigners' office, advice centre.")
    subject = fields.Char(string="Speaks on")
    remark = fields.Text(
        string="Remarks",
        help="All workers of the county read it: no names and no file numbers of clients.",
    )
