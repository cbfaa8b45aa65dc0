from contextlib import contextmanager

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..common import MODULE
from .concern_common import ConcernCommon

GONE = 2**31 - 2
# What would tell when, by whom and with what a concern is being worked on
CLOSED = {
    "state": "read",
    "user_id": 1,
    "answer_id": 1,
    "teller": "Somebody",
    "write_uid": 1,
    "write_date": "2026-01-01 00:00:00",
}
OPEN = (
    *("municipality_id", "date", "party", "kind_id", "text", "told", "display_name"),
    *("answer_text", "date_answered", "date_cleared", "create_date", "create_uid"),
)


class ConcernWallsCommon(ConcernCommon):
    """Two concerns alike, one of which means somebody with a file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Numbers that stand for nothing else in an answer
        cls.env.cr.execute("ALTER SEQUENCE integration_concern_id_seq RESTART WITH 73400001")
        # Whoever may export exports no more than she reads
        cls.municipality.group_ids += cls.env.ref("base.group_allow_export")
        cls.client = cls._client(cls.worker_a, "Nachbarova, Olena")
        cls.case = cls._case(cls.client)
        cls.with_file = cls._nobodys(text="Family Nachbarova is loud at night")
        cls.without = cls._nobodys(text="Family Unbekannt is loud at night!")

    def _link(self, concern=None):
        env = self._as(self.worker_a)
        return env["integration.concern.link"].create(
            {"concern_id": (concern or self.with_file).id, "case_id": self.case.id}
        )

    @contextmanager
    def _counted(self):
        """Yield a list that holds the number of queries in the end."""
        self.env.flush_all()
        self.env.invalidate_all()
        found, before = [], self.env.cr.sql_log_count
        yield found
        self.env.flush_all()
        found.append(self.env.cr.sql_log_count - before)

    def _calls(self, concern):
        """Return {name: call} of whatever the municipality may ask of a concern."""
        model = concern.env["integration.concern"]
        domain = [("id", "=", concern.id)]
        group = {"groupby": ["kind_id", "party"], "aggregates": ["__count"]}
        return {
            "read": lambda: concern.read(list(OPEN)),
            "web_read": lambda: concern.web_read({name: {} for name in OPEN}),
            "search_read": lambda: model.search_read(domain, list(OPEN)),
            "web_search_read": lambda: model.web_search_read(domain, {"told": {}, "text": {}}),
            "count": lambda: model.search_count(domain),
            "group": lambda: model.formatted_read_group(domain, **group),
            "name_search": lambda: model.name_search("Noise", domain),
            "export": lambda: concern.export_data(["text", "date_answered", "told"]),
            "display_name": lambda: concern.display_name,
            "copy_data": concern.copy_data,
        }

    def _alike(self, text, concern):
        """Return an answer without what two concerns differ in: number, words, second."""
        words = concern.sudo()
        created = fields.Datetime.to_string(words.create_date)
        for word in (str(words.id), created, repr(words.create_date), "Nachbarova", "Unbekannt"):
            text = text.replace(word, "…")
        return text.replace("night!", "night")


@tagged("post_install", "-at_install")
class TestConcernWalls(ConcernWallsCommon):
    """Whoever speaks for a municipality reads what she raised and its answer, and nothing else."""

    def _told(self, concern):
        """Return {call: (answer, number of queries)} for the municipality."""
        told = {}
        for name, call in self._calls(self._of(concern, self.municipality)).items():
            with self._counted() as queries:
                answer = str(call())
            told[name] = (self._alike(answer, concern), queries[0])
        return told

    def test_a_file_changes_no_answer_no_count_and_no_number_of_queries(self):
        """At each step: raised, taken over, noted in a file, answered."""
        self._told(self.without)  # what is read once and kept
        self.assertEqual(self._told(self.with_file), self._told(self.without))
        for concern in (self.with_file, self.without):
            self._of(concern, self.worker_a).action_take_over()
        self.assertEqual(self._told(self.with_file), self._told(self.without))
        before = self._row(self.with_file)
        self._link()
        self.assertEqual(self._row(self.with_file), before, "the concern is not touched")
        self.assertEqual(self._told(self.with_file), self._told(self.without))
        for concern in (self.with_file, self.without):
            self._of(concern, self.worker_a)._answer(self.noted)
        answered = self._told(self.with_file)
        self.assertEqual(answered, self._told(self.without))
        self.assertIn("confidentiality", answered["read"][0])

    def _row(self, concern):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT *, xmin::text FROM integration_concern WHERE id = %s", (concern.id,)
        )
        return self.env.cr.fetchone()

    def test_raising_asks_as_much_whoever_is_meant(self):
        numbers = []
        for text in ("Family Any is loud", "Family Nachbarova is loud", "Family Xunbekannt too"):
            with self._counted() as queries:
                self._concern(text=text)
            numbers.append(queries[0])
        self.assertEqual(numbers[1], numbers[2])

    def test_answering_asks_as_much_with_and_without_a_file(self):
        self._reply(self._nobodys())  # what is read once and kept
        numbers = []
        for concern in (self.with_file, self.without):
            self._of(concern, self.worker_a).action_take_over()
        self._link()
        for concern in (self.with_file, self.without):
            theirs = self._of(concern, self.worker_a)
            with self._counted() as queries:
                theirs._answer(self.noted)
            numbers.append(queries[0])
        self.assertEqual(numbers[0], numbers[1])

    def test_correcting_and_taking_back_are_alike_as_well(self):
        self._of(self.with_file, self.worker_a).action_take_over()
        self._of(self.without, self.worker_a).action_take_over()
        self._link()
        self._of(self._concern(), self.municipality).write({"text": "Once"})
        for call in (lambda c: c.write({"text": "It was quiet"}), lambda c: c.action_withdraw()):
            numbers = []
            for concern in (self.with_file, self.without):
                with self._counted() as queries:
                    call(self._of(concern, self.municipality))
                numbers.append(queries[0])
            self.assertEqual(numbers[0], numbers[1])
        self.assertEqual(self._told(self.with_file), self._told(self.without))

    def test_what_becomes_of_it_is_closed_to_her_on_every_way(self):
        self._of(self.with_file, self.worker_a).action_take_over()
        concern = self._of(self.with_file, self.municipality)
        model = concern.env["integration.concern"]
        for name, value in CLOSED.items():
            for way, call in {
                "read": lambda n=name: concern.read([n]),
                "web_read": lambda n=name: concern.web_read({n: {}}),
                "search": lambda n=name, v=value: model.search([(n, "=", v)]),
                "order": lambda n=name: model.search([], order=f"{n} desc"),
                "group": lambda n=name: model.formatted_read_group([], [n], ["__count"]),
                "aggregate": lambda n=name: model.formatted_read_group(
                    [], ["kind_id"], [f"{n}:count_distinct"]
                ),
                "export": lambda n=name: concern.export_data([n]),
                "write": lambda n=name: concern.write({n: False}),
                "create": lambda n=name, v=value: model.create(
                    {"kind_id": self.kind.id, "text": "Words", n: v}
                ),
                "onchange": lambda n=name: concern.onchange({}, [], {n: {}}),
            }.items():
                with self.subTest(name, way=way), self.env.cr.savepoint():
                    self.env.invalidate_all()
                    with self.assertRaises(UserError) as refused:
                        call()
                    self.assertNotIn(self.worker_a.name, str(refused.exception))
            self.assertNotIn(name, model.fields_get())

    def test_ids_are_guessed_in_vain(self):
        """What others raised is answered like what does not exist, an export as well."""
        second = self._new_user(
            "second_municipality", f"{MODULE}.group_municipality", self.company_county
        )
        second.integration_municipality_id = self.town_a
        theirs = (
            self._concern(self.worker_a),
            self._as(second)["integration.concern"].create(
                {"kind_id": self.kind.id, "text": "Words"}
            ),
        )
        missing = self._guessed(GONE)
        for concern in theirs:
            self.assertEqual(self._guessed(concern.id), missing)

    def _guessed(self, id_):
        model = self._as(self.municipality)["integration.concern"]
        record = model.browse(id_)
        calls = {
            "read": lambda: record.read(["text"]),
            "web_read": lambda: record.web_read({"told": {}}),
            "write": lambda: record.write({"text": "Any"}),
            "copy": record.copy,
            "unlink": record.unlink,
            "withdraw": record.action_withdraw,
            "take": record.action_take_over,
            "answer": record.action_answer,
            "link": record.action_link,
            "search": lambda: model.search([("id", "=", id_)]).ids,
            "name_search": lambda: model.name_search("", [("id", "=", id_)]),
            "export": lambda: record.export_data(["display_name"]),
            "export id": lambda: record.export_data([".id", "id"]),
            "metadata": record.get_metadata,
            "web_name_search": lambda: model.web_name_search(
                "", {"display_name": {}}, [("id", "=", id_)]
            ),
            "web_search_read": lambda: model.web_search_read([("id", "=", id_)], {}),
            "onchange": lambda: record.onchange({}, [], {"municipality_id": {}}),
            "web_save": lambda: record.web_save({"municipality_id": False}, {}),
            "group": lambda: model.formatted_read_group([("id", "=", id_)], [], ["__count"]),
        }
        answers = {}
        for name, call in calls.items():
            self.env.invalidate_all()
            try:
                with self.env.cr.savepoint():
                    answers[name] = str(call())
            except (AccessError, UserError) as error:
                answers[name] = f"{type(error).__name__}: {error}".replace(str(id_), "id")
        return answers

    def test_she_answers_for_nobody_and_opens_no_dialog(self):
        concern = self._of(self.with_file, self.municipality)
        for call in (
            concern.action_take_over,
            concern.action_answer,
            concern.action_link,
            lambda: concern._answer(self.noted),
            concern.unlink,
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                call()

    def test_no_other_model_opens_to_her(self):
        env = self._as(self.municipality)
        for name in (
            *("integration.client", "integration.case", "integration.client.card"),
            *("integration.contact", "integration.note", "integration.household"),
            *("integration.arrival", "integration.report", "integration.worker"),
            *("integration.concern.link", "integration.concern.count"),
            "integration.concern.reply",
        ):
            with self.subTest(name):
                for right in ("read", "write", "create", "unlink"):
                    self.assertFalse(env[name].has_access(right))
        clients = env["res.partner"].search([("name", "ilike", "Nachbarova")])
        self.assertFalse(clients)

    def test_accommodation_staff_and_others_see_no_concern(self):
        self._link_taken()
        for user in (self.accommodation, self.admin_a, self.reporting_a, self.employee):
            for name in ("integration.concern", "integration.concern.link"):
                with self.subTest(user.login, model=name), self.assertRaises(AccessError):
                    self._as(user)[name].search([])

    def _link_taken(self):
        self._of(self.with_file, self.worker_a).action_take_over()
        return self._link()

    def test_another_municipality_closes_what_was_raised_before(self):
        concern = self._of(self.with_file, self.municipality)
        self.assertTrue(concern.read(["text"]))
        self.municipality.integration_municipality_id = self.town_b
        self.env.invalidate_all()
        self.assertFalse(concern.search([("id", "=", concern.id)]))
        with self.assertRaises(AccessError):
            concern.read(["text"])

    def test_a_former_role_opens_no_concern_of_another_employer(self):
        self.municipality.write(
            {
                "group_ids": [
                    (3, self.env.ref(f"{MODULE}.group_municipality").id),
                    (4, self.env.ref(f"{MODULE}.group_caseworker").id),
                ]
            }
        )
        self.assertFalse(self._as(self.municipality)["integration.concern"].search([]))

    def test_nobody_gives_herself_a_municipality(self):
        me = self._of(self.municipality, self.municipality)
        with self.assertRaises(AccessError):
            me.write({"integration_municipality_id": self.town_b.id})

    def test_data_protection_reads_and_changes_nothing(self):
        concern = self._of(self.with_file, self.dpo_a)
        self.assertTrue(concern.read(["text", "state", "user_id"]))
        for call in (
            lambda: concern.write({"party": "school"}),
            concern.action_take_over,
            concern.action_withdraw,
        ):
            with self.assertRaises(AccessError):
                call()


@tagged("post_install", "-at_install")
class TestConcernRequests(ConcernWallsCommon, HttpCase):
    """The same over RPC and with a key of one's own (JSON-2)."""

    CONTEXT = {"bin_size": True}

    def _rpc(self, method, *args, **kwargs):
        return self.url_open(
            f"/web/dataset/call_kw/integration.concern/{method}",
            json={
                "jsonrpc": "2.0",
                "method": "call",
                "id": 1,
                "params": {
                    "model": "integration.concern",
                    "method": method,
                    "args": list(args),
                    "kwargs": kwargs,
                },
            },
        ).text

    def _json2(self, method, **values):
        return self.url_open(
            f"/json/2/integration.concern/{method}",
            json=values,
            headers={"Authorization": f"Bearer {self.key}"},
        ).text

    def test_requests_tell_the_same_with_and_without_a_file(self):
        for concern in (self.with_file, self.without):
            self._of(concern, self.worker_a).action_take_over()
        self._link()
        for concern in (self.with_file, self.without):
            self._of(concern, self.worker_a)._answer(self.noted)
        self.env.flush_all()
        expires = fields.Datetime.add(fields.Datetime.now(), days=1)
        keys = self.env["res.users.apikeys"].with_user(self.municipality).sudo()
        self.key = keys._generate("rpc", "concerns", expires)
        self.authenticate(self.municipality.login, self.municipality.login)
        answers = []
        for concern in (self.with_file, self.without):
            domain = [["id", "=", concern.id]]
            group = {"groupby": ["kind_id"], "aggregates": ["__count"]}
            spec = {name: {} for name in OPEN}
            told = [
                self._rpc("read", [concern.id], list(OPEN)),
                self._rpc("web_read", [concern.id], spec),
                self._rpc("web_search_read", domain, spec),
                self._rpc("search_count", domain),
                self._rpc("formatted_read_group", domain, **group),
                self._rpc("name_search", "Noise", domain),
                self._rpc("export_data", [concern.id], ["told", "answer_text"]),
                self._json2("search_read", domain=domain, fields=list(OPEN)),
                self._json2("read", ids=[concern.id], fields=list(OPEN)),
                self._json2("formatted_read_group", domain=domain, **group),
            ]
            answers.append([self._alike(text, concern) for text in told])
        self.assertEqual(answers[0], answers[1])
        self.assertNotIn('"error"', "".join(answers[0]))
        self.assertIn("confidentiality", answers[0][0])

    def test_requests_for_what_is_closed_are_refused(self):
        self._of(self.with_file, self.worker_a).action_take_over()
        self.env.flush_all()
        self.authenticate(self.municipality.login, self.municipality.login)
        for name, value in CLOSED.items():
            for answer in (
                self._rpc("read", [self.with_file.id], [name]),
                self._rpc("search", [[name, "=", value]]),
                self._rpc("search", [], order=f"{name} desc"),
                self._rpc("formatted_read_group", [], groupby=[name], aggregates=["__count"]),
            ):
                with self.subTest(name, answer=answer[:200]):
                    self.assertIn('"error"', answer)
                    self.assertNotIn(self.worker_a.name, answer)
        for method in ("action_take_over", "action_answer", "action_link"):
            self.assertIn('"error"', self._rpc(method, [self.with_file.id]))
