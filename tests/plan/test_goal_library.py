from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged

from ..common import MODULE
from .test_plan import PlanCase

LIBRARY = "integration.goal.template"


class LibraryCase(PlanCase):
    """A plan of worker_a, and an entry of the county's library with two steps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entry = cls._entry("Have a bank account of one's own")

    @classmethod
    def _entry(cls, name, env=None, **values):
        return (env or cls.env)[LIBRARY].create(
            {
                "name": name,
                "code": "walls_" + name[:8].strip().replace(" ", "_"),
                "area_id": cls.language.id,
                "recognised_by": "The first certificate is there",
                "months": 6,
                "step_ids": [
                    Command.create({"name": "Ask for a place", "owner": "worker", "weeks": 2}),
                    Command.create({"name": "Go there", "owner": "volunteer"}),
                ],
                **values,
            }
        )

    def _take(self, plan, entries):
        plan.action_take_goals(entries.ids)
        return plan.line_ids[-1]

    def _words(self, plan):
        """Return everything a plan says, as it stands in the database."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT g.name, g.recognised_by, g.date_target, g.area_id, s.name, s.owner, s.date_due"
            "  FROM integration_plan_line g LEFT JOIN integration_plan_step s ON s.line_id = g.id"
            " WHERE g.plan_id = %s ORDER BY g.sequence, g.id, s.sequence, s.id",
            [plan.id],
        )
        return self.env.cr.fetchall()


