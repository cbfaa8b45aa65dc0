import contextlib

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import IntegrationCommon

NAME = "Family of Zebra"


@tagged("post_install", "-at_install")
class TestSharedFilters(IntegrationCommon):
    """A filter or an embedded action on files is shared at one employer, with whoever has files."""

    def _filter(self, user, model="integration.case", **values):
        return self._as(user)["ir.filters"].create(
            {
                "name": NAME,
                "model_id": model,
                "domain": f"[('client_id.name', 'ilike', '{NAME}')]",
                "user_ids": [],
                **values,
            }
        )

    def _seen(self, user, record):
        self.env.invalidate_all()
        env = self._as(user)
        found = env[record._name].search([("name", "=", NAME)])
        try:
            read = bool(env[record._name].browse(record.id).read(["name"]))
        except AccessError:
            read = False
        self.assertEqual(bool(found), read, user.login)
        if record._name == "ir.filters":
            offered = [row["name"] for row in env["ir.filters"].get_filters(record.sudo().model_id)]
            self.assertEqual(NAME in offered, read, user.login)
        return read

    def test_shared_filters_stay_with_the_employer(self):
        for model in ("integration.case", "integration.client", "res.partner", "mail.activity"):
            shared = self._filter(self.worker_a, model)
            for user in (self.worker_a, self.colleague_a, self.lead_a):
                self.assertTrue(self._seen(user, shared), (model, user.login))
            for user in (self.worker_b, self.lead_b, self.admin_a, self.employee, self.portal):
                self.assertFalse(self._seen(user, shared), (model, user.login))
            shared.sudo().unlink()

    def test_a_filter_of_ones_own_stays_with_the_employer_too(self):
        own = self._filter(self.worker_a, user_ids=self.worker_a.ids)
        self.assertTrue(self._seen(self.worker_a, own))
        self.assertFalse(self._seen(self.colleague_a, own))
        self.worker_a.sudo().write(
            {"company_ids": [(6, 0, self.company_b.ids)], "company_id": self.company_b.id}
        )
        self.worker_a.invalidate_recordset()
        self.env.registry.clear_cache()
        self.assertFalse(self._seen(self.worker_a, own))

    def test_the_employer_of_a_filter_is_not_forged(self):
        shared = self._filter(self.worker_a, integration_company_id=self.company_b.id)
        self.assertEqual(shared.sudo().integration_company_id, self.company_a)
        for values in ({"integration_company_id": self.company_b.id}, {"create_uid": 1}):
            with contextlib.suppress(AccessError, UserError, ValueError):
                shared.write(values)
        self.assertEqual(shared.sudo().integration_company_id, self.company_a)
        moved = self._as(self.employee)["ir.filters"].create(
            {"name": NAME, "model_id": "res.users", "user_ids": []}
        )
        self.assertTrue(self._seen(self.worker_b, moved), "nothing to do with files")
        moved.model_id = "integration.case"
        self.assertFalse(self._seen(self.worker_b, moved))

    def test_filters_elsewhere_are_shared_as_ever(self):
        shared = self._filter(self.employee, "res.partner")
        self.assertTrue(self._seen(self.worker_b, shared))

    def test_embedded_actions(self):
        action = self.env.ref("integration_management.integration_case_action")
        values = {
            "name": NAME,
            "parent_action_id": action.id,
            "action_id": action.id,
            "parent_res_model": "integration.case",
            "domain": f"[('client_id.name', 'ilike', '{NAME}')]",
        }
        shared = self._as(self.worker_a)["ir.embedded.actions"].create(values)
        self.assertTrue(self._seen(self.colleague_a, shared))
        for user in (self.worker_b, self.lead_b, self.employee, self.admin_a):
            self.assertFalse(self._seen(user, shared), user.login)
        shared.sudo().unlink()
        own = self._as(self.worker_a)["ir.embedded.actions"].create(
            dict(values, user_id=self.worker_a.id)
        )
        self.assertTrue(self._seen(self.worker_a, own))
        self.assertFalse(self._seen(self.colleague_a, own))


@tagged("post_install", "-at_install")
class TestNumbering(IntegrationCommon):
    """Nobody learns from numbers how many files an employer has, or which there are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case_a = cls._case(cls._client(cls.worker_a, "Numbered Person"))
        cls.case_b = cls._case(cls._client(cls.worker_b, "Other Person"))

    def test_the_counters_of_file_numbers_are_read_by_nobody(self):
        ours = self.env["ir.sequence"].search([("code", "=like", "integration.%")])
        self.assertTrue(ours)
        for user in (self.worker_a, self.lead_a, self.admin_a, self.dpo_a, self.employee):
            env = self._as(user)
            self.assertFalse(env["ir.sequence"].search([("id", "in", ours.ids)]), user.login)
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                ours.with_user(user).read(["number_next_actual"])
            if ours.date_range_ids:
                self.assertFalse(
                    env["ir.sequence.date_range"].search([("sequence_id", "in", ours.ids)])
                )
        others = self.env["ir.sequence"].create({"name": "Other", "code": "other.thing"})
        self.assertTrue(others.with_user(self.employee).read(["name"]))
        without = self.env["ir.sequence"].create({"name": "Without"})
        self.assertTrue(without.with_user(self.employee).read(["name"]))

    def test_numbers_are_given_all_the_same(self):
        self.assertTrue(self._client(self.worker_a, "Next Person").file_number)

    def test_existing_and_missing_ids_answer_alike(self):
        """Else anyone with a login counts the files of all employers, and those of a night."""
        missing = 2_000_000_000
        clients = (self.case_a.client_id | self.case_b.client_id).sudo()
        note = self.case_b.env["integration.note"].create(
            {"case_id": self.case_b.id, "body": "Words"}
        )
        plan = self.case_b.env["integration.plan"].create({"case_id": self.case_b.id})
        asks = {
            "read": lambda r: r.read(["display_name"]),
            "read all": lambda r: r.read(),
            "web_read": lambda r: r.web_read({"display_name": {}}),
            "write": lambda r: r.write({"active": False}),
            "unlink": lambda r: r.unlink(),
            "copy": lambda r: r.copy(),
            "export": lambda r: r.export_data(["id"]),
            "save": lambda r: r.web_save({}, {"display_name": {}}),
            "metadata": lambda r: r.get_metadata(),
        }
        users = (self.worker_a, self.lead_a, self.dpo_a, self.admin_a, self.employee, self.portal)
        records = (self.case_b, clients[1], note, plan, self._talk(self.case_b))
        different = []
        for user in users:
            for record in records:
                for name, ask in asks.items():
                    answers = [
                        self._answer(ask, self._as(user)[record._name].browse(id_))
                        for id_ in (record.id, missing)
                    ]
                    if answers[0] != answers[1]:
                        different.append((user.login, record._name, name, *answers))
        self.assertEqual(different, [])

    def _answer(self, ask, record):
        """Return what ``ask`` answers about ``record``, its id left out."""
        self.env.invalidate_all()
        try:
            with mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db"), self.cr.savepoint():
                answer = ask(record)
        except (AccessError, MissingError, UserError) as error:
            answer = f"{type(error).__name__}: {error}"
        return str(answer).replace(str(record.id), "N")
