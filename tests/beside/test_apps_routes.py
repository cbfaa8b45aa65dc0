import inspect
import re
import threading
from collections import Counter

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .apps_common import AppsCommon

# What ends the session, changes the server, or does not answer at all
PASSED_BY = re.compile(
    r"/web/(session/(destroy|logout)|database|become)|/websocket|/bus/|/longpolling|/logout|/doc|"
    r"/web/tests|/im_livechat/external_lib|/web/assets|/iap/|/web/webclient/translations|/signing"
)
# Modules whose routes are walked by the attacks on the walls themselves
OWN = "integration_management"
TEXT = "x"


@tagged("post_install", "-at_install")
class TestAppsRoutes(AppsCommon, HttpCase):
    """No route of any app tells of a client by whose id it is called, to whomever."""

    def _ids(self):
        return {"contact": self.contact.id, "client": self.client_a.id, "case": self.case.id}

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
                if kind == "IntegerConverter":
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
            if name.endswith("_ids") or name == "ids":
                values[name] = [id_]
            elif name.endswith("id") or name in ("partner", "res", "record"):
                values[name] = id_
            elif name in ("model", "res_model", "thread_model", "model_name"):
                values[name] = "res.partner"
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
        self.assertGreater(count[2], 0 if only else 50, count)
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

    def test_public(self):
        self.assertEqual(self._walk(None), [])

    def test_portal(self):
        self.assertEqual(self._walk(self.portal.login), [])

    def test_employee_with_every_right_in_every_app(self):
        self.assertEqual(self._walk(self.app_user.login), [])

    def test_the_walk_would_notice(self):
        """Without the wall it finds the page that website_partner browses as superuser."""
        open_ = classmethod(lambda cls, args: None)
        self.patch(self.env.registry["ir.http"], "_refuse_clients_in_path", open_)
        self.assertTrue(self._walk(self.app_user.login, only="/partners/"))

    def test_page_of_a_contact_is_found_for_others(self):
        """What website_partner shows to editors, it goes on showing."""
        self.authenticate(self.app_user.login, self.app_user.login)
        self.assertIn(
            "Ordinary Customer", self.url_open(f"/partners/{self.ordinary.id}", timeout=60).text
        )
        self.assertEqual(self.url_open(f"/partners/{self.contact.id}", timeout=60).status_code, 404)
