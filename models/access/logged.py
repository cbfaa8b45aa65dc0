from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..mixins.door import SYSTEM

# From how many ids on a request is a list
PICKED = 10
NAME_FIELDS = ("name", "complete_name", "display_name")


class IntegrationLogged(models.AbstractModel):
    """Logs the opening, exporting and searching by name of files; nothing on lists."""

    _inherit = "integration.logged"

    def web_read(self, specification):
        self._log_opened(specification)
        return super().web_read(specification)

    def read(self, fields=None, load="_classic_read"):
        self._log_opened(fields or self._fields)
        return super().read(fields, load)

    @api.model
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        # The object cannot come in by RPC: no request pretends to be a list.
        listed = SYSTEM if not self._picks_records(domain) else None
        return super(
            IntegrationLogged, self.with_context(integration_in_list=listed)
        ).web_search_read(domain, specification, offset, limit, order, count_limit)

    @api.model
    def search_read(self, domain=None, fields=None, offset=0, limit=None, order=None, **kwargs):
        rows = super().search_read(domain, fields, offset, limit, order, **kwargs)
        if self._picks_records(domain) or self._tells_content(fields or self._fields):
            self.browse([row["id"] for row in rows])._log_opened(fields or self._fields)
        return rows

    @api.model
    def web_read_group(self, *args, **kwargs):
        listed = self.with_context(integration_in_list=SYSTEM)
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

    def _log_opened(self, names):
        listed = self.env.context.get("integration_in_list") is SYSTEM
        listed = listed and not self._tells_content(names)
        if not self.env.su and not listed and self.ids:
            self.env["integration.access.log"]._log("open", self._logged_clients())

    @api.model
    def _tells_content(self, names):
        """Return whether the words of files are among the fields that are read."""
        return bool(self._content_fields.intersection(names))

    @api.model
    def _read_group_groupby(self, alias, groupby_spec, query):
        self._refuse_content(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        self._refuse_content(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _refuse_content(self, specification):
        """Refuse to sort the words of files into groups: that would list them unseen.

        :raises AccessError: also for the superuser; figures never rest on words
        """
        if specification.split(":")[0].split(".")[0] in self._content_fields:
            # What the ORM itself asks when it describes the fields: no other error means no.
            raise AccessError(self.env._("Words of files are neither grouped nor counted."))

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
