from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...models.mixins.once import once
from ...tools import local_today


class IntegrationFamilyMarriage(models.TransientModel):
    """Two clients marry: from a day on they live in one household, as spouses.

    Each keeps file, consents and case. Whoever is not known yet comes with “Arrival of relatives”.
    """

    _name = "integration.family.marriage"
    _inherit = ["integration.family.event"]
    _description = "Marriage"

    client_id = fields.Many2one(readonly=False)
    spouse_id = fields.Many2one(
        "integration.client",
        check_company=True,
        domain="[('id', '!=', client_id), ('date_death', '=', False)]",
        help="A person whose file is open to you. Enter anybody else as an arrival.",
    )
    date = fields.Date(
        string="Together Since", required=True, default=lambda self: local_today(self.env)
    )
    spouse_family_ids = fields.Many2many(
        "integration.client",
        "integration_family_marriage_known_rel",
        compute="_compute_spouse_family_ids",
    )
    along_ids = fields.Many2many(
        "integration.client",
        "integration_family_marriage_along_rel",
        string="Come Along",
        check_company=True,
        domain="[('id', 'in', spouse_family_ids)]",
    )

    @api.depends("spouse_id", "household_id")
    def _compute_spouse_family_ids(self):
        """Offer those who live with the spouse, unless both live there already."""
        for dialog in self:
            home = dialog.spouse_id.household_id
            together = home and home == dialog.household_id
            others = home.current_client_ids - dialog.spouse_id
            dialog.spouse_family_ids = others.browse() if together else others

    @once
    def action_save(self):
        """Let them live together from the day on.

        :raises UserError: nobody or the same person is chosen, or the day lies ahead
        """
        self.ensure_one()
        client, spouse = self._person(), self.spouse_id
        spouse.check_access("write")
        if not spouse or spouse == client:
            raise UserError(client._about_file(self.env._("choose the other spouse.")))
        if self.along_ids - self.spouse_family_ids:
            raise UserError(
                client._about_file(
                    self.env._("only persons who live with the other spouse come along.")
                )
            )
        if self.date > local_today(self.env):
            raise UserError(
                client._about_file(
                    self.env._(
                        "%s lies ahead. Enter it on that day.", format_date(self.env, self.date)
                    )
                )
            )
        household = client._marry(spouse, self.date, self.along_ids)
        return self._told(
            self.env._("Marriage entered"),
            self.env._(
                "The files %(files)s live in household %(number)s.",
                files=self._numbers(household.current_client_ids),
                number=household.name,
            ),
            self.env._("Each keeps consents and case."),
        )
