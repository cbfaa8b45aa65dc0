import inspect
import re
import threading
from collections import Counter

from odoo import http
from odoo.tools import mute_logger

# What ends the session, changes the server, or does not answer at all
PASSED_BY = re.compile(
    r"/web/(session/(destroy|logout)|database|become)|/websocket|/bus/|/longpolling|/logout|/doc|"
    r"/web/tests|/im_livechat/external_lib|/web/assets|/iap/|/web/webclient/translations|/signing"
)
# Modules whose routes are walked by the attacks on the walls themselves
OWN = "integration_management"
TEXT = "x"


class RoutesWalk:
    """Calls all routes that the server has, with the id of a record wherever one may stand."""

    # What stands for a model, and for what opens a record without a login
    MODEL = "res.partner"
    TOKENS = {}
    LEAST_ANSWERS = 50

    def _ids(self):
        """Return {what it is: id} of the records that are asked for."""
        raise NotImplementedError

    def _secrets_in(self, text):
        """Return what of an answer nobody may be told."""
        raise NotImplementedError

    def _rules(self):
        """Yield each rule of the map once, with the parameters of its method."""
        for rule in self.env["ir.http"].routing_map().iter_rules():
            module = rule.endpoint.func.__module__
            if not PASSED_BY.search(rule.rule) and OWN not in module:
                yield rule

    def _urls(self, rule, id_):
        """Return the addresses of a rule with the id in place of each part that varies."""
        converters = rule._converters
        for value in (str(id_), f"slug-{id_}"):
            parts = {}
            for name, converter in converters.items():
                kind = type(converter).__name__
                if name in self.TOKENS:
                    parts[name] = self.TOKENS[name]
                elif kind == "IntegerConverter":
                    parts[name] = str(id_)
                elif kind in ("ModelConverter", "UnicodeConverter", "SignedIntConverter"):
                    parts[name] = value if kind != "SignedIntConverter" else str(id_)
                else:
                    parts[name] = TEXT
            address = "".join(
                parts.get(data, TEXT) if dynamic else data for dynamic, data in rule._trace
            )
            yield address.split("|", 1)[-1]
            if not converters:
                return

    def _parameters(self, rule, id_):
        """Return what the method of the rule takes, with the id for whatever may be one."""
        names = inspect.signature(rule.endpoint.func).parameters
        values = {}
        for name in names:
            if name in ("self", "kwargs", "kw", "post", "args") or name in rule._converters:
                continue
            if name in self.TOKENS:
                values[name] = self.TOKENS[name]
            elif name.endswith("_ids") or name == "ids":
                values[name] = [id_]
            elif name.endswith("id") or name in ("partner", "res", "record"):
                values[name] = id_
            elif name in ("model", "res_model", "thread_model", "model_name"):
                values[name] = self.MODEL
        return values

    def _walk(self, login, only=""):
        # The map of the website is kept by database, which a request knows
        threading.current_thread().dbname = self.env.cr.dbname
        self.authenticate(login, login)
        told, count = [], Counter()
        for rule in self._rules():
            if only not in rule.rule:
                continue
            for what, id_ in self._ids().items():
                values = self._parameters(rule, id_)
                for url in dict.fromkeys(self._urls(rule, id_)):
                    response = self._open(rule, url, values)
                    count[response.status_code // 100] += 1
                    if self._secrets_in(response.text):
                        told.append((login, what, rule.rule, url, response.status_code))
                if not (rule._converters or values):
                    break
        self.assertGreater(count[2], 0 if only else self.LEAST_ANSWERS, count)
        return told

    def _open(self, rule, url, values):
        with mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule"):
            if rule.endpoint.routing["type"] == "jsonrpc":
                return self.url_open(url, json={"jsonrpc": "2.0", "params": values}, timeout=60)
            if "GET" in (rule.methods or {"GET"}):
                return self._follow(
                    self.url_open(url, params=values, timeout=60, allow_redirects=False)
                )
            data = dict(values, csrf_token=http.Request.csrf_token(self))
            return self.url_open(url, data=data, timeout=60, allow_redirects=False)

    def _follow(self, response):
        """Return what stands behind an answer that names another address of ours."""
        place = response.headers.get("Location", "").removeprefix(self.base_url())
        if response.status_code // 100 == 3 and place.startswith("/"):
            return self.url_open(place, timeout=60, allow_redirects=False)
        return response
