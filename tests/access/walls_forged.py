"""Requests that pretend: foreign ids, forged contexts, paths through other models, bare methods."""

import inspect

from odoo.exceptions import UserError
from odoo.fields import Command

from ..common import MODULE
from ..product.thirds import due
from .walls_count import count
from .walls_registry import file_models, own_models
from .walls_routes import specification
from .walls_table import KEYS, allowed

ADDON = f"odoo.addons.{MODULE}"
# What somebody may add to a request, and hope that it is believed.
FORGED = (
    {"integration_show_name": True},
    {"integration_system": True},
    {"integration_asks_later": True},
    {"integration_in_list": True},
    {"active_test": False},
    {"uid": 1, "su": True},
    {"install_mode": True},
    {"prefetch_fields": False},
    {"bin_size": True, "lang": "de_DE"},
)
# Methods that only open something of the user's own.
HARMLESS = {("integration.first.steps", "action_open")}


class ForgedProbes:
    """Mixin of the matrix: needs its world."""

    # The tables whose changes are counted
    _watched = None

    # ------------------------------------------------------------
    # Foreign ids
    # ------------------------------------------------------------

    def test_foreign_ids_are_refused(self):
        """Nobody links a record she may not read, and then reads its name back."""
        for role, user in self.users.items():
            rows = self._writable_rows(role)
            foreign = self._closed_rows(role)
            with self.acting(user), self._short_errors():
                wrong = [
                    (role, *probe)
                    for row in rows
                    for probe in self._link_probes(role, row.with_env(self.env), foreign)
                ]
            with self.subTest(role):
                self.assertEqual(wrong, [])

    def _link_probes(self, role, row, foreign):
        """Yield what got through of all attempts to link ``row`` to a foreign record."""
        for name, field in row._fields.items():
            target = field.relational and foreign.get(field.comodel_name)
            if not target or field.name == "partner_id" and field.required:
                continue
            if not (field.store or field.inverse or field.type == "one2many"):
                continue
            if not due("link", role, row._name, name):
                continue
            to_one = field.type == "many2one"
            for value in (
                [target.id] if to_one else [[Command.link(target.id)], [Command.set(target.ids)]]
            ):
                for attempt, function in {
                    "write": lambda v=value, n=name: row.write({n: v}),
                    "create": lambda v=value, n=name: row.create(self._sample(row) | {n: v}),
                    "default": lambda v=value, n=name: row.with_context(
                        **{f"default_{n}": v}
                    ).create({k: w for k, w in self._sample(row).items() if k != n}),
                }.items():
                    count("foreign ids")
                    newest = self._all_rows(row)[:1].id
                    if not self._refuses(lambda _row, f=function: f(), row) and (
                        target
                        in self._all_rows(row).filtered(
                            lambda new, last=newest: new.id > last or new == row
                        )[name]
                    ):
                        yield row._name, name, attempt
                count("foreign ids")
                if self._told(
                    lambda v=value, n=name: row.browse().onchange({n: v}, [n], specification(row))
                ):
                    yield row._name, name, "onchange"

    @staticmethod
    def _all_rows(row):
        return row.sudo().with_context(active_test=False).search([], order="id desc")

    def _sample(self, row):
        """Return the values of ``row`` that a new one could have as well."""
        if row._name not in self.samples:
            self.samples[row._name] = (
                {name: value for name, value in row.sudo().copy_data()[0].items()}
                if row._name not in file_models(self.env)
                else self._required(self.env(su=True)[row._name], self.kits["mine"])
            )
        return dict(self.samples[row._name])

    def _told(self, function):
        """Return the closed secrets that the answer of a call holds."""
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                answer = function()
        except UserError as error:
            answer = error
        return self.closed_words(self.role_of(self.env.user), str(answer))

    def _writable_rows(self, role):
        """Return one row of every model that ``role`` may write or create."""
        rows = {}
        for key, situation, records in self.everything(role):
            if {"write", "create"} & allowed(key, role, situation) and situation == "own":
                rows.setdefault(key.split(":")[0], records[:1])
        return list(rows.values())

    def _closed_rows(self, role):
        """Return {model: a record of it that is closed to ``role``}, contacts included."""
        closed = {}
        for key, situation, records in self.everything(role):
            if "read" not in allowed(key, role, situation) and situation != "own":
                closed.setdefault(key.split(":")[0], records[:1].sudo())
        return closed

    # ------------------------------------------------------------
    # Contexts and paths
    # ------------------------------------------------------------

    def test_contexts_open_nothing(self):
        companies = (self.company_a | self.company_b | self.company_county).ids
        for role, user in self.users.items():
            opened = self.opened_ids(role)
            forged = [*FORGED, {"allowed_company_ids": companies}]
            forged += [{"allowed_company_ids": [company]} for company in companies]
            wrong = []
            with self.acting(user), self._short_errors():
                for name in self.kits["mine"].models():
                    if not due("context", role, name):
                        continue
                    everything, ids = opened[name]
                    for context in forged:
                        model = self.env[name].with_context(**context)
                        self.env.invalidate_all()
                        try:
                            result = set(model.search([("id", "in", list(everything))]).ids)
                        except UserError:
                            result = set()
                        count("forged contexts", len(everything))
                        if result - ids:
                            wrong.append((role, name, context))
            with self.subTest(role):
                self.assertEqual(wrong, [])

    def test_paths_lead_nowhere(self):
        """Neither domains nor groups by a path reach what the record at its end keeps closed."""
        for role, user in self.users.items():
            opened = self.opened_ids(role)
            wrong = []
            with self.acting(user), self._short_errors():
                for name in sorted({key.split(":")[0] for key in KEYS}):
                    if not self.env[name].has_access("read"):
                        continue
                    for path, field, word in self._paths(name):
                        if not due("path", role, name, path.name, field):
                            continue
                        count("paths")
                        wrong += self._path_probe(role, name, path, field, word, opened)
            with self.subTest(role):
                self.assertEqual(wrong, [])

    def _paths(self, name):
        """Yield (relational field, a free text at its end, what such a text begins with)."""
        for field in self.env[name]._fields.values():
            if not (field.relational and field.store and not field.groups):
                continue
            target = self.env[field.comodel_name]
            if target._name in self.planted:
                for text in self.planted[target._name]:
                    yield field, text, "xqs%"

    def _path_probe(self, role, name, field, text, word, opened):
        """Return what a path gave away."""
        self.env.invalidate_all()
        model = self.env[name].with_context(active_test=False)
        path = f"{field.name}.{text}"
        targets = opened[field.comodel_name][1]
        wrong = []
        try:
            rows = model.search([(path, "=like", word)])
        except UserError:
            rows = model
        if any(not targets.intersection(row.sudo()[field.name].ids) for row in rows):
            wrong.append((role, name, path, "domain"))
        if field.type == "many2one" and self._told(
            lambda: model.formatted_read_group([], [path], ["__count"])
        ):
            wrong.append((role, name, path, "group"))
        return wrong

    # ------------------------------------------------------------
    # Methods
    # ------------------------------------------------------------

    def test_methods_do_nothing_on_closed_rows(self):
        """Every public method is a route of its own: it shows nothing and changes nothing."""
        for role, user in self.users.items():
            closed = self._closed_rows(role)
            wrong = []
            with self.acting(user), self._short_errors():
                for name in sorted(own_models(self.env)):
                    if name not in closed:
                        continue
                    row = closed[name].with_env(self.env)
                    for method in self._methods(row):
                        if (name, method) in HARMLESS or not due("method", role, name, method):
                            continue
                        count("methods on closed rows")
                        before = self._changes()
                        if self._told(getattr(row, method)) or self._changes() != before:
                            wrong.append((role, name, method))
            with self.subTest(role):
                self.assertEqual(wrong, [])

    @staticmethod
    def _methods(row):
        """Return the names of the public methods of ours that need no argument."""
        for name in dir(type(row)):
            method = None if name.startswith("_") else getattr(type(row), name)
            if not inspect.isfunction(method) or not method.__module__.startswith(ADDON):
                continue
            if getattr(method, "_api_private", False):
                continue  # refused to every request by Odoo itself
            parameters = list(inspect.signature(method).parameters.values())[1:]
            if all(p.default is not p.empty or p.kind == p.VAR_KEYWORD for p in parameters):
                yield name

    def _changes(self):
        """Return how many rows of files and contacts this transaction has written so far."""
        cr = self.env.cr
        if self._watched is None:
            cr.execute("""
                SELECT array_agg(c.oid) FROM pg_class c
                 WHERE c.relkind = 'r' AND c.relnamespace = current_schema::regnamespace
                   AND (c.relname LIKE 'integration%'
                        OR c.relname IN ('res_partner', 'mail_activity'))
            """)
            type(self)._watched = cr.fetchone()[0]
        # What the view pg_stat_xact_user_tables says of all tables, for these alone
        cr.execute(
            """
            SELECT SUM(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
                       + pg_stat_get_xact_tuples_deleted(oid))
              FROM unnest(%s::oid[]) oid
            """,
            [self._watched],
        )
        return cr.fetchone()[0]
