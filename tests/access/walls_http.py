"""What the attacks over HTTP share: sessions, answers as text, the log of the server."""

import io
import json
import logging
import zipfile
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection

from odoo import fields, http
from odoo.tests import HOST, HttpCase

from .walls_count import count
from .walls_rows import WallsRows
from .walls_scan import ScanProbes

# A refusal is named; anything else is an error of the server.
EXPECTED = ("odoo.exceptions.", "werkzeug.exceptions.", "odoo.http.SessionExpiredException")
# What Odoo answers, for any model, to what is no field and no number
NONSENSE = ("builtins.ValueError", "psycopg2.errors.InvalidTextRepresentation")


class LogCollector(logging.Handler):
    """Keeps every line the server logs, with its traceback."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))
        self.lines = []

    def emit(self, record):
        """Keep the line as it would stand in the log."""
        self.lines.append(self.format(record))


class WallsHttp(ScanProbes, WallsRows, HttpCase):
    """The world with a browser session per role."""

    test_nobody_reads_a_foreign_word = None

    @contextmanager
    def session_of(self, role):
        """Be logged in as ``role``, in debug mode, with the server's log under watch."""
        user = self.users[role]
        login = None if role == "public" else user.login
        self.authenticate(login, login, session_extra={"debug": "1"})
        root, collector = logging.getLogger(), LogCollector()
        handlers, root.handlers = root.handlers, [collector]
        try:
            yield
        finally:
            root.handlers = handlers
        logged = {
            (word, line[:200]) for line in collector.lines for word in self.closed_words(role, line)
        }
        self.assertEqual(sorted(logged), [], "in the server's log")

    def call_kw(self, model, method, args=(), kwargs=None, **context):
        """Call a method over RPC and return the whole answer."""
        return self.jsonrpc(
            f"/web/dataset/call_kw/{model}/{method}?debug=1",
            {
                "model": model,
                "method": method,
                "args": list(args),
                "kwargs": dict(kwargs or {}, context=context),
            },
        )

    def jsonrpc(self, url, params):
        """Post to a route of type jsonrpc and return the whole answer."""
        count("requests")
        return self.url_open(
            url, json={"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        )

    def get(self, url, **params):
        count("requests")
        return self.url_open(url, params=dict(params, debug="1"), allow_redirects=False)

    def post(self, url, data):
        count("requests")
        data = dict(data, csrf_token=http.Request.csrf_token(self))
        return self.url_open(url, data=data, allow_redirects=False)

    def json2(self, key, model, method, **values):
        count("requests")
        return self.url_open(
            f"/json/2/{model}/{method}", json=values, headers={"Authorization": f"Bearer {key}"}
        )

    def api_key(self, user):
        expires = fields.Datetime.now() + timedelta(days=1)
        keys = self.env["res.users.apikeys"].with_user(user).sudo()
        return keys._generate("rpc", "walls", expires)

    def read_beside(self, id_):
        """Read a case on a connection of its own, as another tab of the same browser would."""
        count("requests")
        # Those of the session, and the one by which the server knows requests of this test
        cookies = "; ".join(f"{name}={value}" for name, value in self.opener.cookies.items())
        connection = HTTPConnection(HOST, self.http_port(), timeout=30)
        body = {
            "jsonrpc": "2.0",
            "method": "call",
            "id": id_,
            "params": {
                "model": "integration.case",
                "method": "read",
                "args": [[id_]],
                "kwargs": {},
            },
        }
        connection.request(
            "POST",
            "/web/dataset/call_kw/integration.case/read",
            json.dumps(body),
            {"Content-Type": "application/json", "Cookie": cookies},
        )
        return connection.getresponse().read().decode()

    # ------------------------------------------------------------
    # Judging
    # ------------------------------------------------------------

    def text(self, response):
        """Return the answer as text, headers and packed sheets included."""
        content = response.content
        parts = [str(response.headers), response.url]
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                packed = map(archive.read, archive.namelist())
                parts += [part.decode(errors="replace") for part in packed]
        parts.append(content.decode(errors="replace"))
        return "\n".join(parts)

    def judge(self, role, what, response, wrong, nonsense=False):
        """Add to ``wrong`` what an answer tells that it should not, or how it broke.

        :param nonsense: whether the request names fields or ids that cannot exist
        """
        told = self.closed_words(role, self.text(response))
        if told:
            wrong.append((role, what, "tells", sorted(told)))
        broken = self.broken(response)
        if broken and not (nonsense and broken in NONSENSE):
            wrong.append((role, what, "breaks", broken))

    @staticmethod
    def broken(response):
        """Return the error of an answer that is neither a result nor a refusal."""
        if response.status_code >= 500:
            return response.status_code
        if "json" not in response.headers.get("Content-Type", ""):
            return None
        answer = json.loads(response.content or b"null")
        error = isinstance(answer, dict) and answer.get("error")
        if not isinstance(error, dict):
            return None
        name = error.get("data", {}).get("name", "")
        return None if name.startswith(EXPECTED) else name
