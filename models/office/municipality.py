from odoo import api, fields, models
from odoo.fields import Domain

STATES = [("missing", "No Room of the Municipality"), ("unfit", "Room Unfit"), ("fit", "Fit")]


class IntegrationMunicipality(models.Model):
    """Whether a municipality provides a room for office hours, as the county standard asks (3.3).

    Read by the rules of the rooms: an employer sees its own, the county those of all employers.
    """

    _inherit = "integration.municipality"

    office_room_ids = fields.Many2many(
        "integration.office.room", compute="_compute_office_rooms", string="Rooms for Office Hours"
    )
    office_room_state = fields.Selection(
        STATES,
        compute="_compute_office_rooms",
        search="_search_office_room_state",
        string="Room for Office Hours",
    )
    office_room_words = fields.Char(compute="_compute_office_rooms", string="What Is Missing")

    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_office_rooms(self):
        rooms = self.env["integration.office.room"]
        found = rooms
        if rooms.has_access("read"):
            found = rooms.search(Domain("municipality_id", "in", self.ids))
        for municipality in self:
            here = found.filtered(lambda r, m=municipality: r.municipality_id == m._origin)
            municipality.office_room_ids = here
            municipality.office_room_state = here._standard_state()
            municipality.office_room_words = municipality._room_words(here)

    def _room_words(self, rooms):
        if not rooms:
            return self.env._("no room is entered")
        if rooms._standard_state() == "fit":
            return ""
        return "; ".join(f"{room.name}: {room.lacks}" for room in rooms if room.lacks)

    def _search_office_room_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        rooms = self.env["integration.office.room"]
        if not rooms.has_access("read"):
            return Domain("id", "=", 0) if "missing" not in value else Domain.TRUE
        given = rooms.search([("provider", "=", "municipality")])
        fit = given.filtered("is_fit").municipality_id.ids
        unfit = [id_ for id_ in given.municipality_id.ids if id_ not in fit]
        sets = {
            "fit": Domain("id", "in", fit),
            "unfit": Domain("id", "in", unfit),
            "missing": Domain("id", "not in", fit + unfit),
        }
        return Domain.OR(sets[state] for state in value if state in sets)
