"""A logged-in session without a browser, which sends what calls.json holds through the server.

Request by request in this process: route, rules, answer. Loaded by scripts of the benchmarks, which
run in Odoo's shell.
"""

import json
import os
import threading
import time
import uuid
from pathlib import Path

from werkzeug.test import Client

from odoo import http

from odoo.addons.integration_management.tools import local_today

PASSWORD = "bench-password"
HERE = Path(os.environ["BENCH_FOLDER"])
CALLS = json.loads((HERE.parent / "tests" / "speed" / "calls.json").read_text())
IMAGES = "/web/image"
FROM = {"REMOTE_ADDR": "127.0.0.1"}


def may_log_in(user):
    """Let ``user`` log in with the password of all."""
    user.password = PASSWORD
    user.lang = "en_US"


class Browser:
    """What somebody who has logged in asks for."""

    def __init__(self, user, marks):
        """Log in.

        :param marks: what stands in this database for the marks of calls.json
        """
        self.client, self.env = Client(http.root), user.env
        params = {"db": self.env.cr.dbname, "login": user.login, "password": PASSWORD}
        self.ask("/web/session/authenticate", params)
        today = local_today(self.env).isoformat()
        self.marks = {**marks, "$today": today, "$user": user.id, "$company": user.company_id.id}

    def ask(self, path, params):
        """Send one request; return what it answers."""
        if params is None:
            return self.client.get(path, environ_base=FROM)
        body = {"jsonrpc": "2.0", "id": 1, "method": "call", "params": params}
        answer = self.client.post(path, json=body, environ_base=FROM)
        found = json.loads(answer.get_data())
        if "error" in found:
            raise SystemExit(f"{path}: {found['error']['data']['debug']}")
        return found["result"]

    def real(self, value, more):
        """Return the request with this database's ids in place of the marks."""
        if isinstance(value, dict):
            return {name: self.real(item, more) for name, item in value.items()}
        if isinstance(value, list):
            return [self.real(item, more) for item in value]
        return {**self.marks, **more}.get(value, value) if isinstance(value, str) else value

    def walk(self, way, more, sought=None):
        """Send all requests of a way; yield (seconds, queries) of each.

        :param more: further marks; ``$made`` is added as soon as something is made
        :param sought: a condition of the search box, for whatever is asked by conditions
        """
        more["$key"] = uuid.uuid4().hex
        for path, params in CALLS[way.removesuffix(":images")]:
            if path.startswith(IMAGES) and not way.endswith(":images"):
                continue
            params = self.real(params, more)
            if sought and "domain" in params.get("kwargs", {}):
                params["kwargs"]["domain"] = ["&", *sought, *_joined(params["kwargs"]["domain"])]
            yield from self._timed(path, params, more)

    def _timed(self, path, params, more):
        start = time.perf_counter()
        answer = self.ask(path, params)
        yield time.perf_counter() - start, threading.current_thread().query_count
        if (
            isinstance(answer, list)
            and answer
            and isinstance(answer[0], dict)
            and "id" in answer[0]
        ):
            more["$made"] = answer[0]["id"]


def _joined(domain):
    """Return a list of conditions as one, so that another can stand beside it."""
    terms = sum(not isinstance(item, str) for item in domain)
    joins = sum(item in ("&", "|") for item in domain if isinstance(item, str))
    return ["&"] * (terms - 1 - joins) + domain
