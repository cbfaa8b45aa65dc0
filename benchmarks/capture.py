"""What the web client itself asks the server for on the ten busiest ways: ``bin/bench --capture``.

A browser opens cases and leads on the database that is filled for the benchmarks; each request is
written down in calls.json, with marks in place of this database's ids. replay.py sends the same
requests on any other database. To be captured anew when a view or Odoo changes; BENCH_ONLY names
the ways that are, if not all of them.
"""

import contextlib
import json
import os
import re
from datetime import date
from pathlib import Path
from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, tagged

CALLS = Path(__file__).parents[1] / "tests" / "speed" / "calls.json"
ONLY = os.environ.get("BENCH_ONLY", "").split()
WORKER, LEAD = "w3_2", "w4_0"
# What is asked once per session and kept by the client
LEFT_OUT = (
    "/web/action/",
    "/web/webclient/",
    "/bus/",
    "/websocket",
    "/web/session/",
    "/mail/data",
    "/html_editor/get_ice_servers",
)
# What lies behind the dialog is read again when it closes, as after anything else
BEHIND = {"read_progress_bar", "web_read_group"}
KEPT_METHODS = {"get_views", "has_group", "systray_get_activities", "channel_fetched"}
# The picture of whoever is logged in, in the bar
OWN_PICTURE = "/web/image"
# What is new with each form
KEY = re.compile(r"[0-9a-f]{32}")
# Keys whose values depend on what is dragged or chosen, and those whose numbers are no ids
MOMENTS = {"stage_id": "$stage", "default_stage_id": "$stage"}
CHOSEN = {"municipality_id": "$town", "channel_id": "$channel"}
NUMBERS = {"limit", "offset", "count_limit", "duration", "unnamed_count", "color"}
HELPERS = """
    const until = async (find) => {
        for (let turn = 0; turn < 300; turn++) {
            const found = find();
            if (found) return found;
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
        throw new Error("never seen: " + find);
    };
    const one = (selector) => until(() => document.querySelector(selector));
    const quiet = () => new Promise((resolve) => setTimeout(resolve, 1500));
    const mark = () => fetch("/web/image/bench-mark-0");
    const type = (node, text) => {
        node.value = text;
        node.dispatchEvent(new InputEvent("input", {bubbles: true}));
        node.dispatchEvent(new Event("change", {bubbles: true}));
    };
    const drag = async (card, column) => {
        const at = (node) => {
            const box = node.getBoundingClientRect();
            return {clientX: box.x + 20, clientY: box.y + 40};
        };
        const send = (node, kind, place) => node.dispatchEvent(new PointerEvent(kind, {
            bubbles: true, cancelable: true, pointerType: "mouse", button: 0, ...place}));
        const from = at(card), to = at(column);
        send(card, "pointerdown", from);
        for (const part of [0.2, 0.5, 0.8, 1]) {
            send(document.elementFromPoint(to.clientX, to.clientY) || column, "pointermove", {
                clientX: from.clientX + part * (to.clientX - from.clientX),
                clientY: from.clientY + part * (to.clientY - from.clientY)});
            await new Promise((resolve) => setTimeout(resolve, 60));
        }
        send(column, "pointerenter", to);
        send(column, "pointerup", to);
    };
"""
CARDS = "await one('.o_kanban_record:not(.o_kanban_ghost)'); await quiet();"
ROWS = "await one('.o_data_row'); await quiet();"
FORM = "await one('.o_form_view .o_field_widget'); await quiet(); await quiet();"
MOVE = (
    CARDS
    + """
    await mark();
    const columns = [...document.querySelectorAll(".o_kanban_group")];
    const from = columns.findIndex((column) => column.querySelector(".o_kanban_record"));
    const card = columns[from].querySelector(".o_kanban_record");
    await drag(card, columns[from ? from - 1 : from + 1]); await quiet();
"""
)
TALK = (
    CARDS
    + """
    (await one(".o_kanban_record button[name=action_new_contact]")).click();
    type(await one(".modal .o_field_widget[name=note] textarea"), "A talk, in some words.");
    await quiet();
    await mark();
    (await one(".modal footer button.btn-primary")).click();
    await until(() => !document.querySelector(".modal")); await quiet();
"""
)
LEAD_NEW = """
    await one(".o_form_view .o_field_widget[name=name]"); await quiet();
    type(await one(".o_field_widget[name=name] textarea, .o_field_widget[name=name] input"), "L");
    await quiet();
    await mark();
    (await one(".o_form_button_save")).click(); await quiet(); await quiet();
"""
MINE = "integration_management.integration_case_action"
TEAM = "integration_management.integration_case_action_team"
LEADS = "crm.crm_lead_action_pipeline"


