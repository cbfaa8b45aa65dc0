from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...name_keys import Sought

# More would be a list of names, and no hint.
MOST = 5
# One name alone is many people's.
FULL_NAME = 2


class IntegrationClient(models.Model):
    """A hint before somebody is entered a second time; it never stands in the way.

    It names the clients whom the user may read, and the colleague to ask about others of the
    employer; of other employers it knows nothing.
    """

    _inherit = "integration.client"

    perhaps_known = fields.Text(
        compute="_compute_perhaps_known",
        help="Who of the employer's clients this may be; shown before a new person is saved.",
    )

    @api.depends("name", "birthdate", "phone")
    @api.depends_context("uid")
    def _compute_perhaps_known(self):
        for client in self:
            entered = not client._origin and client.name
            client.perhaps_known = entered and self._hint_known(
                client.company_id or self.env.company,
                [(client.name, client.birthdate, client.phone)],
            )

    @api.model
    def _hint_known(self, company, people):
        """Return the words for whoever of ``people`` is perhaps a client of ``company`` already.

        :param people: name, date of birth and telephone number of each, as far as known
        """
        hints, told = [], self.browse()
        for name, birthdate, phone in people:
            sought = Sought(name)
            known = self._perhaps_known(company, sought, birthdate, phone) - told
            told |= known
            if known:
                named = known.with_context(integration_show_name=True).mapped("display_name")
                hints.append(
                    self.env._(
                        "%(typed)s: perhaps known already as %(names)s.",
                        typed=name,
                        names=", ".join(named),
                    )
                )
            users = self._known_to(company, sought, told)
            if users:
                hints.append(
                    self.env._(
                        "%(typed)s: perhaps known to a colleague already – ask %(users)s.",
                        typed=name,
                        users=", ".join(users.mapped("name")),
                    )
                )
        return "\n".join(hints)

    @api.model
    def _perhaps_known(self, company, sought, birthdate, phone):
        """Return the clients whom the user may read and who are perhaps the person in question."""
        domains = []
        if len(sought.parts) >= FULL_NAME:
            domains.append(self._called_domain(sought.parts, SQL(" AND ")))
        if birthdate and sought.parts:
            called = self._called_domain(sought.parts, SQL(" OR "))
            domains.append(Domain("birthdate", "=", birthdate) & called)
        number = Sought(phone)
        if number.phone:
            domains.append(self._sought_domain(number))
        if not domains:
            return self.browse()
        return self.search(
            Domain("company_id", "=", company.id) & Domain.OR(domains), limit=MOST, order="id"
        )

    @api.model
    def _called_domain(self, words, join):
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "(%s)", join.join(model._word_fits(alias, word) for word in words)
            )
        )

    @api.model
    def _known_to(self, company, sought, told):
        """Return whom to ask about people of that name whose files the user may not read.

        Whether there is anybody is for the room of access to say: nobody without it.

        :param told: the clients whom the hint has named
        """
        return self.env["res.users"]
