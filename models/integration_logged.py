from odoo import api, models
from odoo.fields import Domain

# A context from the browser can carry the key, never this object: a list cannot be faked.
IN_LIST = object()

# From how many ids on a request is a list
PICKED = 10
NAME_FIELDS = ("name", "complete_name", "display_name")


class IntegrationLogged(models.AbstractModel):
    """Logs the opening, exporting and searching by name of files; nothing on lists."""

    _name = "integration.logged"
    _description = "Model Whose Reading is Logged"

    def web_read(self, specification):
        self._log_opened()
        return super().web_read(specification)

    def read(self, fields=None, load="_classic_read"):
        self._log_opened()
        return super().read(fields, load)

    @api.model
    def web_search_read(self, domain, specification, offset=0, limit=None, order=None,
                        count_limit=None):
        listed = IN_LIST if not self._picks_records(domain) else None
        return super(
            IntegrationLogged, self.with_context(integration_in_list=listed)
        ).web_search_read(domain, specification, offset, limit, order, count_limit)

    @api.model
    def search_read(self, domain=None, fields=None, offset=0, limit=None, order=None, **kwargs):
        rows = super().search_read(domain, fields, offset, limit, order, **kwargs)
        if self._picks_records(domain):
            self.browse([row["id"] for row in rows])._log_opened()
        return rows

    @api.model
    def web_read_group(self, *args, **kwargs):
        listed = self.with_context(integration_in_list=IN_LIST)
        return super(IntegrationLogged, listed).web_read_group(*args, **kwargs)

    def export_data(self, fields_to_export):
        if not self.env.su:
            self.env["integration.access.log"]._log("export", self._logged_clients())
        return super().export_data(fields_to_export)

    @api.model
    def _search(self, domain, *args, **kwargs):
        if not self.env.su and self._searches_by_name(domain):
            self.env["integration.access.log"]._log("search")
        return super()._search(domain, *args, **kwargs)

    def _log_opened(self):
        listed = self.env.context.get("integration_in_list") is IN_LIST
        if not self.env.su and not listed and self.ids:
            self.env["integration.access.log"]._log("open", self._logged_clients())

    def _logged_clients(self):
        """Return the clients whose files the records in ``self`` are."""
        if self._name == "integration.client":
            return self
        # sudo: self - whose file it is; reading the record itself is checked by the request
        records = self.sudo()
        return records.client_id if "client_id" in self._fields else records.case_id.client_id

    @api.model
    def _picks_records(self, domain):
        """Return whether a few records are asked for by their ids.

        That is opening them, whatever the method; the lists behind a figure name many.
        """
        return any(
            field == "id" and (isinstance(value, (int, str)) or len(value) < PICKED)
            for field, _operator, value in self._conditions(domain)
            if isinstance(value, (int, str, list, tuple, set, frozenset))
        )

    @api.model
    def _searches_by_name(self, domain):
        return any(
            str(field).rsplit(".", 1)[-1] in NAME_FIELDS
            # Words sought in a reference are sought in the names of what it refers to
            or (operator.endswith("like") and str(field).endswith(("_id", "_ids")))
            or (operator.endswith("any") and self._searches_by_name(value))
            for field, operator, value in self._conditions(domain)
        )

    @api.model
    def _conditions(self, domain):
        if isinstance(domain, Domain):
            return [(c.field_expr, c.operator, c.value) for c in domain.iter_conditions()]
        return [term for term in domain or () if len(term) == 3]
