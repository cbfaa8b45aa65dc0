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
                              (calendar_year, number, rule, area, tables)
                       VALUES %s ON CONFLICT DO NOTHING RETURNING id""",
                    SQL(", ").join(
                        SQL("(%s, %s, %s, %s, %s)", self.year, self.last + 1, *key, json.dumps(new))
                        for *key, new in self.fresh
                    ),
                )
            )
            self.fresh = []
