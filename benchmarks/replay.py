"""The web client's own calls for cases beside those for Odoo's CRM leads, in turns A B A B.

Sends what calls.json holds through the whole server, request by request in this process: route,
rules, answer. Prints medians, queries, ratio and budget as a table, and writes them as json. A
missed budget is a line of the table. Runs in Odoo's shell (``env``) on the filled database.
"""

import json
import os
import platform
import statistics
import sys
from pathlib import Path

from odoo import release
from odoo.tools import config

sys.path.insert(0, os.environ["BENCH_FOLDER"])
from browser import Browser, may_log_in

TURNS = int(os.environ.get("BENCH_TURNS", "21"))
WORKER, LEAD = "w3_2", "w4_0"
OUT = os.environ.get("BENCH_OUT")

cr = env.cr
users = {login: env["res.users"].search([("login", "=", login)]) for login in (WORKER, LEAD)}
for user in users.values():
    may_log_in(user)
cr.commit()
mine = [("user_id", "=", users[WORKER].id)]
# Saved by an earlier run and by the capture: there shall be as many leads as cases
env["crm.lead"].search([*mine, ("name", "=", "L")]).unlink()
cases = env["integration.case"].search([*mine, ("state", "=", "open")], order="id")
leads = env["crm.lead"].search(mine, order="id")
stages = {
    False: env["integration.case.stage"].search([]).ids,
    True: env["crm.stage"].search([("is_won", "=", False)]).ids,
}
counts = (len(cases), len(leads), env["integration.case"].search_count([]))
IDS = {
    "$case": cases[0].id,
    "$client": cases[0].client_id.id,
    "$lead": leads[0].id,
    "$town": cases[0].municipality_id.id,
    "$channel": env.ref("integration_management.channel_home_visit").id,
}
cr.commit()


def measure(browser, way, turn):
    own = stages[way.endswith("_crm")]
    asked = list(browser.walk(way, {"$stage": own[turn % len(own)]}))
    return sum(seconds for seconds, _n in asked), sum(queries for _s, queries in asked)


# (what, who, ours, the CRM's, at most so many times the CRM's, at most so many queries)
MEASURED = (
    ("kanban, own calls", WORKER, "kanban", "kanban_crm", 0.5, None),
    ("kanban, page with images", WORKER, "kanban:images", "kanban_crm:images", 0.1, None),
    ("kanban of a lead, all of the employer", LEAD, "team", "team_crm", 0.4, None),
    ("list", WORKER, "list", "list_crm", 0.35, 11),
    ("form, all calls", WORKER, "form", "form_crm", 0.6, 25),
    ("talk with note saved, a bare lead", WORKER, "talk", "lead_crm", 0.7, None),
    ("stage moved", WORKER, "move", "move_crm", 0.6, None),
)
only = os.environ.get("BENCH_ONLY")
rows = []
for what, login, ours, theirs, ratio, most in MEASURED:
    if only and only not in ours:
        continue
    browser = Browser(users[login], IDS)
    for turn in (0, 1):
        measure(browser, ours, turn), measure(browser, theirs, turn)
    pairs = [
        (measure(browser, ours, turn), measure(browser, theirs, turn)) for turn in range(TURNS)
    ]
    our, their = (statistics.median(pair[side][0] for pair in pairs) for side in (0, 1))
    queries = [statistics.median_low(pair[side][1] for pair in pairs) for side in (0, 1)]
    met = our <= ratio * their and (most is None or queries[0] <= most)
    rows.append(
        {
            "what": what,
            "ms": round(our * 1000, 1),
            "crm_ms": round(their * 1000, 1),
            "queries": queries[0],
            "crm_queries": queries[1],
            "ratio": round(our / their, 2),
            "budget": ratio,
            "most_queries": most,
            "met": met,
        }
    )
    print(
        f"{what:38} {our * 1000:7.1f} ms {queries[0]:4} q   CRM {their * 1000:7.1f} ms "
        f"{queries[1]:4} q   {our / their:5.2f} x (budget {ratio}"
        f"{f', {most} q' if most else ''}) {'met' if met else 'MISSED'}",
        flush=True,
    )
machine = {
    "odoo": release.version,
    "python": platform.python_version(),
    "postgresql": cr._cnx.server_version,
    "processors": os.cpu_count(),
    "cases_of_worker": counts[0],
    "leads_of_worker": counts[1],
    "cases": counts[2],
    "turns": TURNS,
    "server": config["workers"] and "workers" or "threads",
}
print(", ".join(f"{name} {value}" for name, value in machine.items()))
if OUT:
    Path(OUT).write_text(json.dumps({"machine": machine, "measured": rows}, indent=1) + "\n")
