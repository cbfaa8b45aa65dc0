import json

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.integration_management import request_shape

from ..common import IntegrationCommon

NUL, ODD, HUGE = "Nul\x00Word", "Odd\ud800Word", 2**70
LIST = [[], ["id"]]
GROUPS = [[], ["stage_id"], ["__count"]]
NAMES = {"display_name": {}}
KEY = "0123456789abcdef" * 2
# (method, positional arguments, named ones, context): what no screen sends
BAD = [
    *[("search_read", LIST, {"limit": v}, {}) for v in (NUL, "5", -1, [1], HUGE, {"a": 1}, True)],
    *[("search_read", LIST, {"offset": v}, {}) for v in (NUL, "x", -1, HUGE)],
    *[("web_read_group", GROUPS, {"limit": v}, {}) for v in (NUL, "5", -1, 1.5, HUGE)],
    *[
        (
            "web_read_group",
            GROUPS,
            {"auto_unfold": True, "unfold_read_specification": NAMES, name: value},
            {},
        )
        for name, value in (
            ("unfold_read_default_limit", "5"),
            ("unfold_read_default_limit", -1),
            ("opening_info", [{"value": 1, "folded": False, "limit": "x", "offset": 0}]),
            ("opening_info", [{"value": 1}]),
        )
    ],
    *[("name_search", [v], {}, {}) for v in (NUL, ODD)],
    *[("web_name_search", [v, NAMES], {}, {}) for v in (NUL, ODD, ["x"])],
    ("name_search", ["Word"], {"limit": "x"}, {}),
    ("name_search", ["Word"], {"operator": "any"}, {}),
    *[
        (method, [[condition], *rest], {}, {})
        for method, rest in (("search_read", [["id"]]), ("formatted_read_group", GROUPS[1:]))
        for condition in (
            ["display_name", "ilike", NUL],
            ["display_name", "ilike", ODD],
            ["no_such_field", "=", "Word"],
            ["company_id.name.word", "=", 1],
            ["id", "in", [True]],
            ["id", "=", "Word"],
            ["id", "=", {"a": 1}],
            ["id", "~", 1],
            ["create_date", ">", "Word"],
            ["note_ids", "ANY!", []],
            ["note_ids", "child_of", 1],
            ["note_ids", ">", 1],
            ["stage_id", "<=", 1],
        )
    ],
    *[("search_read", LIST, {"order": v}, {}) for v in ("word", ODD, 5, "create_uid.password")],
    *[("formatted_read_group", [[], v], {}, {}) for v in (["word"], "stage_id", ["date_start:x"])],
    *[("formatted_read_group", [[], [], v], {}, {}) for v in (["word:sum"], ["id:word"], ["id"])],
    *[("web_search_read", [[], v], {}, {}) for v in ("word", {"word": {}}, {"id": None})],
    *[("read", [v, ["id"]], {}, {}) for v in ("word", [[1]], [NUL], [True])],
    *[("onchange", [[], {}, [], v], {}, {}) for v in ("word", {"word": {}})],
    ("write", [[1], {"date_start": "Word"}], {}, {}),
    ("create", [[{"client_id": {}, "date_start": [1]}]], {}, {}),
    ("create", [[{"client_id": {"word": 1}}]], {}, {}),
    ("write", [[1], {"client_id": [1]}], {}, {}),
    ("write", [[1], {"word": 1}], {}, {}),
    ("onchange", [[], {"client_id": {"word": 1}}, [], NAMES], {}, {}),
    ("get_views", ["word"], {}, {}),
    ("export_data", [[1], "word"], {}, {}),
    ("action_no_such", [[1]], {}, {}),
    ("search_read", [], {"word": 1}, {}),
    ("web_read", [], {}, {}),
    *[
        ("web_search_read", [[], NAMES], {}, context)
        for context in (
            {"lang": ODD},
            {"tz": 5},
            {"tz": "../word"},
            {"allowed_company_ids": 1},
            {"allowed_company_ids": ["word"]},
        )
    ],
]
# Of the dialog of a contact, whose methods take more than ids
BAD_CONTACTS = [
    ("save_typed", [[], KEY, ["word"], {}]),
    ("save_typed", [[], KEY, "action_save", {"channel_id": "Word"}]),
    ("save_typed", [[], KEY, "action_save", {"duration": [1]}]),
    ("save_typed", [[], KEY, "action_save", {"duration": "Word"}]),
    ("save_typed", [[], KEY, "action_save", {"topic_ids": 5}]),
    ("save_typed", [[], KEY, "action_save", {"topic_ids": [["word"]]}]),
    ("keep_draft", [KEY, KEY, {"date": [1]}]),
    ("keep_draft", [KEY, KEY, {"duration": {}}]),
    ("keep_draft", [KEY, KEY, {"client_ids": [True, [1]]}]),
    ("discard_draft", [["word"]]),
]
# What the web client sends
PROPER = [
    ("web_search_read", [[["state", "!=", "closed"]], NAMES], {"limit": 80, "offset": 0,
     "order": "last_talk_date desc, id", "count_limit": 10001}),
    ("web_read", [[1], {"client_id": {"fields": NAMES, "context": {"active_test": False}},
     "note_ids": {"fields": {"body": {}}, "limit": 40, "order": "id"}}], {}),
    ("web_read_group", [], {"domain": ["|", ["user_id", "=", 2], ["user_id", "=", False]],
     "groupby": ["stage_id"], "aggregates": [], "limit": False, "offset": 0, "order": "",
     "auto_unfold": True, "unfold_read_specification": NAMES, "opening_info": [
         {"value": 1, "folded": False, "limit": 20, "offset": 0, "progressbar_domain": None},
         {"value": False, "folded": True}]}),
    ("formatted_read_group", [[], ["date_start:month", "client_id.gender"], ["id:count"]],
     {"order": "date_start:month desc, id:count"}),
    ("read_progress_bar", [], {"domain": [], "group_by": "date_start:month",
     "progress_bar": {"field": "silence_state", "colors": {"late": "danger"}}}),
    ("name_search", [], {"name": "", "domain": [["id", "in", [1]]], "operator": "ilike",
     "limit": 8}),
    ("search_read", [[["create_date", ">", "today -1m"]]], {"fields": ["id"], "load": False}),
    ("web_save", [[1], {"member_ids": [[4, 1], [6, 0, [1, 2]], [0, "virtual_1", {"phone": "x"}]],
     "date_start": "2026-01-31", "pause_until": False}, NAMES], {"next_id": None}),
    ("onchange", [[], {"client_id": {"id": 1}, "stage_id": 3}, ["client_id"], NAMES], {}),
    ("export_data", [[1], [".id", "client_id/.id", "client_id/name"]], {}),
    ("get_views", [], {"views": [[False, "list"], [7, "form"]], "options": {"toolbar": True}}),
    ("default_get", [["date_start"]], {}),
    ("fields_get", [], {"attributes": ["type"]}),
]  # fmt: skip


