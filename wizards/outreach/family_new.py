from odoo import api, fields, models
from odoo.fields import Command


class IntegrationFamilyNew(models.TransientModel):
    """A family that was met at the door: what is known of the arrival is filled in."""

    _inherit = "integration.family.new"

    arrival_id = fields.Many2one("integration.arrival", readonly=True, check_company=True)
    arrival_language_ids = fields.Many2many(
        related="arrival_id.language_ids", related_sudo=False, string="Languages of the Arrival"
    )
    arrival_person_count = fields.Integer(
        related="arrival_id.person_count", related_sudo=False, string="Persons Who Moved"
    )

    @api.model
    def default_get(self, fields):
        """Fill in the door of the arrival, one person with its name, and whether to count a talk.

        A talk that was counted at the door today is not counted once more.
        """
        values = super().default_get(fields)
        arrival = self.env["integration.arrival"].browse(values.get("arrival_id"))
        if not arrival:
            return values
        arrival.check_access("write")
        known = {
            "municipality_id": arrival.municipality_id.id,
            "street": arrival.street,
            "zip": arrival.zip,
            "city": arrival.city,
            "talk": not arrival._has_talk_today(),
        }
        if arrival.name or arrival.language_ids:
            languages = [Command.set(arrival.language_ids.ids)]
            known["line_ids"] = [
                Command.create({"name": arrival.name or False, "language_ids": languages})
            ]
        values.update({name: value for name, value in known.items() if name in fields})
        return values

    def _create_cases(self):
        """Answer the arrival in the same save: of two who do so, one gets a family."""
        case = super()._create_cases()
        if self.arrival_id:
            self.arrival_id._accept(self.date if self.talk else None)
        return case
