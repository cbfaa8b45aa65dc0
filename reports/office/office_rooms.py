from odoo import api, models


class IntegrationOfficeRooms(models.AbstractModel):
    """Which municipalities provide no fit room for office hours (county standard 3.3)."""

    _name = "report.integration_management.integration_office_rooms"
    _inherit = ["integration.paper"]
    _description = "Rooms for Office Hours by Municipality"

    @api.model
    def _get_report_values(self, docids, data=None):
        self.env["integration.office.room"].check_access("read")
        municipalities = self.env["integration.municipality"].browse(docids)
        municipalities.check_access("read")
        states = municipalities._fields["office_room_state"]._description_selection(self.env)
        return {
            "doc_ids": municipalities.ids,
            "doc_model": municipalities._name,
            "docs": municipalities,
            "company": self.env.company,
            "states": dict(states),
            "counts": [
                (label, len(municipalities.filtered(lambda m, s=state: m.office_room_state == s)))
                for state, label in states
            ],
        }