@tagged("post_install", "-at_install")
class TestCapture(HttpCase):
    def setUp(self):
        super().setUp()
        self.asked = []
        self.worker, self.lead = (
            self.env["res.users"].search([("login", "=", login)]) for login in (WORKER, LEAD)
        )
        case = self._first("integration.case", [("state", "=", "open")])
        lead = self._first("crm.lead", [])
        self.opened = case, lead
        self.ids = {lead.id: "$lead", case.client_id.id: "$client", case.id: "$case"}

    def _first(self, model, domain):
        mine = [("user_id", "=", self.worker.id), *domain]
        return self.env[model].search(mine, order="id", limit=1)

    def test_capture(self):
        case, lead = (record.id for record in self.opened)
        ways = {
            "kanban": (self.worker, f"action-{MINE}", CARDS),
            "kanban_crm": (self.worker, f"action-{LEADS}", CARDS),
            "team": (self.lead, f"action-{TEAM}", CARDS),
            "team_crm": (self.lead, "action-crm.crm_lead_opportunities", CARDS),
            "list": (self.worker, f"action-{MINE}?view_type=list", ROWS),
            "list_crm": (self.worker, f"action-{LEADS}?view_type=list", ROWS),
            "form": (self.worker, f"action-{MINE}/{case}", FORM),
            "form_crm": (self.worker, f"action-{LEADS}/{lead}", FORM),
            "move": (self.worker, f"action-{MINE}", MOVE),
            "move_crm": (self.worker, f"action-{LEADS}", MOVE),
            "talk": (self.worker, f"action-{MINE}", TALK),
            "lead_crm": (self.worker, f"action-{LEADS}/new", LEAD_NEW),
        }
        found = json.loads(CALLS.read_text()) if ONLY else {}
        with self._recorded():
            for way in ONLY or ways:
                user, address, code = ways[way]
                self.asked.clear()
                self._browse(user, f"/odoo/{address}", code)
                found[way] = self._marked(user)
                if way == "talk":
                    found[way] = [one for one in found[way] if one[1]["method"] not in BEHIND]
                self._logger.info("%s: %s requests", way, len(found[way]))
                self.assertTrue(found[way], way)
        CALLS.write_text(json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n")

    def _browse(self, user, address, code):
        script = f"""(async () => {{ {HELPERS} try {{ {code} console.log("test successful"); }}
            catch (error) {{ console.error(error.message); }} }})()"""
        self.browser_js(address, script, login=user.login, timeout=120)

    @contextlib.contextmanager
    def _recorded(self):
        """Write down what is asked for, images and the mark included."""
        asked, dispatch, call = (
            self.asked,
            http.JsonRPCDispatcher.dispatch,
            http.Application.__call__,
        )

        def json_asked(dispatcher, endpoint, args):
            asked_for = dispatcher.request.httprequest
            body = json.loads(asked_for.get_data(as_text=True))
            asked.append((asked_for.path, body.get("params") or {}))
            return dispatch(dispatcher, endpoint, args)

        def any_asked(application, environ, start_response):
            if environ["PATH_INFO"].startswith("/web/image"):
                asked.append((environ["PATH_INFO"], None))
            return call(application, environ, start_response)

        with (
            patch.object(http.JsonRPCDispatcher, "dispatch", json_asked),
            patch.object(http.Application, "__call__", any_asked),
        ):
            yield

    def _marked(self, user):
        """Return what was asked since the last mark, with marks for this database's ids."""
        asked = list(self.asked)
        marks = [n for n, (path, _params) in enumerate(asked) if "bench-mark" in path]
        asked = asked[marks[-1] + 1 :] if marks else asked
        asked = [
            (path, params)
            for path, params in asked
            if not path.startswith(LEFT_OUT)
            and path
            not in (OWN_PICTURE, f"{OWN_PICTURE}/res.partner/{user.partner_id.id}/avatar_128")
            and (params or {}).get("method") not in KEPT_METHODS
        ]
        ids = {user.id: "$user", **self.ids, **_of_the_card(asked)}
        return [[path, params and _general(params, ids)] for path, params in asked]


def _of_the_card(asked):
    """Return the marks of the ids of the card that was used and of what was made on the way."""
    ids = {}
    for _path, params in asked:
        args = (params or {}).get("args") or [None]
        if (params or {}).get("method") == "web_save" and args[0]:
            ids[args[0][0]] = "$lead" if params["model"] == "crm.lead" else "$case"
        if (params or {}).get("method") == "save_typed":
            ids[args[3]["case_id"]] = "$case"
        if (params or {}).get("thread_id"):
            ids.setdefault(params["thread_id"], "$made")
    return ids


def _general(value, ids, key=None):
    """Return the value with marks for the ids of this database and of this moment."""
    if isinstance(value, dict):
        return {name: _general(item, ids, name) for name, item in value.items()}
    if key == "allowed_company_ids":
        return ["$company"]
    if isinstance(value, list):
        return [_general(item, ids, key) for item in value]
    if key in MOMENTS:
        return MOMENTS[key]
    if key in CHOSEN and type(value) is int:
        return CHOSEN[key]
    if value == date.today().isoformat():
        return "$today"
    if isinstance(value, str) and KEY.fullmatch(value):
        return "$key"
    if key == "client_ids" and ids.get(value) == "$case":
        return "$client"  # made in turns, they have the same number
    if type(value) is int and key not in NUMBERS:
        return ids.get(value, value)
    return value
