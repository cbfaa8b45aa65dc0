"""Figures by trait (profiles B and C): persons by trait, small numbers protected.

This is the only way to figures by trait. What leaves it is protected already, so no output can
forget it: screen, paper, workbook, frozen lines.
"""

from collections import defaultdict
from datetime import date

from dateutil.relativedelta import relativedelta

from .. import breakdowns
from ..labels import FigureLabels
from ..matrix import Column, Matrix
from ..registry import RULES, TRAITS
from ..scope import check_scope
from ..traits import reading
from ..traits.words import TraitLabels
from .decisions import Decisions
from .rule import FLOOR
from .thresholds import employers_thresholds, offices_thresholds
from .year import COUNTY, EMPLOYER, MUNICIPALITY, PART, PLACE, WORKER, Presence, YearOfTraits


def local_matrix(env, indicators, request) -> Matrix:
    """Return the protected matrix of the indicators for a permitted request.

    :param LocalRequest request: of ``local_request``
    :raise AccessError: if the user's roles do not cover its scope
    """
    check_scope(env, request.scope)
    # sudo: counts over files that the reader may not open; numbers only, small ones hidden
    env = env(su=True)
    reading.flush(env, TRAITS)
    figures = LocalFigures(env, request)
    matrix = figures.matrix(indicators.with_env(env))
    figures.decisions.store()
    return matrix


