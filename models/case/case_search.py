from odoo import api, models
from odoo.fields import Domain

from ...name_keys import Sought
from ..people.client_search import LIKE


class IntegrationCase(models.Model):
    """Finding a case by its client, as the client is found herself.

    Case workers find the cases of their files; leads, who know the names of all, find all.
    """

    _inherit = "integration.case"

    def _search_display_name(self, operator, value):
        if operator in LIKE and isinstance(value, str) and (sought := Sought(value)):
            clients = self.env["integration.client"]
            found = clients._found_by_name(sought, clients._name_written(operator, value))
            return Domain("file_number", operator, value) | Domain("client_id", "in", found)
        return super()._search_display_name(operator, value)

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Return the cases of the best fitting clients first."""
        sought = Sought(name) if operator in LIKE else None
        if not sought:
            return super().name_search(name, domain, operator, limit)
        query = self._search(
            Domain("display_name", operator, name) & Domain(domain or Domain.TRUE), limit=limit
        )
        return self.env["integration.client"]._best_first(self, query, sought, "client_id")

    @api.model
    def _named(self, query):
        """Return the cases found, with what a display name is made of, and not all of each."""
        found = self._fetch_query(query, [self._fields[name] for name in ("client_id", "episode")])
        found.client_id.fetch(["file_number", "partner_id", "company_id"])
        found.client_id.partner_id.fetch(["name"])
        return found
