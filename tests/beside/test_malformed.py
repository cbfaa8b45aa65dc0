from traceback import walk_tb

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import IntegrationCommon

OURS = "integration_management/models"
OVERRIDES = {"create", "write", "onchange", "default_get"}
# What no web client sends, but anybody can over RPC
VALUES = (
    None,
    7,
    "name",
    [7],
    [["partner_id", 7]],
    {"partner_id": {}},
    {"partner_id": [[6, 0, 7]]},
)
LINKS = (
    [6, 0, 7],
    [[6, 0, None]],
    [[[], 0, [1]]],
    [[4, {}]],
    [[6, 0, [{}]]],
    10**30,
    "²",
    [{}],
    {},
)
MODELS = (
    "res.partner",
    "res.partner.bank",
    "res.company",
    "ir.attachment",
    "mail.message",
    "mail.followers",
    "mail.activity",
    "calendar.event",
    "res.country",
)
QUIET = ("odoo.addons.base.models.ir_rule", "odoo.sql_db")


@tagged("post_install", "-at_install")
class TestMalformed(IntegrationCommon):
    """Before anything is made of the values of a request, Odoo says who may send them.

    A module that looks at them first and trips answers with an error of its own, to anybody.
    """

    def test_whoever_has_no_right_is_told_so_whatever_she_sends(self):
        refusing = 0
        for name in MODELS:
            model = self.env(user=self.portal)[name]
            if model.has_access("create"):
                continue
            refusing += 1
            fields = [*sorted(model._integration_contact_fields)[:1], "original_id"]
            for values in ({field: link} for field in fields for link in LINKS):
                with self.subTest(name, values=values), mute_logger(*QUIET):
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        model.create([values])
        self.assertGreater(refusing, 3)

    def test_what_is_malformed_is_left_to_odoo(self):
        for name in MODELS:
            model = self._as(self.employee)[name]
            record = self.env[name].search([], limit=1).with_env(model.env)
            fields = [
                *sorted(model._integration_contact_fields)[:1],
                "res_model",
                "original_id",
                "model",
            ]
            for values in [*VALUES, *({field: link} for field in fields for link in LINKS)]:
                for function, arguments in (
                    (model.create, ([values],)),
                    (record.write, (values,)),
                    (model.onchange, (values, [], {})),
                ):
                    with self.subTest(f"{name}.{function.__name__}", values=values):
                        self.assertFalse(self._own_error(function, *arguments))

    def test_our_own_models_leave_it_to_odoo_as_well(self):
        """Each model behind the door: as a case worker, and as somebody without any right."""
        door = self.env.registry["integration.door"]
        names = [
            name
            for name, model in self.env.registry.items()
            if issubclass(model, door) and not model._abstract and model._auto
        ]
        self.assertGreater(len(names), 50)
        for user in (self.worker_a, self.portal):
            for name in names:
                model = self._as(user)[name]
                record = self.env[name].search([], limit=1).with_env(model.env)
                link = next((f.name for f in model._fields.values() if f.type == "many2one"), "x")
                odd = (None, "name", ["name"], {link: [6, 0, 7]}, {link: [[6, 0, 7]]})
                for values in odd if user == self.worker_a else odd[:2]:
                    for function, arguments in (
                        (model.create, (values,)),
                        (record.write, (values,)),
                        (model.onchange, (values, [], {})),
                        (model.onchange, ({}, values, {})),
                    ):
                        with self.subTest(f"{name}.{function.__name__}", values=values):
                            self.assertFalse(self._own_error(function, *arguments))

    def test_no_role_hears_of_our_rules_before_odoo_has_asked_for_her_right(self):
        door = self.env.registry["integration.door"]
        asked = 0
        for name, model in self.env.registry.items():
            if not issubclass(model, door) or model._abstract or not model._auto:
                continue
            records = self._as(self.portal)[name]
            day = next((f.name for f in model._fields.values() if f.type == "date"), None)
            if not day or records.has_access("create"):
                continue
            asked += 1
            with self.subTest(name), mute_logger(*QUIET), self.assertRaises(AccessError):
                records.create({day: "9999-12-31"})
        self.assertGreater(asked, 20)

    def test_nobody_without_the_right_is_told_who_is_a_client(self):
        client = self._client(self.worker_a, "Somebody")
        told = set()
        for partner in (client.partner_id, self.company_b.partner_id):
            with mute_logger(*QUIET), self.assertRaises(AccessError) as caught:
                self._as(self.portal)["res.partner.bank"].create(
                    {"acc_number": "DE1", "partner_id": partner.id}
                )
            told.add(str(caught.exception))
        self.assertEqual(len(told), 1)

    def _own_error(self, function, *arguments):
        """Return the error and its functions of ours, unless it is Odoo's or one in words."""
        try:
            with mute_logger(*QUIET), self.cr.savepoint():
                function(*arguments)
        except UserError:
            return None
        except Exception as error:  # noqa: BLE001 - whatever it is, only its place counts
            frames = [(f.f_code.co_filename, f.f_code) for f, _ in walk_tb(error.__traceback__)]
            ours = [code.co_name for file, code in frames if OURS in file]
            # An override of ours is on the way of every error; what it calls itself is not.
            if OURS in frames[-1][0] or set(ours) - OVERRIDES:
                return f"{type(error).__name__} {error} in {ours}"
        return None
