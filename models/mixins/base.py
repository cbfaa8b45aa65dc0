from odoo import models
from odoo.tools import SQL

from ...tools import LOCAL_ZONE

OURS = "integration."


class Base(models.AbstractModel):
    """How our lists are read: the same row on one page only, and by the calendar of the place.

    Nothing changes for any other model.
    """

    _inherit = "base"

    def _order_to_sql(self, order, query, alias=None, reverse=False):
        """Let each order end with the id, also the one a user clicks.

        Else rows of equal value come in any order, and anew for each page: some are shown twice
        and others never.
        """
        if self._name.startswith(OURS) and not self.env.context.get("integration_grouping"):
            parts = [part.split() for part in (order or self._order or "").split(",")]
            if parts[0] and all(part[0] != "id" for part in parts if part):
                # The way of the last one, for an index that goes with it
                way = "desc" if "desc" in map(str.lower, parts[-1]) else "asc"
                order = f"{order or self._order}, id {way}"
        return super()._order_to_sql(order, query, alias, reverse)

    def _read_group_orderby(self, order, groupby_terms, query):
        """Let the order of groups end with what they are grouped by; they have no id.

        Groups sorted by a count, or by a name that two municipalities bear, would else come in
        any order, and anew for each page.
        """
        if not order or not groupby_terms or not self._name.startswith(OURS):
            return super()._read_group_orderby(order, groupby_terms, query)
        last = list(groupby_terms.values())
        model = self.with_context(integration_grouping=True)
        orders = super(Base, model)._read_group_orderby(order, groupby_terms, query)
        return SQL(", ").join([orders, *last])

    def _search(self, domain, *args, **kwargs):
        """Let “today” in a filter be the day in Berlin, whatever zone the reader has."""
        model = self
        if self._name.startswith(OURS) and self.env.context.get("tz") != LOCAL_ZONE:
            model = self.with_context(tz=LOCAL_ZONE)
        return super(Base, model)._search(domain, *args, **kwargs)