@tagged("post_install", "-at_install")
class TestTakingFromTheLibrary(LibraryCase):
    def test_words_are_copied_and_days_proposed(self):
        plan = self._plan()
        goal = self._take(plan, self.entry)
        self.assertRecordValues(
            goal,
            [
                {
                    "name": "Have a bank account of one's own",
                    "area_id": self.language.id,
                    "recognised_by": "The first certificate is there",
                    "date_target": self.today + relativedelta(months=6),
                }
            ],
        )
        self.assertRecordValues(
            goal.step_ids,
            [
                {
                    "name": "Ask for a place",
                    "owner": "worker",
                    "date_due": self.today + timedelta(weeks=2),
                },
                {"name": "Go there", "owner": "volunteer", "date_due": False},
            ],
        )

    def test_in_the_language_of_who_takes_it(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.entry.with_context(lang="de_DE").name = "Ein eigenes Konto haben"
        self.entry.step_ids[0].with_context(lang="de_DE").name = "Nach einem Platz fragen"
        goal = self._take(self._plan().with_context(lang="de_DE"), self.entry)
        self.assertEqual(goal.name, "Ein eigenes Konto haben")
        self.assertEqual(goal.step_ids[0].name, "Nach einem Platz fragen")

    def test_pressed_twice_it_is_there_once(self):
        plan = self._plan()
        self._take(plan, self.entry)
        self._take(plan, self.entry)
        self.assertEqual(len(plan.line_ids), 3)

    def test_an_agreed_plan_keeps_its_words_byte_for_byte(self):
        plan = self._plan(line_ids=[])
        self._take(plan, self.entry)
        plan.action_agree()
        before = self._words(plan)
        own = self._as(self.admin_a)[LIBRARY]
        self.entry.write({"name": "Something else", "recognised_by": "Nothing", "months": 1})
        self.entry.step_ids[0].write({"name": "Other words", "owner": "client", "weeks": 30})
        self.entry.step_ids[1].unlink()
        self.assertEqual(self._words(plan), before)
        self.entry.active = False
        self.assertEqual(self._words(plan), before)
        self.entry.unlink()
        self.assertEqual(self._words(plan), before)
        self.assertFalse(own.search([("name", "=", "Something else")]))

    def test_nothing_points_from_a_plan_to_the_library(self):
        for model in self.env.registry.values():
            for field in model._fields.values():
                if field.comodel_name == LIBRARY and field.store:
                    self.assertEqual(model._name, f"{LIBRARY}.step")

    def test_a_goal_that_waits_for_words_gets_them(self):
        """What came from the assessment by a click is the same goal, and not a second one."""
        plan = self._plan(line_ids=[])
        goal = plan.line_ids.create({"plan_id": plan.id, "area_id": self.language.id, "name": "?"})
        goal._as_system().write({"words_missing": True})
        self.assertEqual(self._take(plan, self.entry), goal)
        self.assertEqual(goal.name, self.entry.name)
        self.assertFalse(goal.words_missing)
        self.assertEqual(goal.step_ids.mapped("name"), ["Ask for a place", "Go there"])
        plan.action_agree()

    def test_only_into_a_draft(self):
        plan = self._agreed()
        self.assertRefused("was agreed", plan.action_take_goals, self.entry.ids)
        self.assertEqual(len(plan.line_ids), 2)

    def test_removed_or_archived_meanwhile(self):
        plan = self._plan()
        self.entry.active = False
        self.assertRefused("no longer in the library", plan.action_take_goals, self.entry.ids)
        ids = self.entry.ids
        self.entry.unlink()
        self.assertRefused("no longer in the library", plan.action_take_goals, ids)
        for forged in (["1"], [None], 3, "12", [{}], None):
            with self.subTest(forged=forged):
                self.assertRefused("no longer in the library", plan.action_take_goals, forged)
        self.assertEqual(len(plan.line_ids), 2)

    def test_health_needs_its_consent(self):
        health = self._entry("Find a doctor", area_id=self.env.ref(f"{MODULE}.area_health").id)
        plan = self._plan()
        self.assertRefused("[Hh]ealth", plan.action_take_goals, health.ids)
        self.assertEqual(len(plan.line_ids), 2)
        self._consent(self.client, purpose="health")
        self._take(plan, health)

    def test_without_the_file_nothing_is_taken(self):
        plan = self._plan()
        for user in (self.colleague_a, self.lead_a, self.worker_b, self.admin_a):
            with self.subTest(user.login):
                self.assertDenied(
                    plan.with_user(user).with_env(self._as(user)).action_take_goals, self.entry.ids
                )
        self.assertEqual(len(plan.line_ids), 2)


@tagged("post_install", "-at_install")
class TestLibrary(LibraryCase):
    def test_shipped_for_each_area_in_both_languages(self):
        shipped = (
            self.env[LIBRARY]
            .search([])
            .filtered(lambda entry: (entry.get_external_id()[entry.id] or "").startswith(MODULE))
        )
        areas = self.env["integration.area"].search([("company_id", "=", False)])
        self.assertEqual(shipped.area_id, areas)
        for entry in shipped:
            with self.subTest(entry.code):
                self.assertTrue(entry.recognised_by and entry.months)
                self.assertGreaterEqual(len(entry.step_ids), 2)
        self.env["res.lang"]._activate_lang("de_DE")
        self.env.ref(f"base.module_{MODULE}")._update_translations(["de_DE"])
        texts = [(entry, name) for entry in shipped for name in ("name", "recognised_by")]
        texts += [(step, "name") for step in shipped.step_ids]
        for record, name in texts:
            with self.subTest(record[name]):
                self.assertNotEqual(record[name], record.with_context(lang="de_DE")[name])

    def test_an_employer_s_own_entries_are_its_own(self):
        own = self._entry("Own words", self._as(self.admin_a))
        self.assertEqual(own.company_id, self.company_a)
        self.assertEqual(own.step_ids.company_id, self.company_a)
        everywhere = self.entry
        for user, seen in (
            (self.worker_a, own | everywhere),
            (self.lead_a, own | everywhere),
            (self.worker_b, everywhere),
            (self.county_user, everywhere),
            (self.employee, None),
        ):
            with self.subTest(user.login):
                self.env.invalidate_all()
                env = self._as(user)
                for rows in (own | everywhere, (own | everywhere).step_ids):
                    if seen is None:
                        self.assertDenied(env[rows._name].search, [("id", "in", rows.ids)])
                        continue
                    found = env[rows._name].search([("id", "in", rows.ids)])
                    expected = seen if rows._name == LIBRARY else seen.step_ids
                    self.assertEqual(set(found.ids), set(expected.ids))

    def test_a_foreign_entry_is_not_taken_by_its_id(self):
        other = self._entry(
            "Of the agency", self._as(self._new_user("b", f"{MODULE}.group_admin", self.company_b))
        )
        plan = self._plan()
        self.assertRefused("no longer in the library", plan.action_take_goals, other.ids)

    def test_administrators_keep_their_hands_off_the_county_s(self):
        for row in (self.entry, self.entry.step_ids[0]):
            self.assertDenied(row.with_env(self._as(self.admin_a)).write, {"name": "Mine"})
            self.assertDenied(row.with_env(self._as(self.admin_a)).unlink)
            self.assertDenied(row.with_env(self._as(self.worker_a)).write, {"name": "Mine"})
            row.with_env(self._as(self.county_user)).name = "Better words"
        step = {"template_id": self.entry.id, "name": "Slipped in"}
        self.assertDenied(self._as(self.admin_a)[f"{LIBRARY}.step"].create, step)

    def test_a_step_stays_with_its_entry(self):
        own = self._entry("Own words", self._as(self.admin_a))
        self.assertRefused("by hand", own.step_ids[0].write, {"template_id": self.entry.id})

    def test_a_shared_entry_is_a_pattern_for_an_own_one(self):
        own = self.entry.with_env(self._as(self.admin_a)).copy()
        self.assertEqual(own.company_id, self.company_a)
        self.assertEqual(own.step_ids.mapped("name"), self.entry.step_ids.mapped("name"))
        self.assertEqual(own.step_ids.company_id, self.company_a)

    def test_own_entries_can_be_deleted_with_their_steps(self):
        own = self._entry("Own words", self._as(self.admin_a))
        steps = own.step_ids
        self._take(self._plan(), own)
        own.unlink()
        self.assertFalse(steps.exists())

    def test_values_that_nobody_means(self):
        for values in ({"months": -1}, {"months": 61}):
            with self.subTest(values), self.assertRaises(UserError):
                self.entry.write(values)
        for weeks in (-1, 261):
            with self.subTest(weeks), self.assertRaises(UserError):
                self.entry.step_ids[0].weeks = weeks
        for name in ("", "  ", "\u200b"):
            with self.subTest(name=name), self.assertRaises(UserError):
                self.entry.step_ids[0].name = name

    def test_form(self):
        with Form(self._as(self.admin_a)[LIBRARY]) as form:
            form.name = "Words of the office"
            form.code = "office"
            form.area_id = self.housing
            with form.step_ids.new() as step:
                step.name = "First"
        self.assertEqual(form.record.step_summary, "First")

    def test_what_an_update_leaves_alone(self):
        names = [LIBRARY, f"{LIBRARY}.step"]
        data = self.env["ir.model.data"].search([("module", "=", MODULE), ("model", "in", names)])
        self.assertEqual(set(data.mapped("model")), set(names))
        self.assertTrue(all(data.mapped("noupdate")))


@tagged("post_install", "-at_install")
class TestLibraryOnScreen(LibraryCase, HttpCase):
    def test_tour(self):
        self.worker_a.lang = "en_US"  # the tour finds its buttons by their English words
        plan = self._plan(
            line_ids=[
                Command.create({"area_id": self.housing.id, "name": "A flat of our own"}),
                Command.create({"area_id": self.language.id, "name": "?"}),
            ]
        )
        plan.line_ids[1]._as_system().write({"words_missing": True})
        self.start_tour(
            f"/odoo/integration-plans/{plan.id}",
            "integration_goal_library",
            login=self.worker_a.login,
        )
        self.env.invalidate_all()
        names = plan.line_ids.mapped("name")
        self.assertEqual(len(names), 3)
        self.assertLess(
            names.index("Travel alone by bus and train"), names.index("A flat of our own")
        )
