"""What the attacks on the gates share: attempts as requests, tried with and without the wire."""

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase
from odoo.tools import SQL, mute_logger

from ..disclosure.test_release import DisclosureCommon
from ..product.thirds import due

REFUSALS = (
    "odoo.exceptions.UserError",
    "odoo.exceptions.ValidationError",
    "odoo.exceptions.AccessError",
    "odoo.exceptions.RedirectWarning",
)
# Methods that answer instead of refusing, and must write nothing either way
ANSWERING = ("load", "onchange", "default_get")
SILENT = (
    "odoo.http",
    "odoo.sql_db",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.addons.base.models.ir_actions",
    "odoo.addons.base.models.ir_actions.server_action_code",
    "odoo.models",
)


class GateCommon(DisclosureCommon):
    """Attempts are (name, model, method, args, context) as a browser would send them."""

    # Models whose tables must be the same after every attempt
    guarded = ()

    def _actor(self):
        """Return in whose name the attempts are made."""
        return self.worker_a

    def _call_orm(self, model, method, args, context):
        """Call as the worker without the wire; return the answer or raise."""
        with self.cr.savepoint(), mute_logger(*SILENT):
            env = self._as(self._actor())
            try:
                answer = call_kw(env[model], method, args, {"context": context})
                env.flush_all()
            finally:
                self.env.invalidate_all()
        return answer

    def _name_of_refusal(self, model, method, args, context):
        """Return how an attempt was refused, or None."""
        try:
            answer = self._call_orm(model, method, args, context)
        except (UserError, AccessError, RedirectWarning) as error:
            return f"odoo.exceptions.{type(error).__name__}"
        return self._named(answer, method)

    @staticmethod
    def _named(answer, method):
        """Return the name of a refusal within an answer: imports list their errors."""
        # Without a name to enter, Odoo creates nothing and says so.
        if (method == "load" and not answer["ids"]) or (method == "name_create" and not answer):
            return REFUSALS[0]
        return None

    def _tables(self):
        """Return which versions of which rows stand in every guarded table, and of documents.

        What is written makes a new version of its row; what is rolled back leaves the former one.
        """
        self.env.flush_all()
        versions = {}
        for name in [*self.guarded, "ir.attachment"]:
            table = SQL.identifier(self.env[name]._table)
            self.cr.execute(SQL("SELECT id, ctid::text, xmin::text FROM %s", table))
            versions[name] = set(self.cr.fetchall())
        return versions

    def _due(self, attempts):
        """Return those of the attempts that this run makes."""
        return attempts

    def _assert_refused(self, attempts):
        """Try all and assert that each was refused and nothing at all was written."""
        attempts = list(attempts)
        self.assertGreater(len(attempts), 5)
        attempts = self._due(attempts)
        before = self._tables()
        gone_through = []
        for name, model, method, args, context in attempts:
            refusal = self._name_of_refusal(model, method, args, context)
            if refusal not in REFUSALS and method not in ANSWERING:
                gone_through.append((name, model, method, refusal))
        self.assertEqual(gone_through, [])
        after = self._tables()
        self.assertEqual([name for name in before if before[name] != after[name]], [])

    # ------------------------------------------------------------
    # Ways to write
    # ------------------------------------------------------------

    def _ways_to_create(self, model, vals):
        """Yield every way to create one record of ``model`` from ``vals``."""
        yield "create", model, "create", [vals], {}
        yield "create many", model, "create", [[vals]], {}
        yield "web_save", model, "web_save", [[], vals, {}], {}
        columns, row = self._columns(model, vals)
        yield "import", model, "load", [columns, [row]], {}
        defaults = {f"default_{name}": value for name, value in vals.items()}
        yield "defaults", model, "create", [{}], defaults
        yield "name_create", model, "name_create", ["Words"], defaults
        yield "onchange", model, "onchange", [[], vals, list(vals), dict.fromkeys(vals, {})], {}
        yield "server action", "ir.actions.server", "run", [self._action(model, vals).ids], {}

    def _ways_to_change(self, record, vals):
        """Yield every way to change, copy and delete ``record``."""
        model, ids = record._name, record.ids
        yield "write", model, "write", [ids, vals], {}
        yield "web_save", model, "web_save", [ids, vals, {}], {}
        yield "web_save_multi", model, "web_save_multi", [ids, [vals] * len(ids), {}], {}
        yield "copy", model, "copy", [ids], {}
        yield "copy with default", model, "copy", [ids, vals], {}
        yield "unlink", model, "unlink", [ids], {}
        columns, row = self._columns(model, vals)
        yield "import", model, "load", [[".id", *columns], [[str(ids[0]), *row]]], {}
        yield "onchange", model, "onchange", [ids, vals, list(vals), dict.fromkeys(vals, {})], {}

    def _ways_from_parent(self, parent, field, vals, record=None):
        """Yield the commands of a one2many by which lines are written from their parent."""
        commands = [[0, "virtual_1", vals]]
        if record:
            commands += [[1, record.id, vals], [2, record.id, 0]]
        for command in commands:
            written = {field: [command]}
            for method, args in (
                ("write", [parent.ids, written]),
                ("web_save", [parent.ids, written, {}]),
                ("web_save_multi", [parent.ids, [written], {}]),
            ):
                yield f"{field} {command[0]}", parent._name, method, args, {}

    def _columns(self, model, vals):
        """Return header and row of an import of ``vals``."""
        columns, row = [], []
        for name, value in vals.items():
            field = self.env[model]._fields[name]
            if field.type == "many2many":
                columns.append(f"{name}/.id")
                row.append(",".join(str(id_) for id_ in value[0][2]))
            elif field.relational:
                columns.append(f"{name}/.id")
                row.append(str(value))
            elif field.type == "selection":
                labels = dict(field._description_selection(self._as(self.worker_a)))
                columns.append(name)
                row.append(labels.get(value, ""))
            else:
                columns.append(name)
                row.append(str(value or ""))
        return columns, row

    def _action(self, model, vals):
        """Return a server action that the worker runs herself."""
        return self.env["ir.actions.server"].create(
            {
                "name": "Round the gate",
                "model_id": self.env["ir.model"]._get_id(model),
                "state": "code",
                "code": f"env[{model!r}].create({vals!r})",
            }
        )


class GateHttp(GateCommon, HttpCase):
    """The same attempts over JSON-RPC, a third of them in each run (thirds.py).

    What the gates themselves let by is seen without the wire, where all are made each time.
    """

    def _due(self, attempts):
        return [
            attempt
            for number, attempt in enumerate(attempts)
            if due("gate", self.id().rpartition("tests.")[2], number, attempt[0])
        ]

    def setUp(self):
        super().setUp()
        self.authenticate(self._actor().login, self._actor().login)

    def _name_of_refusal(self, model, method, args, context):
        context = {"allowed_company_ids": self.company_a.ids, **context}
        with mute_logger(*SILENT):
            answer = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                json={
                    "params": {
                        "model": model,
                        "method": method,
                        "args": args,
                        "kwargs": {"context": context},
                    }
                },
            ).json()
        self.env.invalidate_all()
        if "error" in answer:
            return answer["error"]["data"]["name"]
        return self._named(answer["result"], method)