class LocalFigures:
    """Counts one request; ``env`` is the engine's superuser environment."""

    def __init__(self, env, request):
        self.env = env
        self.request = request
        query = reading.presences(request.year)
        over = [
            row for row in (Presence(*row) for row in env.execute_query(query)) if self._over(row)
        ]
        towns = env["integration.municipality"].browse({r.municipality for r in over} - {None})
        self.counties = {town.id: town.county_id.id for town in towns}
        self.decisions = Decisions(env, request.year)
        employers = set(request.scope.company_ids)
        links = self.decisions.links()
        self.group = neighbours(over, self.counties, employers, links)
        self.decided_with = [row for row in over if row.employer in self.group]
        self.mandated = mandated(env, set(self.counties.values()))
        self.thresholds = (
            employers_thresholds(env, sorted({row.employer for row in self.decided_with})),
            offices_thresholds(env, sorted({c for c in self.counties.values() if c})),
        )
        self.presences = [row for row in over if row.employer in request.scope.company_ids]
        self.node = self._alias(request.node)
        self.blocks = self._persons()

    def _over(self, row):
        """Whether a month is over with the period: later ones do not change what it prints."""
        return row.month < self.request.months.stop

    def matrix(self, indicators):
        """Return rows for the total and the categories of every trait."""
        labels = FigureLabels(self.env, self.request.scope, self.request.period)
        words = TraitLabels(self.env, labels.langs, self.request.scope.company_ids)
        reader = self._reader()
        columns = self._columns(labels)
        nodes = self._nodes(columns)
        rows, cells, late = [], {}, False
        for indicator, texts in labels.indicators(indicators):
            rows.append(labels.row(indicator, texts))
            trait = RULES[indicator.rule].trait
            if not trait:
                cells[indicator.code, 0] = {
                    column: len(self.blocks.get(block, ())) for column, block in nodes.items()
                }
                continue
            areas = self._areas(labels) if trait.by_area else {}
            for area, paths in reader.parts(trait, list(areas)).items():
                year = self._year((indicator.rule, area), words.every(trait), paths)
                late |= not year.late.isdisjoint(nodes.values())
                listed = words.categories(trait, self._used(year))
                for category, item_texts in listed:
                    item = category + reading.AREA * area
                    texts = _in_group(item_texts, areas.get(area))
                    rows.append(labels.row(indicator, texts, item))
                    cells[indicator.code, item] = {
                        column: year.value(*block, category) for column, block in nodes.items()
                    }
        return Matrix(rows, columns, cells, late)

    def _areas(self, labels):
        """Return {life area: names} of those in use, in their order."""
        return dict(labels.current("integration.area"))

    def _reader(self):
        """Return the reader of the traits on the last day of each month of the year."""
        start = date(self.request.year, 1, 1)
        days = [start + relativedelta(months=number, days=-1) for number in range(1, 13)]
        return reading.TraitReader(self.env, {row.person for row in self.decided_with}, days)

    def _year(self, key, categories, paths):
        """Decide which cells of a trait are printed, for all that depend on each other.

        :param key: (rule, life area) of the trait
        """
        months = self.request.months.stop
        year = YearOfTraits(
            self.decided_with, categories, paths, self.counties, months, FLOOR,
            self.request.lengths, self.mandated,
        )  # fmt: skip
        year.recall(
            decision
            for decision in self.decisions.known[key]
            if any(employer in self.group for employer, _person in decision.held)
        )
        year.decide(*self.thresholds)
        self.decisions.keep(*key, year.fresh)
        return year

    def _used(self, year):
        """Return the categories that came up where the reader has rights, up to the period.

        As they are printed: a category that is new in a late entry has no row before its edition.
        """
        places = {
            (PLACE, row.employer, row.municipality)
            for row in self.presences
            if self._is_mine(row.municipality)
        }
        return {
            category
            for (node, (length, number), *_edition), numbers in year.numbers.items()
            if node in places and (number + 1) * length <= self.request.months.stop
            for category, persons in numbers.items()
            if persons
        }

    # ------------------------------------------------------------
    # Blocks and columns
    # ------------------------------------------------------------
    def _is_mine(self, municipality):
        """Whether a place lies in the county that the scope is permitted for, if it is for one."""
        county = self.request.scope.county_id
        return not county or self.counties.get(municipality) == county

    def _alias(self, node):
        """Name an employer who works in this county only as she is known herself."""
        if node[0] != PART:
            return node
        _level, employer, county = node
        rows = (row for row in self.presences if row.employer == employer)
        only_here = {self.counties.get(row.municipality) for row in rows} == {county}
        return (EMPLOYER, employer) if only_here else node

    def _persons(self):
        """Return {(node, span): persons} of all that this request shows."""
        blocks = defaultdict(set)
        spans = {self.request.span, *((1, month) for month in self._months())}
        for row in self.presences:
            for length, number in spans:
                if row.month // length == number:
                    for node in self._counted_in(row):
                        blocks[node, (length, number)].add(row.person)
        return blocks

    def _counted_in(self, row):
        """Return the nodes of the hierarchy that a presence belongs to."""
        county = self.counties.get(row.municipality)
        return (
            (EMPLOYER, row.employer), (WORKER, row.employer, row.worker),
            (PLACE, row.employer, row.municipality), (PART, row.employer, county),
            (MUNICIPALITY, row.municipality), (COUNTY, county),
        )  # fmt: skip

    def _months(self):
        """Return the months that stand in columns: none where there are no tables of months."""
        return self.request.months if 1 in self.request.lengths else ()

    def _below(self, breakdown, key):
        """Return the node of a column of the breakdown, None if the hierarchy has none."""
        level, *ids = self.node
        county = self.request.scope.county_id
        if level in (EMPLOYER, PART):
            if breakdown == breakdowns.WORKER:
                # The county directs no worker (county standard 3.2.1)
                return None if county else (WORKER, ids[0], key)
            return {breakdowns.MUNICIPALITY: (PLACE, ids[0], key)}.get(breakdown)
        if level == COUNTY:
            if breakdown == breakdowns.EMPLOYER:
                return self._alias((PART, key, county))
            return {breakdowns.MUNICIPALITY: (MUNICIPALITY, key)}.get(breakdown)
        if level == MUNICIPALITY and breakdown == breakdowns.EMPLOYER:
            return PLACE, key, ids[0]
        return None

    def _columns(self, labels):
        """Return {breakdown: columns} of the levels below."""
        columns = {breakdowns.MONTH: self._month_columns()} if self._months() else {}
        present = {
            breakdowns.WORKER: {row.worker for row in self.presences},
            breakdowns.EMPLOYER: {row.employer for row in self.presences},
            breakdowns.MUNICIPALITY: {
                row.municipality for row in self.presences if self._is_mine(row.municipality)
            },
        }
        seen = {
            breakdown: self._seen(breakdown, ids)
            for breakdown, ids in present.items()
            if self._below(breakdown, 0)
        }
        members = labels.columns(seen)
        if self.node[0] == MUNICIPALITY:
            # Employers without work or mandate there are none of hers
            members = {
                breakdown: [column for column in listed if column.key in seen[breakdown]]
                for breakdown, listed in members.items()
            }
        return {**columns, **members}

    def _month_columns(self):
        months = [f"{self.request.year}-{month + 1:02}" for month in self._months()]
        return [Column(f"{month}-01", month) for month in months]

    def _seen(self, breakdown, ids):
        """Return the keys of the members of a breakdown who counselled somebody."""
        span = self.request.span
        return {str(i) for i in ids if (self._below(breakdown, i), span) in self.blocks}

    def _nodes(self, columns):
        """Return {(breakdown, key): block} of every column, the total included."""
        nodes = {(breakdowns.TOTAL, ""): (self.node, self.request.span)}
        months = columns.get(breakdowns.MONTH, ())
        for number, column in zip(self._months(), months, strict=True):
            nodes[breakdowns.MONTH, column.key] = (self.node, (1, number))
        for breakdown, members in columns.items():
            if breakdown != breakdowns.MONTH:
                for column in members:
                    node = self._below(breakdown, int(column.key or 0))
                    nodes[breakdown, column.key] = (node, self.request.span)
        return nodes


def neighbours(presences, counties, employers, links=()):
    """Return employers and all that share counties with them, however far.

    On their tables is decided together.

    :param links: sets of employers who once stood in one table
    """
    found, seen = set(), set(employers)
    while seen - found:
        found = seen
        shared = {counties.get(row.municipality) for row in presences if row.employer in found}
        shared.discard(None)
        seen = found.union(
            (row.employer for row in presences if counties.get(row.municipality) in shared),
            *(link for link in links if link & found),
        )
    return found


def mandated(env, counties):
    """Return the (employer, county) of all mandates, as in the scopes of the coordinators.

    What an employer does elsewhere stands in her own figures, not in those of the county.
    """
    mandates = env["integration.mandate"].search([("county_id", "in", list(counties - {False}))])
    return {(mandate.company_id.id, mandate.county_id.id) for mandate in mandates}


def _in_group(texts, names):
    """Return the texts of a row below the name of its life area, in every language."""
    return {
        lang: {**words, "group": names[lang]["label"] if names else words["group"]}
        for lang, words in texts.items()
    }
