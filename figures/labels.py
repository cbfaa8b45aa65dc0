"""Names for the rows and columns of the official figures, in all installed languages.

A frozen report must stay readable in German and English after an area was renamed, so
its texts are taken in every language at once.
"""

import unicodedata
from collections import defaultdict

from odoo.fields import Domain
from odoo.tools import SQL

from .breakdowns import EMPLOYER, MONTH, MUNICIPALITY
from .matrix import Column, Row
from .registry import RULES

# Fields by which the members of breakdowns are named and found
READS = {
    "res.users": ["partner_id"],
    "res.partner": ["name"],
    "res.company": ["name"],
    "integration.municipality": ["name"],
    "integration.mandate": ["company_id", "municipality_id", "date_start", "date_end"],
    "integration.case.assignment": [
        "company_id", "user_id", "municipality_id", "date_from", "date_to",
    ],
}  # fmt: skip


def _in_lang(names, lang):
    """Return the one of {language: name} that a reader of ``lang`` sees."""
    return (names and (names.get(lang) or names.get("en_US"))) or ""


def sort_key(text: str) -> str:
    """Sort Ä with A, as a German reader expects, whatever the database collation."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return "".join(char for char in folded if not unicodedata.combining(char))


class FigureLabels:
    """Looks names up in few queries; ``env`` is the engine's superuser environment."""

    def __init__(self, env, scope, period):
        self.env = env(context={**env.context, "active_test": False})
        self.scope = scope
        self.period = period
        self.langs = [code for code, _name in env["res.lang"].get_installed()]

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------
    def indicators(self, indicators):
        """Return [(indicator, texts)], read in all languages at once."""
        indicators = indicators.with_env(self.env)
        indicators.with_context(prefetch_langs=True).fetch(
            ["code", "rule", "unit", "level", "name", "short_name", "definition"]
        )
        texts = self._texts(
            indicators,
            lambda rec: {
                "label": rec.name,
                "short": rec.short_name or rec.name,
                "definition": rec.definition or "",
            },
        )
        return [(indicator, texts[indicator.id]) for indicator in indicators]

    @staticmethod
    def row(indicator, texts, item=0) -> Row:
        """Return the line of an indicator, or of one item of its list."""
        return Row(
            code=indicator.code, rule=indicator.rule, unit=indicator.unit,
            level=indicator.level, item=item, texts=texts,
        )  # fmt: skip

    def lists(self, rules, used):
        """Return {rule: [(id, texts)]} of the rows of lists: in use now, or counted.

        :param used: {rule: ids that were counted}
        """
        parts = [
            self._listed(rule, RULES[rule].items, used.get(rule, []))
            for rule in rules
            if RULES[rule].items and (used.get(rule) or not RULES[rule].items.many)
        ]
        lists = defaultdict(list)
        rows = self.env.execute_query(SQL(" UNION ALL ").join(parts)) if parts else ()
        for rule, _number, item, names, groups in sorted(rows, key=lambda row: row[:2]):
            texts = {
                lang: {"label": _in_lang(names, lang), "group": _in_lang(groups, lang)}
                for lang in self.langs
            }
            lists[rule].append((item, texts))
        return lists

    def _listed(self, rule, items, used) -> SQL:
        """Return the query of a list: rule, place, id, and names of row and group by language."""
        domain = Domain("id", "in", used)
        if not items.many:
            domain |= self._current(items)
        model = self.env[items.model]
        model.flush_model(["name", "sequence", *filter(None, [items.group])])
        group = SQL("(VALUES (NULL::integer, NULL::integer, NULL::jsonb)) g(id, sequence, name)")
        joined = SQL("TRUE")
        if items.group:
            groups = self.env[model._fields[items.group].comodel_name]
            groups.flush_model(["name", "sequence"])
            group = SQL("%s g", SQL.identifier(groups._table))
            joined = SQL("g.id = t.%s", SQL.identifier(items.group))
        return SQL(
            """SELECT %(rule)s,
                      row_number() OVER (ORDER BY g.sequence, g.id, t.sequence,
                          COALESCE(t.name->>%(lang)s, t.name->>'en_US'), t.id),
                      t.id, t.name, g.name
                 FROM %(table)s t JOIN %(group)s ON %(joined)s WHERE t.id IN %(listed)s""",
            rule=rule,
            lang=self.env.lang or "en_US",
            table=SQL.identifier(model._table),
            group=group,
            joined=joined,
            listed=model._search(domain).subselect(),
        )

    def current(self, model):
        """Return (id, texts) of the records of a list that are in use now."""
        records = self.env[model].search_fetch(self._in_use(), ["name"])
        texts = self._texts(records, lambda rec: {"label": rec.name, "group": ""})
        return [(record.id, texts[record.id]) for record in records]

    def _current(self, items):
        """Return the domain of what belongs on a list even if it never came up."""
        return self._in_use() & Domain(list(items.current))

    def _in_use(self):
        """Return the domain of what employers of the scope choose from now."""
        active = Domain("active", "=", True)
        return active & Domain("company_id", "in", [False, *self.scope.company_ids])

    def _texts(self, records, read):
        """Return {id: {lang: texts}}."""
        texts = defaultdict(dict)
        for lang in self.langs:
            for record in records.with_context(lang=lang):
                texts[record.id][lang] = read(record)
        return texts

    # ------------------------------------------------------------
    # Columns
    # ------------------------------------------------------------
    def columns(self, seen):
        """Return {breakdown: columns}: who has figures, and who should have.

        :param seen: {breakdown: keys of those who have}
        """
        self._flush()
        parts = [
            SQL("(%s)", self._named(name, keys)) for name, keys in seen.items() if name != MONTH
        ]
        found = defaultdict(list)
        for name, *named in self.env.execute_query(SQL(" UNION ALL ").join(parts)) if parts else ():
            found[name].append(Column(*named))
        for name, keys in seen.items():
            if name == MONTH:
                begun = {month.month_key for month in self.period.months_begun()}
                found[name] = [Column(key, key[:7]) for key in sorted(begun | keys)]
                continue
            found[name].sort(key=lambda column: (sort_key(column.label), int(column.key)))
            if "" in keys:
                found[name].append(Column("", ""))
        return {name: found[name] for name in seen}

    def _flush(self):
        """Write to the database what the queries of names read."""
        for model, names in READS.items():
            self.env[model].flush_model(names)

    def _named(self, breakdown, keys) -> SQL:
        """Return the query of the members of a breakdown: its name, key and name of each.

        Some appear even with nothing but zeros: silence is a figure too.
        """
        ids = [int(key) for key in keys if key]
        if breakdown == EMPLOYER:
            return SQL(
                "SELECT %s, id::text, name FROM res_company WHERE id = ANY(%s)",
                breakdown,
                [*ids, *self.scope.company_ids],
            )
        if breakdown == MUNICIPALITY:
            return SQL(
                """SELECT %s, id::text, name FROM integration_municipality WHERE id = ANY(%s)
                       OR id IN (SELECT municipality_id FROM integration_mandate WHERE %s)""",
                breakdown,
                ids,
                self._in_force("date_start", "date_end"),
            )
        expected = self._in_force("date_from", "date_to")
        if self.scope.user_ids is not None:
            expected = SQL("%s AND user_id = ANY(%s)", expected, list(self.scope.user_ids))
        return SQL(
            """SELECT %s, u.id::text, p.name
                 FROM res_users u JOIN res_partner p ON p.id = u.partner_id
                WHERE u.id = ANY(%s)
                   OR u.id IN (SELECT user_id FROM integration_case_assignment WHERE %s)""",
            breakdown,
            ids,
            expected,
        )

    def _in_force(self, start, stop) -> SQL:
        """Return the condition of what held in the period, within the scope.

        :param start: column of the first day; ``stop`` of the last one, empty if it lasts
        """
        held = SQL(
            "company_id = ANY(%s) AND %s <= %s AND (%s IS NULL OR %s >= %s)",
            list(self.scope.company_ids),
            SQL.identifier(start),
            self.period.date_to,
            SQL.identifier(stop),
            SQL.identifier(stop),
            self.period.date_from,
        )
        if self.scope.municipality_ids is None:
            return held
        return SQL("%s AND municipality_id = ANY(%s)", held, list(self.scope.municipality_ids))
