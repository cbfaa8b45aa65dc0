"""What was decided about the tables of a year, kept with the facts that it rested on.

Late entries, corrections, another threshold or a new kind of benefit would let decisions that are
worked out again turn out otherwise, and two prints of one table would tell together what each of
them hides. So the first decision on a table is kept, with who was counted in it under what, and
later ones are made in the knowledge of it (year.py).
"""

import json
from collections import defaultdict

from odoo.tools import SQL

from .year import Decision

# Of tables that are no matter of one calendar year
ANY_YEAR = 0


class Decisions:
    """What was decided about a calendar year; ``env`` is the engine's."""

    def __init__(self, env, year):
        self.env = env
        self.year = year
        self.known = defaultdict(list)
        self.last = 0
        rows = env.execute_query(
            SQL(
                """SELECT number, rule, area, tables FROM integration_figures_decision
                    WHERE calendar_year = %s ORDER BY number, id""",
                year,
            )
        )
        for number, rule, area, tables in rows:
            self.last = number
            self.known[rule, area] += [Decision.of(packed) for packed in tables]
        self.fresh = []

    def links(self):
        """Return the sets of employers on whose tables was decided together."""
        return {
            frozenset(employer for employer, _person in decision.held)
            for decisions in self.known.values()
            for decision in decisions
        }

    def keep(self, rule, area, decisions):
        """Remember what was decided anew about a trait."""
        if decisions:
            self.fresh.append((rule, area, [decision.packed() for decision in decisions]))

    def store(self):
        """Write what was decided anew.

        Of two who decide at once, the second one is refused by the database and tried again by
        Odoo: then it reads what the first one has decided.
        """
        if self.fresh:
            self.env.execute_query(
                SQL(
                    """INSERT INTO integration_figures_decision
                              (calendar_year, number, rule, area, employer, tables)
                       VALUES %s ON CONFLICT DO NOTHING RETURNING id""",
                    SQL(", ").join(
                        SQL(
                            "(%s, %s, %s, %s, 0, %s)",
                            *(self.year, self.last + 1, *key, json.dumps(new)),
                        )
                        for *key, new in self.fresh
                    ),
                )
            )
            self.fresh = []


class Kept:
    """What was printed of single employers, whatever the time: areas and topics, answers.

    :ivar of: {employer: [(number, what was kept)]}, in the order in which it was kept
    """

    def __init__(self, env, rule, employers):
        """:param rule: of what"""
        self.env = env
        self.rule = rule
        self.of = defaultdict(list)
        rows = env.execute_query(
            SQL(
                """SELECT employer, number, tables FROM integration_figures_decision
                    WHERE calendar_year = %s AND rule = %s AND employer = ANY(%s)
                    ORDER BY employer, number""",
                ANY_YEAR,
                rule,
                list(employers),
            )
        )
        for employer, number, kept in rows:
            self.of[employer].append((number, kept))

    def next_number(self, employer):
        """Return the number of what is kept of an employer next."""
        return self.of[employer][-1][0] + 1 if self.of[employer] else 1

    def store(self, fresh):
        """Write what was printed for the first time; of two at once, one is tried again by Odoo.

        :param fresh: {employer: what is kept, or nothing}
        """
        rows = [
            SQL(
                "(%s, %s, %s, 0, %s, %s)",
                ANY_YEAR,
                self.next_number(employer),
                self.rule,
                employer,
                json.dumps(kept),
            )
            for employer, kept in sorted(fresh.items())
            if kept
        ]
        if rows:
            self.env.execute_query(
                SQL(
                    """INSERT INTO integration_figures_decision
                              (calendar_year, number, rule, area, employer, tables)
                       VALUES %s ON CONFLICT DO NOTHING RETURNING id""",
                    SQL(", ").join(rows),
                )
            )
