from odoo import api, models
from odoo.tools import SQL

# By what the columns of a kanban may be that are filled at once
COLUMNS = ("many2one", "selection")


class IntegrationCase(models.Model):
    """The columns of the kanban: which cards stand in them is asked for all columns at once."""

    _inherit = "integration.case"

    @api.model
    @api.readonly
    def web_read_group(self, domain, groupby, *args, unfold_read_specification=None, **kwargs):
        card = (unfold_read_specification or {}) if len(groupby) == 1 else None
        asking = self.with_context(integration_card=card)
        return super(IntegrationCase, asking).web_read_group(
            domain, groupby, *args, unfold_read_specification=unfold_read_specification, **kwargs
        )

    def _open_groups(self, *, records_opening_info, domain, groupby, dict_order, **kwargs):
        """Fill the open columns by one query; Odoo, who fills what is left, takes one for each."""
        super()._open_groups(
            records_opening_info=records_opening_info,
            domain=domain,
            groupby=groupby,
            dict_order=dict_order,
            **kwargs,
        )
        card, name = self.env.context.get("integration_card"), groupby[0]
        if card is None or name not in self._fields or self._fields[name].type not in COLUMNS:
            return
        # An order of the reader's own, a later page or a part of a column is for Odoo.
        parts = [info.get("progressbar_domain") for info in kwargs.get("opening_info") or ()]
        firsts = [info["limit"] and not info["offset"] for info in records_opening_info]
        if dict_order or any(parts) or not firsts or not all(firsts):
            return
        columns = {}
        for info in records_opening_info:
            value = info["group"][name]
            columns[value[0] if isinstance(value, tuple) else value or None] = info
        first = self._first_of_each(domain, name, max(info["limit"] for info in columns.values()))
        shown = self.browse(id_ for value in columns for id_ in first.get(value, ()))
        cards = shown.with_context(integration_card=None).web_read(card)
        cards = {row["id"]: row for row in cards}
        for value, info in columns.items():
            shown = first.get(value, ())[: info["limit"]]
            info["group"]["__records"] = [cards[id_] for id_ in shown]
        records_opening_info.clear()

    @api.model
    def _first_of_each(self, domain, name, most):
        """Return the ids of the first ``most`` cases of each value of the field ``name``."""
        query = self._search(domain)
        value = self._field_to_sql(self._table, name, query)
        place = SQL(
            "ROW_NUMBER() OVER (PARTITION BY %s ORDER BY %s)",
            value,
            self._order_to_sql(self._order, query),
        )
        numbered = query.select(
            SQL("%s AS id", SQL.identifier(self._table, "id")),
            SQL("%s AS value", value),
            SQL("%s AS place", place),
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT id, value FROM (%s) AS numbered WHERE place <= %s ORDER BY place",
                numbered,
                most,
            )
        )
        first = {}
        for id_, found in rows:
            first.setdefault(found, []).append(id_)
        return first
