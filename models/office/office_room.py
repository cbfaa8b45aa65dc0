from odoo import api, fields, models
from odoo.exceptions import ValidationError

PROVIDERS = [
    ("municipality", "The municipality"),
    ("employer", "Our own"),
    ("other", "Somebody else"),
]
# The worker and a family with an interpreter
FEWEST_SEATS = 3
MOST_SEATS = 500


class IntegrationOfficeRoom(models.Model):
    """A room for office hours: who provides it, and whether people can talk there.

    Adequate rooms are necessary, and the municipality is to provide them (county standard 3.3).
    """

    _name = "integration.office.room"
    _inherit = ["integration.door"]
    _description = "Room for Office Hours"
    _order = "municipality_id, name, id"
    _check_company_auto = True
    # The rules look at a row before it is written, not at what becomes of it.
    _fixed_fields = frozenset({"company_id", "municipality_id"})

    name = fields.Char(string="Room", required=True, help="As it is found: house, floor, number.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    municipality_id = fields.Many2one(
        "integration.municipality", required=True, index=True, ondelete="restrict"
    )
    address = fields.Char(help="Street and number, as printed on the notice.")
    provider = fields.Selection(
        PROVIDERS, string="Provided By", required=True, default="municipality"
    )
    seats = fields.Integer(string="Persons", default=4, help="How many fit in to talk.")
    accessible = fields.Boolean(string="Without Steps", help="Also with a wheelchair or pram.")
    private_talk = fields.Boolean(
        string="Private Talk Possible", help="Nobody outside hears what is said (§ 203 StGB)."
    )
    note = fields.Text(help="Key, contact at the town hall, what is missing. Printed nowhere.")
    is_fit = fields.Boolean(
        string="Fit",
        compute="_compute_is_fit",
        store=True,
        help="Without steps, private, and three persons fit in (county standard 3.3).",
    )
    lacks = fields.Char(compute="_compute_lacks", string="What Is Missing")

    @api.depends("seats", "accessible", "private_talk")
    def _compute_is_fit(self):
        for room in self:
            room.is_fit = room.accessible and room.private_talk and room.seats >= FEWEST_SEATS

    @api.depends("seats", "accessible", "private_talk", "provider")
    @api.depends_context("lang")
    def _compute_lacks(self):
        for room in self:
            room.lacks = ", ".join(room._lacking())

    def _lacking(self):
        """Return in words what keeps the room from being what the standard asks for."""
        told = (
            (self.provider != "municipality", self.env._("not provided by the municipality")),
            (not self.accessible, self.env._("has steps")),
            (not self.private_talk, self.env._("no private talk")),
            (self.seats < FEWEST_SEATS, self.env._("too small")),
        )
        return [words for lacks, words in told if lacks]

    @api.constrains("seats")
    def _check_seats(self):
        for room in self:
            if not 1 <= room.seats <= MOST_SEATS:
                raise ValidationError(
                    self.env._(
                        "%(room)s: between 1 and %(most)s persons fit into a room.",
                        room=room.name,
                        most=MOST_SEATS,
                    )
                )

    def _standard_state(self):
        """Return what the rooms of one municipality are by the county standard: its own count."""
        given = self.filtered(lambda room: room.provider == "municipality")
        if not given:
            return "missing"
        return "fit" if any(room.is_fit for room in given) else "unfit"

    def _lines(self):
        """Return where it is, by lines, as on a notice."""
        return [line for line in (self.name, self.address) if line]
