"""What the record rules cost a worker: the same request with and without them, A B A B."""

import os
import statistics
import sys
import time

sys.path.insert(0, os.environ["BENCH_FOLDER"])
from told import Told  # noqa: E402

REPEATS = 15
ALLOWED = 1.25
FLOOR = 0.010

worker = env["res.users"].search([("login", "=", "w3_2")])
context = {"allowed_company_ids": worker.company_id.ids, "integration_show_name": True}
CARD = {
    name: {}
    for name in (
        "display_name",
        "municipality_id",
        "silence_state",
        "consent_state",
        "has_plan",
        "days_silent",
        "next_contact_date",
        "person_count",
        "next_step_id",
        "may_work",
        "state",
    )
}
LIST = {
    name: {}
    for name in (
        "display_name",
        "municipality_id",
        "user_id",
        "stage_id",
        "silence_state",
        "last_talk_date",
        "next_contact_date",
        "consent_state",
        "has_plan",
        "date_start",
    )
}
MINE = [("user_id", "=", worker.id), ("state", "!=", "closed")]


def kanban(model):
    model.web_read_group(
        MINE, ["stage_id"], ["__count"], auto_unfold=True, unfold_read_specification=CARD
    )
    model.read_progress_bar(
        MINE, "stage_id", {"field": "silence_state", "colors": {"on_time": "success"}}
    )


def case_list(model):
    model.web_search_read(MINE, LIST, limit=80)


def timed(request, su):
    env.invalidate_all()
    model = env(user=worker.id, su=su, context=context)["integration.case"]
    queries = env.cr.sql_log_count
    start = time.perf_counter()
    request(model)
    return time.perf_counter() - start, env.cr.sql_log_count - queries


told = Told(env)
for request in (kanban, case_list):
    timed(request, False), timed(request, True)
    pairs = [(timed(request, False), timed(request, True)) for _ in range(REPEATS)]
    with_rules = statistics.median(pair[0][0] for pair in pairs)
    without = statistics.median(pair[1][0] for pair in pairs)
    told.tell(
        f"rules, {request.__name__}",
        met=with_rules <= max(without * ALLOWED, without + FLOOR),
        budget=f"{ALLOWED} x or {FLOOR * 1000:.0f} ms more",
        ms=with_rules * 1000,
        without_ms=without * 1000,
        queries=pairs[0][0][1],
        queries_without=pairs[0][1][1],
        ratio=with_rules / without,
    )
told.end()
