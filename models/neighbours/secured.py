from odoo import api, models
from odoo.exceptions import MissingError
from odoo.fields import Domain
from odoo.tools import OrderedSet

SETS = (list, tuple, set, frozenset, OrderedSet)
WITH_IDS = {"in", "not in", "=", "!="}


class IntegrationSecured(models.AbstractModel):
    """Ids tell nothing: neither which records there are nor what they belong to."""

    _inherit = "integration.secured"

    def _check_access(self, operation):
        """Refuse what does not exist in the same words as what is closed.

        Else anybody with a login could count the files of all employers, and see how many notes
        were written in a night.
        """
        try:
            return super()._check_access(operation)
        except MissingError:
            present = self.exists()
            result = present._check_access(operation) if present else None
            closed = self - present | (result[0] if result else self.browse())
            return closed, lambda: self.env["ir.rule"]._neutral_error(closed)

    def _told_missing(self, error, operation):
        """Return the refusal that those get who may not read what exists."""
        if self.env.su:
            return error
        # What a role may never do is said in other words, of whatever exists and does not.
        self.browse().check_access(operation)
        return self.env["ir.rule"]._neutral_error(self)

    def read(self, fields=None, load="_classic_read"):
        try:
            rows = super().read(fields, load)
        except MissingError as error:
            raise self._told_missing(error, "read") from None
        if len(rows) < len(self) and not self.env.su:
            raise self.env["ir.rule"]._neutral_error(self)
        return rows

    def export_data(self, fields_to_export):
        """Refuse first: Odoo exports an empty row of what does not exist."""
        if not self.env.su:
            self.check_access("read")
        return super().export_data(fields_to_export)

    def unlink(self):
        try:
            return super().unlink()
        except MissingError as error:
            # What Odoo raises itself, in words that do not tell whether the record exists
            raise self._told_missing(error, "unlink") from None  # pylint: disable=no-raise-unlink

    def copy_data(self, default=None):
        try:
            return super().copy_data(default)
        except MissingError as error:
            raise self._told_missing(error, "read") from None

    @api.model
    def _search(self, domain, *args, **kwargs):
        if not self.env.su:
            domain = Domain(domain).map_conditions(self._by_rules)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _by_rules(self, condition):
        """Return the condition, ids in a relation to records of files sought by their rules.

        The ORM compares ids as superuser. A lead would learn, id by id, to which case a note
        belongs, and whether there is any.
        """
        field = self._fields.get(condition.field_expr)
        if (
            condition.operator not in WITH_IDS
            or field is None
            or field.type not in ("one2many", "many2many")
            or not field.store
            or not self._lies_in_file(field.comodel_name)
        ):
            return condition
        value = condition.value
        values = value if isinstance(value, SETS) else [value]
        if not all(v is False or v is None or type(v) is int for v in values):
            return condition
        ids = [id_ for id_ in values if id_]
        found = Domain.FALSE
        if ids:
            among = Domain("id", "in", ids)
            if "active" in self.env[field.comodel_name]._fields:
                among &= Domain("active", "in", [True, False])
            found |= Domain(field.name, "any", among)
        if len(ids) < len(values):
            found |= Domain(field.name, "not any", Domain.TRUE)
        return ~found if condition.operator in ("not in", "!=") else found

    @api.model
    def _lies_in_file(self, model_name):
        model = self.env.registry[model_name]
        bases = ("integration.secured", "integration.in.file")
        return issubclass(model, tuple(self.env.registry[base] for base in bases))
