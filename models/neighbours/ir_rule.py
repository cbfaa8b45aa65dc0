from odoo import api, models, tools
from odoo.fields import Domain
from odoo.tools import SQL

from .base import APPOINTMENT, model_sql

# Files of ours by the key of the access entries that open them
KEYS = {"integration.case": "case_id", "integration.client": "client_id"}
# No message stands beside a file, whoever writes it; while Odoo looks for others, there is nothing
# to ask but whether one stands at an appointment that has been tied to a file since.
UNASKED = {"mail.message"}


class IrRule(models.Model):
    """What points to a record of a file is read by those who read the file."""

    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        domain = super()._compute_domain(model_name, mode)
        model = self.env[model_name]
        if self.env.su or not (model._tied_by() or model._parts_of_appointments()):
            return domain
        if model_name in UNASKED and APPOINTMENT not in self.env:
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
        if model._name == APPOINTMENT:
            closed, busy = rules._closed_sql(model, alias), rules._busy_sql(model, alias)
            return SQL("(NOT %s OR %s)", closed, busy)
        conditions = []
        if model._name not in UNASKED:
            conditions.append(SQL("NOT %s", rules._closed_sql(model, alias)))
        if APPOINTMENT in model.env:
            closed = rules._closed_appointments()
            for named, id_ in rules._ties_named(model, alias):
                conditions.append(
                    SQL(
                        "(%s IS DISTINCT FROM %s OR COALESCE(%s, 0) NOT IN %s)",
                        named,
                        APPOINTMENT,
                        id_,
                        closed,
                    )  # fmt: skip
                )
            for name in model._parts_of_appointments():
                part = SQL.identifier(alias, name, to_flush=model._fields[name])
                conditions.append(SQL("COALESCE(%s, 0) NOT IN %s", part, closed))
        return SQL("(%s)", SQL(" AND ").join(conditions))

    @api.model
    def _ties_named(self, model, alias):
        """Return the SQL of model and id for each pair of fields that ties ``model``."""
        return [model_sql(model, alias, *tie) for tie in model._tied_by()]

    @api.model
    def _closed_sql(self, model, alias):
        """Return the SQL of whether a row is tied to a file that is closed to the user."""
        ours = tuple(sorted(self._file_models()))
        conditions = [SQL("FALSE")]
        for named, id_ in self._ties_named(model, alias):
            opened = [
                SQL("%s = %s AND %s IN %s", named, name, id_, self._opened(key))
                for name, key in KEYS.items()
            ]
            conditions.append(
                SQL(
                    "(%s IN %s AND COALESCE(%s, 0) != 0 AND (%s) IS NOT TRUE)",
                    named,
                    ours,
                    id_,
                    SQL(" OR ").join(opened),
                )  # fmt: skip
            )
        return SQL("COALESCE(%s, FALSE)", SQL(" OR ").join(conditions))

    @api.model
    def _closed_appointments(self):
        """Return the SQL of the ids of appointments in files that are closed to the user.

        To whom they show that somebody is busy, they are closed all the same: that is nothing
        that may be read beside them.
        """
        # sudo: calendar.event - its columns alone; the files are those of the user
        events = self.env[APPOINTMENT].sudo()
        closed = self._closed_sql(events, "closed_event")
        return SQL("(SELECT id FROM calendar_event AS closed_event WHERE %s)", closed)

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
        # See _tied_to()
        record = record.with_context(prefetch_fields=False)
        if record._name == APPOINTMENT and record.privacy == "private":
            if record._check_private_event_conditions():
                return True
        pairs = [*record._tied_to()]
        pairs += [(APPOINTMENT, record[name].id) for name in record._parts_of_appointments()]
        files = [rules._file_behind(model, id_) for model, id_ in pairs]
        return all(file is None or rules._opens_file(*file) for file in files)

    @api.model
    def _file_behind(self, model, id_):
        """Return (model, id) of the record of a file that is meant, also by an appointment of it.

        :returns: None if it lies in no file
        """
        if model in self._file_models():
            return (model, id_) if id_ else None
        if model != APPOINTMENT or not id_ or APPOINTMENT not in self.env:
            return None
        # sudo: calendar.event - to which record it is tied, no matter who asks
        event = self.env[APPOINTMENT].sudo().browse(id_).exists()
        return next(iter(event._tied_files().values()), None)

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
        if not (records._tied_by() or records._parts_of_appointments()):
            return False
        # sudo: records - to which record they point, no matter who asks; nothing else of them is
        # read, for what is once read as superuser is no longer refused to the user
        records = records.sudo().with_context(prefetch_fields=False).exists()
        pairs = [pair for record in records for pair in record._tied_to()]
        for name in records._parts_of_appointments():
            pairs += [(APPOINTMENT, id_) for id_ in records[name].ids]
        return any(self._file_behind(*pair) for pair in pairs)
