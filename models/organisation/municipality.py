from odoo import api, fields, models
from odoo.exceptions import UserError


class IntegrationMunicipality(models.Model):
    """A municipality: the task of accompanying refugees lies with it (standard 1.2)."""

    _name = "integration.municipality"
    _inherit = ["integration.master.guard"]
    _description = "Municipality"
    _order = "name, id"
    _rec_names_search = ["name", "ags"]

    name = fields.Char(required=True)
    ags = fields.Char(
        string="Official Key", required=True, help="Official municipality key (AGS), eight digits."
    )
    active = fields.Boolean(default=True)
    county_id = fields.Many2one(
        "integration.county", required=True, index=True, ondelete="restrict"
    )
    mandate_ids = fields.One2many("integration.mandate", "municipality_id", string="Mandates")

    _ags_uniq = models.Constraint(
        "UNIQUE(ags)", "A municipality with this official key exists already."
    )

    @api.constrains("ags", "county_id")
    def _check_ags(self):
        for municipality in self:
            ags = municipality.ags
            if not (len(ags) == 8 and ags.isascii() and ags.isdigit()):
                raise UserError(
                    self.env._(
                        "The official key of “%s” must have eight digits.", municipality.name
                    )
                )
            if not ags.startswith(municipality.county_id.ags):
                raise UserError(
                    self.env._(
                        "The official key of “%(municipality)s” must begin with that of"
                        " county “%(county)s” (%(ags)s).",
                        municipality=municipality.name,
                        county=municipality.county_id.name,
                        ags=municipality.county_id.ags,
                    )
                )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------
    def _before_write(self, change):
        """Let a municipality that is in use stay in its county.

        Figures of a county tell what was printed of it before; with a place less, the two tables
        would tell together what the few of that place talked about.

        :raises UserError: naming those in use
        """
        super()._before_write(change)
        county = change.vals.get("county_id")
        moved = self.filtered(lambda town: county and town.county_id.id != county)
        used = moved._filtered_used()
        if used:
            raise UserError(
                self.env._(
                    "In use and therefore fixed to its county: %s. Archive it, and enter it anew"
                    " in the other county.",
                    ", ".join(used.mapped("name")),
                )
            )
