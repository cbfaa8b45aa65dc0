import re
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MODULE
from ..product.thirds import due
from .walls_fuzz import requests
from .walls_http import WallsHttp
from .walls_registry import file_models

OUTSIDERS = ("employee", "portal")


@tagged("post_install", "-at_install")
class TestWallsRpc(WallsHttp):
    """Over the wire: no answer and no line of the log holds a word of a closed file.

    Every free text of every file bears a word of its own (walls_world.py); whole answers are
    searched for them, in debug mode, with error texts, headers and packed sheets. Of the walks
    over all models, routes and addresses a third is tried each time (thirds.py).
    """

    def test_rpc_tells_nothing(self):
        for role in self.users:
            if role == "public":
                continue
            wrong = []
            with self.session_of(role):
                for number, name in enumerate(self._attacked()):
                    for place, record in enumerate(self._closed(role, name)):
                        for method, args, kwargs in self._calls(role, number, name, record):
                            if not due("rpc", role, name, place, method):
                                continue
                            response = self.call_kw(
                                name, method, args, kwargs, integration_show_name=True
                            )
                            self.judge(role, (name, method), response, wrong)
            with self.subTest(role):
                self.assertEqual(wrong, [])

    def _closed(self, role, name):
        """Return an id of employer B, and for those with files one of a colleague."""
        tags = ["other"] if role not in ("worker", "lead") else ["other", "colleague"]
        for tag in tags:
            records = self.kits[tag].records(name)
            yield records[:1].id if records else self.kits[tag]["integration.case"].id

    def _attacked(self):
        """Return the models of the files, and those of Odoo beside them."""
        return [*file_models(self.env), "res.partner", "mail.activity", "ir.attachment"]

    def _calls(self, role, number, name, id_):
        """Yield (method, args, kwargs) of the ways to ask for a record over RPC.

        Two of them for every role and model; of the others a third each, in turn, so that each
        is tried by every role and on every model (all combinations are tried without the wire).
        """
        text = next(iter(self.planted.get(name, ())), "display_name")
        group = (
            text
            if text in self.env[name]._fields and self.env[name]._fields[text].store
            else ("company_id")
        )
        domain = [["id", "=", id_]]
        yield "read", [[id_]], {}
        yield (
            "web_search_read",
            [[[text, "ilike", "xqs"]]],
            {
                "specification": {
                    "display_name": {},
                    "company_id": {"fields": {"display_name": {}}},
                }
                if "company_id" in self.env[name]._fields
                else {"display_name": {}}
            },
        )
        if role in OUTSIDERS:
            return
        others = [
            ("unlink", [[id_]]),
            ("write", [[id_], {text: "x"}]),
            ("web_read", [[id_], {"display_name": {}, text: {}}]),
            ("search_read", [domain]),
            ("name_search", ["xqs"]),
            ("web_name_search", ["", {"display_name": {}}, domain]),
            ("formatted_read_group", [domain, [group], ["__count"]]),
            ("web_read_group", [domain, [group], ["__count"]]),
            ("export_data", [[id_], [".id", "display_name", text]]),
            ("copy", [[id_]]),
            ("onchange", [[id_], {}, [], {text: {}, "display_name": {}}]),
            ("web_save", [[id_], {text: "x"}, {"display_name": {}}]),
            ("load", [[".id", text], [[str(id_), "x"]]]),
        ]
        turn = number + list(self.users).index(role)
        for position, (method, args) in enumerate(others):
            if (position + turn) % 3 == 0:
                yield method, args, {}

    def test_every_route_of_the_server(self):
        """Whatever is installed: its routes, filled with the ids of closed records."""
        threading.current_thread().dbname = self.env.cr.dbname
        routing_map = self.env["ir.http"].routing_map()
        kit = self.kits["other"]
        targets = [
            self._target(kit, name)
            for name in ("integration.case", "res.partner", "integration.consent")
        ]
        for role in ("worker", "lead", "county", *OUTSIDERS, "public"):
            wrong = []
            with self.session_of(role):
                for target in targets:
                    wanted = partial(due, "route", role, target["model"])
                    for kind, url, arguments in requests(routing_map, target, wanted):
                        if kind == "http":
                            response = self.get(url, **arguments)
                        elif kind == "post":
                            response = self.post(url, arguments)
                        else:
                            response = self.jsonrpc(url, arguments)
                        told = self.closed_words(role, self.text(response)) - target["known"]
                        if told:
                            wrong.append((role, url, target["model"], sorted(told)))
            with self.subTest(role):
                self.assertEqual(wrong, [])

    def _target(self, kit, name):
        consent = kit["integration.consent"][:1]
        email = next(
            f"xqs{number:05}q@x.example"
            for number, (owner, key, field) in enumerate(self.words)
            if owner is kit and key == "res.partner" and field == "email"
        )
        return {
            "model": name,
            "id": kit[name][:1].id,
            "contact": kit["res.partner"][:1].id,
            "attachment": kit["ir.attachment"].id,
            "email": email,
            "base": self.base_url(),
            "field": "attachment" if name == consent._name else "name",
            "report": f"{MODULE}.integration_plan_sheet",
            # Anyone who asks for an address knows it; whose it is must not be told.
            "known": {(kit.tag, "res.partner", "email")},
        }

    def test_files_pictures_and_papers(self):
        """Contents by every address, reports in every format; a guessed token opens nothing."""
        for role in self.users:
            wrong = []
            with self.session_of(role):
                for tag in ("other", "colleague") if role in ("worker", "lead") else ("other",):
                    for url in self._addresses(self.kits[tag]):
                        if not due("address", role, tag, re.sub(r"\d+", "", url)):
                            continue
                        self.judge(role, url, self.get(url), wrong)
                        if url.startswith("/web/"):
                            forged = {"access_token": "x", "download": "1"}
                            self.judge(role, url, self.get(url, **forged), wrong)
            with self.subTest(role):
                self.assertEqual(wrong, [])

    def _addresses(self, kit):
        consent, contact = kit["integration.consent"][:1], kit["res.partner"][:1]
        plan, attachment = kit["integration.plan"], kit["ir.attachment"]
        yield f"/web/content/integration.consent/{consent.id}/attachment"
        yield f"/web/content/{attachment.id}"
        yield f"/web/image/{attachment.id}"
        for field in ("name", "email", "comment"):
            yield f"/web/content/res.partner/{contact.id}/{field}"
        for field in ("image_1920", "avatar_128"):
            yield f"/web/image/res.partner/{contact.id}/{field}"
        yield f"/web_enterprise/partner/{contact.id}/vcard"
        yield f"/web/partner/vcard?partner_ids={contact.id}"
        for report in self.env["ir.actions.report"].search([]):
            if report.model in kit or report.model in ("res.partner", "integration.report"):
                record = kit.get(report.model, plan)[:1]
                yield f"/report/html/{report.report_name}/{record.id}"
                yield f"/report/text/{report.report_name}/{record.id}"
        yield f"/report/pdf/{MODULE}.integration_plan_sheet/{plan.id}"
        for printed_by in ("reporting", "other"):
            report = self.figures[printed_by]
            yield f"/integration/report/{report.id}/xlsx"
            yield f"/integration/report/{report.id}/csv"
            yield f"/report/html/{MODULE}.report_figures/{report.id}"

    def test_picture_does_not_show_an_initial(self):
        """Odoo draws the first letter of a name as a picture."""
        contact = self.kits["other"]["res.partner"][:1].id
        for role in ("worker", "lead", "county", *OUTSIDERS, "public"):
            with self.session_of(role):
                closed = self.get(f"/web/image/res.partner/{contact}/avatar_128")
                missing = self.get("/web/image/res.partner/99999999/avatar_128")
            self.assertEqual(
                (closed.status_code, closed.content), (missing.status_code, missing.content), role
            )

    def test_figures_of_others_are_not_served(self):
        """Neither as a sheet nor on paper; nor is it told that they exist."""
        for role in ("worker", "county", *OUTSIDERS):
            with self.session_of(role):
                for url in (
                    "/integration/report/%s/xlsx",
                    "/integration/report/%s/csv",
                    f"/report/html/{MODULE}.report_figures/%s",
                ):
                    closed = self.get(url % self.figures["other"].id)
                    missing = self.get(url % 99999999)
                    self.assertIn(closed.status_code, (303, 403, 404), (role, url))
                    if url.startswith("/integration"):
                        self.assertEqual(closed.status_code, missing.status_code, (role, url))

    def test_keys_open_no_more_than_logins(self):
        """/json/2 with a key of one's own."""
        for role in ("worker", "county"):
            key = self.api_key(self.users[role])
            wrong = []
            with self.session_of(role):
                for name in file_models(self.env):
                    for id_ in self._closed(role, name):
                        for method, values in (
                            ("read", {"ids": [id_]}),
                            ("search_read", {"domain": [["id", "=", id_]]}),
                        ):
                            if not due("key", role, name, method):
                                continue
                            response = self.json2(key, name, method, **values)
                            self.judge(role, (name, method), response, wrong)
            with self.subTest(role):
                self.assertEqual(wrong, [])

    # ------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------

    def test_bad_input_breaks_nothing(self):
        """Ids that do not exist or are none, long lists, hidden fields, contexts."""
        case = self.kits["other"]["integration.case"].id
        wrong = []
        with self.session_of("worker"):
            for name in (
                "integration.case",
                "integration.client",
                "integration.note",
                "integration.contact",
                "integration.consent",
                "res.partner",
            ):
                for ids in ([99999999], [-1], [0], [str(case)], ["abc"], [None], [case] * 3):
                    for method, rest in (
                        ("read", []),
                        ("write", [{}]),
                        ("unlink", []),
                        ("web_read", [{"display_name": {}}]),
                    ):
                        answer = self.call_kw(name, method, [ids, *rest])
                        self.judge("worker", (name, method, ids), answer, wrong, ids == ["abc"])
                for domain, context in self._odd_searches():
                    answer = self.call_kw(
                        name, "search_read", [domain, ["display_name"]], **context
                    )
                    what = (name, str(domain)[:50], context)
                    self.judge("worker", what, answer, wrong, bool(domain))
        self.assertEqual(wrong, [])

    def test_bad_input_to_json2(self):
        key = self.api_key(self.users["worker"])
        wrong = []
        with (
            self.session_of("worker"),
            mute_logger("odoo.sql_db"),
            self.assertLogs(
                "odoo.addons.integration_management.models.access.ir_http", "WARNING"
            ) as log,
        ):
            for method, values in (
                ("read", {"ids": ["abc"]}),
                ("read", {"ids": "abc"}),
                ("read", {"ids": 7}),
                ("search", {"domain": [["id", "=", "abc"]]}),
                ("search", {"domain": 7}),
                ("search", {"domain": [["no_such_field", "=", 1]]}),
                ("web_read", {"ids": [None], "specification": {"display_name": {}}}),
                ("create", {"vals_list": "abc"}),
                ("search", {"domain": [], "limit": "abc"}),
                ("search", {"domain": [], "context": "abc"}),
            ):
                answer = self.json2(key, "integration.case", method, **values)
                self.judge("worker", (method, values), answer, wrong)
        self.assertEqual(wrong, [])
        self.assertFalse([line for line in log.output if "abc" in line])

    def _odd_searches(self):
        """Yield (domain, context) of searches that no screen of ours makes."""
        yield [["id", "in", list(range(1, 50001))]], {}
        for condition in (
            ["id", "in", ["abc"]],
            ["id", "=", "abc"],
            ["no_such_field", "=", 1],
            ["create_uid.password", "ilike", "x"],
            ["in_my_files", "=", True],
            ["in_my_files", "=", False],
            ["in_my_files", "!=", "x"],
        ):
            yield [condition], {}
        for context in (
            {"allowed_company_ids": [self.company_b.id]},
            {"allowed_company_ids": "x"},
            {"allowed_company_ids": [99999999]},
            {"lang": "xx_XX"},
            {"tz": "Nowhere/No"},
            {"integration_system": True, "integration_show_name": "yes"},
        ):
            yield [], context

    def test_requests_side_by_side(self):
        """The same session many times at once, reading, searching and being refused."""
        case = self.kits["mine"]["integration.case"].id
        closed = self.kits["other"]["integration.case"].id
        wrong = []
        self.cr.flush()
        self.cr.clear()
        with (
            self.session_of("worker"),
            self.allow_requests(all_requests=True),
            ThreadPoolExecutor(6) as pool,
        ):
            answers = list(pool.map(self.read_beside, [case, closed] * 12))
        for answer in answers:
            wrong += self.closed_words("worker", answer)
            if "psycopg2" in answer or "builtins" in answer:
                wrong.append(answer)
        self.assertEqual(wrong, [])
        self.assertEqual(sum('"result"' in answer for answer in answers), 12)
