"""The official figures beside one query by hand per figure (naive_queries.py), in turns A B A B.

A year of all state figures, of all employers, of the largest one and of one worker. First every
number of the engine is compared with that of the query, before anything is hidden: as long as they
differ a ratio says nothing. Then what is timed is the whole of the engine, names and protection
included. Runs in Odoo's shell (``env``) on the filled database.
"""

import os
import statistics
import sys
import time
from pathlib import Path

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from odoo.addons.integration_management.figures import engine
from odoo.addons.integration_management.figures.breakdowns import BREAKDOWNS
from odoo.addons.integration_management.figures.counting import room_to_count
from odoo.addons.integration_management.figures.period import Period
from odoo.addons.integration_management.figures.registry import RULES
from odoo.addons.integration_management.figures.scope import Scope
from odoo.addons.integration_management.tools import local_today

HERE = Path(os.environ["BENCH_FOLDER"])
sys.path.insert(0, str(HERE))
from naive_queries import QUERIES  # noqa: E402
from told import Told  # noqa: E402

TURNS = int(os.environ.get("BENCH_TURNS", "7"))
FIXED_MS = 10
# (breakdown, place among the columns of a row, place of what says that the row has none)
COLUMNS = (("worker", 1, 5), ("employer", 2, 6), ("municipality", 3, 7), ("month", 4, 8))

today = local_today(env)
period = Period(today - relativedelta(years=1, days=-1), today, today)
indicators = env["integration.indicator"].search([("profile", "=", "state")])


def counted(scope):
    """Return the numbers of the engine, before anything is hidden, and without zeros."""
    sources = {rule.key for rule in RULES.values() if rule.source}
    with room_to_count(env):
        cells = engine._count(env, sources, scope, period, BREAKDOWNS)
    return {
        (rule, item, *column): number
        for (rule, item), numbers in cells.items()
        for column, number in numbers.items()
        if number
    }


def by_hand(scope):
    """Return the numbers of the hand-written queries, under the same names."""
    values = {
        "companies": list(scope.company_ids),
        "users": None if scope.user_ids is None else list(scope.user_ids),
        "start": period.date_from,
        "stop": period.date_to,
        "last_day": period.last_day,
    }
    found = {}
    for figure, query in QUERIES.items():
        env.cr.execute(query, values)
        for row in env.cr.fetchall():
            breakdown, key = "total", ""
            for name, place, grouped in COLUMNS:
                if not row[grouped]:
                    breakdown, key = name, str(row[place] or "")
            if row[-1]:
                found[figure, row[0] or 0, breakdown, key] = row[-1]
    return found


def whole(scope):
    engine.figures_matrix(env, indicators, scope, period)


def seconds(function, scope):
    env.flush_all()
    env.invalidate_all()
    start = time.perf_counter()
    function(scope)
    return time.perf_counter() - start


env.cr.execute(
    SQL(
        """SELECT company_id, user_id, count(*) FROM integration_contact WHERE date >= %s
            GROUP BY GROUPING SETS ((company_id), (company_id, user_id), ())
            ORDER BY count(*) DESC""",
        period.date_from,
    )
)
rows = env.cr.fetchall()
talks = rows[0][2]
largest = next(company for company, user, _n in rows if company and not user)
worker = next(user for company, user, _n in rows if company == largest and user)
MEASURED = (
    ("figures, all employers", Scope(tuple(env["res.company"].search([]).ids)), 0.35, 0),
    ("figures, the largest employer", Scope((largest,)), 0.1, 0),
    ("figures, one worker", Scope((largest,), user_ids=(worker,)), 0.5, FIXED_MS),
    # Nobody's work: what the engine costs before it counts anything
    ("figures, fixed costs", Scope((largest,), user_ids=(0,)), None, FIXED_MS),
)
told = Told(env)
print(f"{talks} contacts in a year, {len(indicators)} figures, {len(QUERIES)} queries by hand")
for what, scope, ratio, most_ms in MEASURED:
    ours, theirs = counted(scope), by_hand(scope)
    if ours != theirs:
        wrong = sorted(
            (key, ours.get(key), theirs.get(key))
            for key in ours.keys() | theirs.keys()
            if ours.get(key) != theirs.get(key)
        )
        raise SystemExit(f"{what}: {len(wrong)} numbers differ, e.g. {wrong[:5]}")
    seconds(whole, scope), seconds(by_hand, scope)
    turns = [(seconds(whole, scope), seconds(by_hand, scope)) for _turn in range(TURNS)]
    our, their = (statistics.median(column) for column in zip(*turns, strict=True))
    least, their_least = (min(column) for column in zip(*turns, strict=True))
    before = env.cr.sql_log_count
    seconds(whole, scope)
    queries = env.cr.sql_log_count - before
    counting = statistics.median(seconds(counted, scope) for _turn in range(TURNS))
    told.tell(
        what,
        met=(ratio is None or our <= ratio * their) and (ratio or our * 1000 <= most_ms),
        ms=our * 1000,
        beside_ms=their * 1000,
        ratio=our / their,
        budget=f"{ratio} x" if ratio else f"{most_ms} ms",
        least_ms=least * 1000,
        beside_least_ms=their_least * 1000,
        queries=queries,
        numbers=len(ours),
        counting_ms=counting * 1000,
    )
told.end(contacts=talks)
