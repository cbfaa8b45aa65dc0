"""Names for the rows and columns of the official figures, in all installed languages.

A frozen report must stay readable in German and English after an area was renamed, so
its texts are taken in every language at once.
"""

import unicodedata
from collections import defaultdict

from odoo.fields import Domain

from .breakdowns import BREAKDOWNS, EMPLOYER, MONTH, MUNICIPALITY
from .matrix import Column, Row
from .registry import RULES


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
        """Yield each indicator with its texts."""
        texts = self._texts(
            indicators,
            lambda rec: {
                "label": rec.name,
                "short": rec.short_name or rec.name,
                "definition": rec.definition or "",
            },
        )
        for indicator in indicators:
            yield indicator, texts[indicator.id]

    @staticmethod
    def row(indicator, texts, item=0) -> Row:
        """Return the line of an indicator, or of one item of its list."""
        return Row(
            code=indicator.code, rule=indicator.rule, unit=indicator.unit,
            level=indicator.level, item=item, texts=texts,
        )  # fmt: skip

    def items(self, rule, used):
        """Return (id, texts) of the rows of a list: what is in use now or was counted."""
        items = RULES[rule].items
        if not items:
            return []
        domain = Domain("id", "in", used)
        if not items.many:
            domain |= self._current(items)
        names = ["name", items.group] if items.group else ["name"]
        records = self.env[items.model].search_fetch(domain, names)
        texts = self._texts(
            records,
            lambda rec: {"label": rec.name, "group": rec[items.group].name if items.group else ""},
        )
        if items.group:
            records = records.sorted(lambda rec: (rec[items.group].sequence, rec[items.group].id))
        return [(record.id, texts[record.id]) for record in records]

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
    def columns(self, breakdown, seen):
        """Return the columns of a breakdown: who has figures, and who should have."""
        if breakdown == MONTH:
            begun = {month.month_key for month in self.period.months_begun()}
            return [Column(key, key[:7]) for key in sorted(begun | seen)]
        keys = seen | {str(record_id) for record_id in self._expected(breakdown)}
        records = self.env[BREAKDOWNS[breakdown].model].browse(sorted(int(k) for k in keys if k))
        columns = [Column(str(rec.id), rec.name) for rec in records]
        columns.sort(key=lambda column: (sort_key(column.label), int(column.key)))
        if "" in keys:
            columns.append(Column("", ""))
        return columns

    def _expected(self, breakdown):
        """Return ids that appear even with nothing but zeros: silence is a figure too."""
        if breakdown == EMPLOYER:
            return self.scope.company_ids
        if breakdown == MUNICIPALITY:
            domain = self._in_force("date_start", "date_end")
            return self._ids("integration.mandate", "municipality_id", domain)
        domain = self._in_force("date_from", "date_to")
        if self.scope.user_ids is not None:
            domain &= Domain("user_id", "in", self.scope.user_ids)
        return self._ids("integration.case.assignment", "user_id", domain)

    def _in_force(self, start, stop):
        """Return the domain of what held in the period, within the scope.

        :param start: field of the first day; ``stop`` of the last one, empty if it lasts
        """
        domain = Domain("company_id", "in", self.scope.company_ids)
        domain &= Domain(start, "<=", self.period.date_to)
        domain &= Domain(stop, "=", False) | Domain(stop, ">=", self.period.date_from)
        if self.scope.municipality_ids is not None:
            domain &= Domain("municipality_id", "in", self.scope.municipality_ids)
        return domain

    def _ids(self, model, field, domain):
        return [record.id for (record,) in self.env[model]._read_group(domain, [field]) if record]
