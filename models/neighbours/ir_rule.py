from odoo import api, models, tools
from odoo.fields import Domain
from odoo.tools import SQL

from .base import model_sql

# Files of ours by the key of the access entries that open them
KEYS = {"integration.case": "case_id", "integration.client": "client_id"}
# No message stands beside a file, whoever writes it; nothing to ask while Odoo looks for others.
UNASKED = {"mail.message"}


class IrRule(models.Model):
    """What points to a record of a file is read by those who read the file."""

    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        domain = super()._compute_domain(model_name, mode)
        if self.env.su or model_name in UNASKED:
            return domain
        model = self.env[model_name]
        if not model._tied_by():
            return domain
        wall = Domain.custom(to_sql=self._ties_sql, predicate=self._ties_open)
        return (domain & wall).optimize(model)

    @api.model
    @tools.ormcache()
    def _file_models(self):
        """Return the names of the models of files."""
        secured = self.env.registry["integration.secured"]
        return frozenset(n for n, model in self.env.registry.items() if issubclass(model, secured))

    @staticmethod
    def _ties_sql(model, alias, _query):
        rules = model.env["ir.rule"]
        ours = tuple(sorted(rules._file_models()))
        conditions = []
        for tie in model._tied_by():
            named, id_ = model_sql(model, alias, *tie)
            opened = [
                SQL("%s = %s AND %s IN %s", named, name, id_, rules._opened(key))
                for name, key in KEYS.items()
            ]
            conditions.append(
                SQL(
                    "(%s IS NULL OR COALESCE(%s, 0) = 0 OR %s NOT IN %s OR %s)",
                    named,
                    id_,
                    named,
                    ours,
                    SQL(" OR ").join(opened),
                )  # fmt: skip
            )
        wall = SQL("(%s)", SQL(" AND ").join(conditions))
        if model._name != "calendar.event":
            return wall
        return SQL("(%s OR %s)", wall, rules._busy_sql(model, alias))

    @api.model
    def _busy_sql(self, events, alias):
        """Return which appointments show Odoo's “Busy” alone: others' private ones."""
        partners = events._fields["partner_ids"]
        return SQL(
            """(%(alias)s.privacy = 'private' AND %(alias)s.user_id IS DISTINCT FROM %(uid)s
                AND %(alias)s.id NOT IN (SELECT %(event)s FROM %(relation)s
                                          WHERE %(partner)s = %(me)s))""",
            alias=SQL.identifier(alias),
            uid=self.env.uid,
            event=SQL.identifier(partners.column1),
            relation=SQL.identifier(partners.relation),
            partner=SQL.identifier(partners.column2),
            me=self.env.user.partner_id.id,
        )

    @staticmethod
    def _ties_open(record):
        rules = record.env["ir.rule"]
        ours = rules._file_models()
        if record._name == "calendar.event" and record._check_private_event_conditions():
            return True
        return all(
            not id_ or model not in ours or rules._opens_file(model, id_)
            for model, id_ in record._tied_to()
        )

    @api.model
    def _opened(self, key):
        return self.env["integration.in.file"]._open_to_me(key)

    @api.model
    def _opens_file(self, model, id_):
        """Return whether the user reads the file that a record of ``model`` is."""
        if model not in KEYS:
            return False
        ((found,),) = self.env.execute_query(SQL("SELECT %s IN %s", id_, self._opened(KEYS[model])))
        return bool(found)

    def _is_about_files(self, records):
        """Add what points to a file: in debug mode its title would be told with the refusal."""
        if super()._is_about_files(records):
            return True
        if not records._tied_by():
            return False
        ours = self._file_models()
        # sudo: records - to which record they point, no matter who asks
        return any(m in ours for r in records.sudo().exists() for m, _id in r._tied_to())
