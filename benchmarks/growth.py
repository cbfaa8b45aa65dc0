"""What a worker's own kanban costs while the cases of others grow: one size of the database.

Run after each step of growth, in Odoo's shell (``env``). The worker keeps her cases; what she asks
for is what the web client was seen to ask for. The first size is kept beside the others in the
file BENCH_BEFORE, and the others are told as so many times as long.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

from odoo.service.model import call_kw

from odoo.addons.integration_management.tools import local_today

HERE = Path(os.environ["BENCH_FOLDER"])
sys.path.insert(0, str(HERE))
from told import Told  # noqa: E402

TURNS = int(os.environ.get("BENCH_TURNS", "31"))
ALLOWED = 1.2
CALLS = json.loads((HERE.parent / "tests" / "speed" / "calls.json").read_text())["kanban"]
before = Path(os.environ["BENCH_BEFORE"])

worker = env["res.users"].search([("login", "=", "w3_2")])
worker.lang = "de_DE" if env["res.lang"]._lang_get("de_DE") else "en_US"
cases = env["integration.case"]
own = cases.search_count([("user_id", "=", worker.id), ("state", "!=", "closed")])
marks = {
    "$user": worker.id,
    "$company": worker.company_id.id,
    "$today": local_today(env).isoformat(),
}


def real(value):
    if isinstance(value, dict):
        return {name: real(item) for name, item in value.items()}
    if isinstance(value, list):
        return [real(item) for item in value]
    return marks.get(value, value) if isinstance(value, str) else value


def kanban():
    """Return the seconds and queries of one look at the kanban, on a fresh cache."""
    env.flush_all()
    env.invalidate_all()
    env.cr.cache.clear()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    for path, asked in (real(call) for call in CALLS):
        if "call_kw" in path:
            model = env(user=worker.id, su=False)[asked["model"]]
            call_kw(model, asked["method"], asked["args"], asked["kwargs"])
    return time.perf_counter() - start, env.cr.sql_log_count - queries


kanban(), kanban()
turns = [kanban() for _turn in range(TURNS)]
median = statistics.median(seconds for seconds, _queries in turns) * 1000
first = json.loads(before.read_text()) if before.exists() else {"ms": median}
if not before.exists():
    before.write_text(json.dumps(first))
told = Told(env)
told.tell(
    f"kanban, {own} own of {cases.search_count([])} cases",
    met=median <= ALLOWED * first["ms"],
    budget=f"{ALLOWED} x",
    ms=median,
    least_ms=min(turns)[0] * 1000,
    queries=turns[-1][1],
    ratio=median / first["ms"],
)
told.end(own_cases=own)