@tagged("post_install", "-at_install")
class TestRequestShape(IntegrationCommon, HttpCase):
    """Whoever sends what no screen sends is told so, and neither answer nor log repeats it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker_a.sudo().lang = "en_US"

    def _ask(self, model, method, args, kwargs=None, context=None):
        body = {
            "params": {
                "model": model,
                "method": method,
                "args": args,
                "kwargs": dict(kwargs or {}, context=context or {}),
            }
        }
        return self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(body),
            headers={"Content-Type": "application/json"},
        )

    def _breaks(self, response):
        """Return whether an answer is neither a result nor a refusal in words."""
        if response.status_code != 200:
            return True
        error = response.json().get("error")
        return bool(error) and not error["data"]["name"].startswith("odoo.exceptions.")

    @mute_logger("odoo.sql_db")
    def test_requests_without_sense_break_nothing(self):
        self.authenticate("worker_a", "worker_a")
        self._case(self._client(self.worker_a))
        wrong = []
        with self.assertLogs("odoo.http", "WARNING") as log:
            for method, args, kwargs, context in BAD:
                response = self._ask("integration.case", method, args, kwargs, context)
                if self._breaks(response):
                    wrong.append((method, args, kwargs, context, response.text[:200]))
            for method, args in BAD_CONTACTS:
                response = self._ask("integration.contact.quick", method, args)
                if self._breaks(response):
                    wrong.append((method, args, response.text[:200]))
        self.assertFalse(wrong, wrong)
        self.assertNotIn("Traceback", "".join(log.output))

    def test_the_sign_no_database_stores_is_named(self):
        self.authenticate("worker_a", "worker_a")
        for name in (NUL, ODD):
            error = self._ask("integration.client", "name_search", [name]).json()["error"]
            self.assertIn("neither stored nor sought", error["data"]["message"])

    @mute_logger("odoo.sql_db")
    def test_a_number_too_great_is_named(self):
        self.authenticate("worker_a", "worker_a")
        answer = self._ask("integration.case", "search_read", LIST, {"limit": HUGE})
        self.assertIn("too great", answer.json()["error"]["data"]["message"])

    def test_a_request_that_is_in_order_is_no_nonsense(self):
        """Of such an error is one of the program, and stands in the log with its traceback."""
        cases = self._as(self.worker_a)["integration.case"]
        for method, args, kwargs in PROPER:
            self.assertFalse(
                request_shape.is_nonsense(ValueError("x"), cases, method, args, kwargs),
                (method, args, kwargs),
            )

    def test_other_models_are_left_alone(self):
        """What Odoo answers for its own models is for Odoo."""
        self.authenticate("worker_a", "worker_a")
        with mute_logger("odoo.http", "odoo.sql_db"):
            response = self._ask("res.partner", "search_read", LIST, {"limit": "x"})
        self.assertTrue(self._breaks(response))
