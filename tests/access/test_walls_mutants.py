import os
import random
from itertools import combinations

from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE
from ..intake.walls_intake import import_under_way
from ..product.thirds import due
from .walls_count import count
from .walls_registry import own_models
from .walls_rows import WallsRows
from .walls_table import OPERATIONS, OURS, allowed

SAMPLE = 25
OFFICE = "worker+admin at the county office"
LEADER = "lead at the county office"
# A wall that stands behind another one is tried with the one in front of it switched off.
BEHIND = {"integration_client_rule_access": "res_partner_rule_integration_client"}


@tagged("post_install", "-at_install")
class TestWallsMutants(WallsRows):
    """Whether the rights of the world change when a single rule or access line is switched off.

    They are those of walls_table.py (test_walls_matrix.py), so a change fails that test. A third
    of a sample runs every time; ``bin/test --mutants`` tries every one. A survivor is a wall that
    no test leans on, or one that is not needed. Beside the users of the matrix there are

    - one for every pair of roles, who works for two employers and has chosen one of them;
    - OFFICE, LEADER: a case worker and administrator of the county office, and a lead there, both
      without coordination;
    - "opened": all roles, and a group to which everything is opened, as somebody might add one;
    - "settings": Odoo's own right to the settings, without a role and with one.

    Contacts are shared among employers, as an administrator of Odoo may decide; cards of
    colleagues' clients are tried switched on and off.
    """

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.res_partner_rule").active = False
        cls._import_elsewhere(cls.users["worker+lead"], cls.kits["other"])
        cls.beside = cls._beside()
        cls.env.flush_all()

    @classmethod
    def _people(cls):
        pairs = {
            "+".join(pair): cls._employ(
                pair, cls.company_county if "county" in pair else cls.company_a, cls.company_b
            )
            for pair in combinations(OURS, 2)
        }
        opened = cls._employ(OURS, cls.company_a, cls.company_b)
        opened.group_ids = [Command.link(cls._open_everything().id)]
        return {
            **super()._people(),
            **pairs,
            "opened": opened,
            OFFICE: cls._employ(("worker", "admin"), cls.company_county),
            LEADER: cls._employ(("lead",), cls.company_county),
            "settings": cls._new_user("settings", "base.group_system", cls.company_a),
            "settings+county": cls._new_user(
                "settings_and_county",
                f"base.group_system,{MODULE}.group_county",
                cls.company_county,
            ),
        }

    @classmethod
    def _employ(cls, roles, company, second=None):
        names = {"worker": "caseworker"}
        groups = ",".join(f"{MODULE}.group_{names.get(role, role)}" for role in roles)
        user = cls._new_user("_".join([*roles, str(company.id)]), groups, company)
        if second:
            user.company_ids = [Command.link(second.id)]
        return user

    @classmethod
    def _open_everything(cls):
        group = cls.env["res.groups"].create({"name": "Opened"})
        models = cls.env["ir.model"].search([("model", "in", list(own_models(cls.env)))])
        cls.env["ir.rule"].create(
            [
                {
                    "name": "All",
                    "model_id": model.id,
                    "domain_force": "[(1, '=', 1)]",
                    "groups": [Command.link(group.id)],
                }
                for model in models
            ]
        )
        cls.env["ir.model.access"].create(
            [
                {
                    "name": "All",
                    "model_id": model.id,
                    "group_id": group.id,
                    "perm_read": True,
                    "perm_write": True,
                    "perm_create": True,
                    "perm_unlink": True,
                }
                for model in models
            ]
        )
        return group

    @classmethod
    def _figures(cls):
        """Add what a worker printed at her other employer."""
        user = cls.users["worker+lead"]
        env = cls.env(user=user, context={"allowed_company_ids": cls.company_b.ids})
        return {
            **super()._figures(),
            "elsewhere": env["integration.report"].create(
                {
                    "profile": "state",
                    "date_from": cls.start,
                    "date_to": cls.today,
                    "scope": "worker",
                    "breakdown": "total",
                    "user_id": user.id,
                }
            ),
        }

    @classmethod
    def _import_elsewhere(cls, user, kit):
        """Add what a worker brings to her other employer: her own, and not at this one."""
        env = cls.env(user=user, context={"allowed_company_ids": kit.company.ids})
        for name, records in import_under_way(kit["integration.client"][:1], env).items():
            kit[name] = kit[name].sudo() | records.sudo()

    @classmethod
    def _beside(cls):
        """Return rows of Odoo's own models that tell of files, in front of which a rule stands."""
        counters = cls.env["ir.sequence"].search([("code", "=like", "integration.%")])
        counter = counters.filtered("use_date_range")[:1] or counters[:1]
        counter.use_date_range = True
        counter.next_by_id()
        worker = cls._as(cls.worker_b)
        shared = worker["ir.filters"].create(
            {"name": "Shared", "model_id": "integration.case", "domain": "[]", "user_ids": []}
        )
        action = cls.env.ref(f"{MODULE}.integration_case_action")
        embedded = worker["ir.embedded.actions"].create(
            {
                "name": "Shared",
                "parent_action_id": action.id,
                "parent_res_model": "integration.case",
                "action_id": action.id,
                "user_id": False,
            }
        )
        rows = (shared, embedded, counters, counter.date_range_ids)
        return {records._name: records.sudo() for records in rows}

    def setUp(self):
        super().setUp()
        self.baseline = {}
        self.rows = {role: self._by_model(role) for role in self.users}

    def test_several_roles_have_the_rights_of_each(self):
        for role in set(self.users) - {"opened"}:
            parts = role.split(" at ")[0].split("+")
            wrong = {
                (key, situation, operation)
                for model in self._models(role)
                if due("several roles", role, model)
                for key, situation, operation, opened, records in self._rights(model, [role])
                if opened
                != (
                    set(records)
                    if any(operation in allowed(key, part, situation) for part in parts)
                    else set()
                )
            }
            with self.subTest(role):
                self.assertEqual(sorted(wrong), [])

    def test_no_rule_of_others_opens_another_employer(self):
        wrong = {
            (key, operation)
            for model in self._models("opened")
            for key, situation, operation, opened, _records in self._rights(model, ["opened"])
            if situation == "other" and opened
        }
        self.assertEqual(sorted(wrong), [])

    def test_every_rule_and_access_line_is_needed(self):
        mutants = self._mutants()
        if not os.environ.get("INTEGRATION_MUTANTS"):
            sample = random.Random(20261122).sample(mutants, SAMPLE)
            mutants = [(name, mutant) for name, mutant in sample if due("mutant", name)]
        survivors = [name for name, mutant in mutants if not self._noticed(name, mutant)]
        self.company_a.integration_show_cards = False
        self.baseline = {}
        survivors = [name for name in survivors if not self._noticed(name, dict(mutants)[name])]
        count("walls switched off", len(mutants))
        self.assertEqual(survivors, [])

    def _mutants(self):
        """Return the module's own rules and access lines, one by one, with their names.

        A line that grants nothing only says so: Odoo warns of models without any.
        """
        data = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "in", ["ir.rule", "ir.model.access"])],
            order="model, name",
        )
        mutants = [(row.name, self.env[row.model].browse(row.res_id)) for row in data]
        return [
            (name, mutant)
            for name, mutant in mutants
            if any(mutant[f"perm_{operation}"] for operation in OPERATIONS.values())
        ]

    def _noticed(self, name, mutant):
        """Switch the mutant off, see whether any right on its model changes, switch it on."""
        model = mutant.model_id.model
        in_front = BEHIND.get(name)
        with self.env.cr.savepoint() as savepoint:
            if in_front:
                self._switch_off(self.env.ref(f"{MODULE}.{in_front}"))
                before = list(self._rights(model, self.users))
            else:
                before = self.baseline.setdefault(model, [])
                before += [] if before else self._rights(model, self.users)
            self._switch_off(mutant)
            after = self._rights(model, self.users)
            noticed = any(one != other for one, other in zip(before, after, strict=True))
            savepoint.rollback()
        self.env.invalidate_all(flush=False)
        self.env.registry.clear_all_caches()
        return noticed

    def _switch_off(self, wall):
        wall.active = False
        self.env.flush_all()
        self.env.registry.clear_all_caches()

    def _models(self, role):
        """Return all models of the world but companies and others whose rows are none of ours."""
        return set(self.rows[role]) - {"res.company", *self.beside}

    def _rights(self, model_name, roles):
        """Yield what everybody may do with the rows of the model, as each is at work."""
        for role in roles:
            user = self.users[role]
            with self.acting(user):
                env = self.env(context={"allowed_company_ids": user.company_id.ids})
                for key, rows in self.rows[role].get(model_name, {}).items():
                    everything = env[model_name].union(*(records for _situation, records in rows))
                    for operation, opened in self._opened(everything.with_env(env)):
                        for situation, records in rows:
                            ids = records._ids
                            yield key, situation, operation, opened.intersection(ids), ids

    @staticmethod
    def _opened(records):
        """Yield (operation, ids) by what a record at hand allows, and by what a search finds."""
        for operation in OPERATIONS.values():
            yield operation, set(records._filtered_access(operation)._ids)
        found = set()
        if records.browse().has_access("read"):
            everything = records.with_context(active_test=False)
            found.update(everything.search([("id", "in", records.ids)])._ids)
        yield "read", found

    def _by_model(self, role):
        """Return {model: {key: [(situation, records)]}}; companies are rows here as well."""
        companies = self.company_a | self.company_b | self.company_county
        rows = {"res.company": {"res.company": [("shared", companies)]}}
        for name, records in self.beside.items():
            rows[name] = {name: [("other", records)]}
        for key, situation, records in self.everything(role):
            of_model = rows.setdefault(key.split(":")[0], {})
            of_model.setdefault(key, []).append((situation, records))
        return rows
