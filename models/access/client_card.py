from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...name_keys import Sought
from ..mixins.door import SYSTEM
from ..people.client_search import LIKE


class IntegrationClientCard(models.Model):
    """Number, name and responsible worker of every client, for colleagues of the same employer.

    So that nobody is taken on twice, and a lead knows whom she reassigns. The file stays
    closed; who may read the card is said by the record rules, and a search is logged.
    """

    _name = "integration.client.card"
    _description = "Card of a Client"
    _inherit = ["integration.secured"]
    _auto = False
    _order = "file_number desc, id desc"
    _rec_name = "file_number"
    _rec_names_search = ["file_number", "name"]
    _depends = {
        "integration.client": ["file_number", "company_id", "partner_id"],
        "integration.case": ["client_id", "user_id", "state"],
        "res.partner": ["complete_name", "active"],
    }

    file_number = fields.Char(readonly=True)
    name = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", string="Employer", readonly=True)
    user_id = fields.Many2one("res.users", string="Case Worker", readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("paused", "Paused"), ("closed", "Closed")], readonly=True
    )

    @property
    def _table_query(self):
        return SQL("""
            SELECT client.id, client.file_number, client.company_id,
                   partner.complete_name AS name, latest.user_id, latest.state
              FROM integration_client client
              JOIN res_partner partner ON partner.id = client.partner_id AND partner.active
         LEFT JOIN LATERAL (
                       SELECT own.user_id, own.state
                         FROM integration_case own
                        WHERE own.client_id = client.id OR own.id = client.family_case_id
                     ORDER BY own.state = 'closed', own.id DESC
                        LIMIT 1
                   ) latest ON TRUE
        """)

    @api.depends("file_number")
    @api.depends_context("integration_show_name")
    def _compute_display_name(self):
        """Show the number; on request the name as well, and whom to ask."""
        named = self.env.context.get("integration_show_name")
        for card in self:
            card.display_name = card._in_words() if named else card.file_number

    def _in_words(self):
        """Return name, number and who is responsible."""
        self.ensure_one()
        told = f"{self.name} ({self.file_number})"
        return f"{told} – {self.user_id.name}" if self.user_id else told

    # ------------------------------------------------------------
    # Searching
    # ------------------------------------------------------------

    def _search_display_name(self, operator, value):
        if operator in LIKE and isinstance(value, str) and (sought := self._sought(value)):
            clients = self.env["integration.client"]
            written = Domain("file_number", operator, value)
            written |= clients._name_written(operator, value)
            # Asked of the clients alone: of whom it fits the card is made, and of nobody else
            return Domain("id", "in", self._clients_called(sought, written))
        return super()._search_display_name(operator, value)

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Return the best fitting names first."""
        sought = self._sought(name) if operator in LIKE else None
        if not sought:
            return super().name_search(name, domain, operator, limit)
        query = self._search(
            Domain("display_name", operator, name) & Domain(domain or Domain.TRUE), limit=limit
        )
        return self.env["integration.client"]._best_first(self, query, sought, "id")

    @api.model
    def _named(self, query):
        """Return the cards found; one holds no more than what it is called by."""
        return self.browse(query)

    @api.model
    def _sought(self, text):
        """Return what was typed, if it is a name: a card tells nothing else about a person.

        Whoever found a card by a date of birth or a telephone number would have learned it.
        """
        sought = Sought(text)
        return None if sought.days or sought.phone else sought

    @api.model
    def _clients_called(self, sought, written=Domain.FALSE):
        """Return, as a query, the clients of the reader's employers who are called like that.

        :param written: the domain of those whose name or number is written as it was typed
        """
        clients = self.env["integration.client"]
        ours = Domain("company_id", "in", self.env.user.company_ids.ids)
        # sudo: integration.client - by the name alone, which the card says; whose cards are read
        # is for the rules of the card, and there are none of archived ones
        unwalled = clients.sudo().with_context(active_test=False)
        return unwalled._search((clients._sought_domain(sought) | written) & ours)

    @api.model
    def _searches_by_name(self, domain):
        # Logged as a search in cards, below
        return False

    @api.model
    def _log_grouped(self, domain, groupby, aggregates):
        """Cards are searched, not opened."""

    def _log_opened(self, names):
        """Cards are searched, not opened."""

    def _log_named(self, names):
        """Cards are searched, not opened."""

    @api.model
    def _search(self, domain, *args, **kwargs):
        # Without condition as well: the whole list is the widest search.
        if not (self.env.su or self.env.context.get("integration_unseen") is SYSTEM):
            self.env["integration.access.log"]._log("card")
        return super()._search(domain, *args, **kwargs)
