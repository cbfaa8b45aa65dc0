from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import same_words

KEY = ("municipality_id", "date_move", "person_count", "street", "name")


class IntegrationArrival(models.Model):
    """The same move entered twice: seen by whoever enters it, as far as she sees the first one.

    Accommodation staff are compared with their own new rows alone. Compared with all of them, the
    answer would tell what has become of a family: whoever accepted or declined has no address any
    more.
    """

    _inherit = "integration.arrival"

    is_another = fields.Boolean(
        string="Another Family at This Address",
        help="Two moves with as many persons to one address on one day.",
    )
    twice_hint = fields.Char(compute="_compute_twice_hint", string="Perhaps Entered Twice")

    @api.depends(*KEY)
    @api.depends_context("uid")
    def _compute_twice_hint(self):
        for arrival in self:
            other = arrival._the_same()[:1]
            arrival.twice_hint = bool(other) and self.env._(
                "A move of as many persons to this address on this day is on the list already."
            )

    def _created(self):
        super()._created()
        self._check_twice()

    def _after_write(self, change):
        super()._after_write(change)
        if {*KEY, "is_another"} & change.names and "date_cleared" not in change.names:
            self._check_twice()

    def _check_twice(self):
        """Refuse the same move twice, unless it is said to be another one.

        No constraint of the ORM: those are asked as superuser.
        """
        for arrival in self.filtered(lambda one: not one.is_another):
            if arrival._the_same():
                raise UserError(
                    self.env._(
                        "%s: a move of as many persons to this address on this day is on the list "
                        "already. Discard this one, or tick “Another Family at This Address”.",
                        arrival.display_name,
                    )
                )

    def _the_same(self):
        """Return the arrivals that are the same move, as far as the user may know of them."""
        self.ensure_one()
        street, name = self.street, self.name
        if not (self.municipality_id and self.date_move and (street or name)):
            return self.browse()
        domain = (
            Domain("id", "!=", self._origin.id)
            & Domain("municipality_id", "=", self.municipality_id.id)
            & Domain("date_move", "=", self.date_move)
            & Domain("person_count", "=", self.person_count)
        )
        return self._known_arrivals(domain).filtered(
            lambda other: (
                # Two names are two families; without any the address decides.
                same_words(other.name, name)
                if other.name and name
                else same_words(other.street, street)
            )
        )

    @api.model
    def _known_arrivals(self, domain):
        """Return those among which a new move is sought: of the team all of the employer's."""
        if self.env.su or not self.env.user.has_groups(
            "integration_management.group_caseworker,integration_management.group_lead"
        ):
            return self.search(domain)
        # sudo: integration.arrival - whether the move is on the employer's own list; a worker sees
        # of it that there is one, not which colleague visits
        return self.sudo().search(domain & Domain("company_id", "in", self.env.companies.ids))
