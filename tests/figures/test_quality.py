import json
import re
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import MODULE, IntegrationCommon


class QualityCommon(IntegrationCommon):
    """worker_a with one gap of every kind, colleague_a with one, worker_b elsewhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        topic = cls.env["integration.topic"].search([], limit=1)
        cls.topics = [Command.set(topic.ids)]
        cls.period = {"date_from": cls.today - timedelta(days=60), "date_to": cls.today}
        cls._case(cls._client(cls.worker_a, consent=False))  # no consent
        overdue = cls._case(cls._client(cls.worker_a))
        cls._agree(overdue, 50).date_next_review = cls.today - timedelta(days=1)
        cls._talk(overdue, days_ago=3)  # no topic
        cls._talk(overdue, days_ago=3, topic_ids=cls.topics)
        cls._talk(overdue, days_ago=90)  # no topic, before the period
        closed = cls._case(cls._client(cls.worker_a))
        cls._agree(closed, 50)
        closed._close(cls.env.ref(f"{MODULE}.closure_reason_goals_reached"), cls.today)
        cls._case(cls._client(cls.worker_a))  # no plan
        cls._case(cls._client(cls.colleague_a))  # no plan
        cls._case(cls._client(cls.worker_b))
        cls.env.flush_all()

    @classmethod
    def _agree(cls, case, days_ago):
        area = cls.env["integration.area"].search([], limit=1)
        plan = case.env["integration.plan"].create(
            {
                "case_id": case.id,
                "line_ids": [
                    Command.create(
                        {
                            "area_id": area.id,
                            "name": "Goal",
                            "step_ids": [Command.create({"name": "Step", "owner": "worker"})],
                        }
                    )
                ],
            }
        )
        plan.action_agree(cls.today - timedelta(days=days_ago))
        return plan

    def _quality(self, user):
        self.env.invalidate_all()
        return self._as(user)["integration.quality"].create(self.period)

    def _links(self, quality):
        """Return {cell: number} of every link on the screen."""
        found = re.findall(r'data-cell="([^"]*)">(\d+)</a>', str(quality.body))
        return {
            tuple(json.loads(cell.replace("&#34;", '"'))): int(number) for cell, number in found
        }


@tagged("post_install", "-at_install")
class TestQuality(QualityCommon):
    """What is missing before the submission, and who may open it."""

    def _numbers(self, quality):
        """Return {worker: numbers} as they stand on the screen."""
        rows = quality._view()["rows"]
        return {
            row["name"]: [int(re.sub("<[^>]*>", "", cell)) for cell in row["cells"]] for row in rows
        }

    def test_one_gap_of_every_kind(self):
        numbers = self._numbers(self._quality(self.lead_a))
        self.assertEqual(numbers[self.worker_a.name], [1, 1, 1, 1, 1])
        self.assertEqual(numbers[self.colleague_a.name], [0, 0, 1, 0, 0])
        self.assertNotIn(self.worker_b.name, numbers)

    def test_every_number_opens_as_many_records(self):
        for user in (self.worker_a, self.colleague_a, self.lead_a):
            quality = self._quality(user)
            links = self._links(quality)
            self.assertTrue(links, user.login)
            for cell, number in links.items():
                action = quality.action_open_cell(list(cell))
                found = self._as(user)[action["res_model"]].search(action["domain"])
                self.assertEqual(len(found), number, (user.login, cell))
                found.read(["display_name"])

    def test_lead_opens_cards_and_no_content(self):
        """Consent, plan and review are on the card; talks and steps are not."""
        checks = {cell[0] for cell in self._links(self._quality(self.lead_a))}
        self.assertEqual(checks, {"consent", "plan", "review", "silent"})
        checks = {cell[0] for cell in self._links(self._quality(self.worker_a))}
        self.assertEqual(checks, {"topic", "consent", "plan", "review", "steps"})
        quality = self._quality(self.lead_a)
        for check in ("topic", "steps"):
            action = quality.action_open_cell([check, self.worker_a.id])
            self.assertEqual(action["domain"], [("id", "in", [])])

    def test_worker_sees_her_own_row(self):
        quality = self._quality(self.worker_a)
        self.assertEqual(list(self._numbers(quality)), [self.worker_a.name])
        self.assertNotIn(self.colleague_a.name, str(quality.body))
        action = quality.action_open_cell(["plan", self.colleague_a.id])
        self.assertEqual(action["domain"], [("id", "in", [])])

    def test_workers_without_entries(self):
        """The number lists them, also for roles without files: they are no clients."""
        for user in (self.reporting_a, self.lead_a):
            quality = self._quality(user)
            silent = {row["name"] for row in quality._view()["rows"] if row["silent"]}
            self.assertEqual(silent, {self.colleague_a.name})
            self.assertEqual(self._links(quality)["silent", 0], 1)
            action = quality.action_open_cell(["silent", 0])
            found = self._as(user)["res.users"].search(action["domain"])
            self.assertEqual(found, self.colleague_a.with_env(found.env))
            arch = found.get_view(action["views"][0][0], "list")["arch"]
            self.assertNotIn("login_date", arch, "no tool to rate staff")
            found.web_read({name: {} for name in re.findall(r'field name="(\w+)"', arch)})
        quality = self._quality(self.colleague_a)
        self.assertIn("You have entered nothing", quality.body)
        with self.assertRaises(UserError):
            quality.action_open_cell(["silent", 0])

    def test_roles_without_files(self):
        for user in (self.reporting_a, self.admin_a):
            quality = self._quality(user)
            self.assertIn(self.worker_a.name, str(quality.body))
            self.assertEqual(set(self._links(quality)), {("silent", 0)})
            with self.assertRaises(AccessError):
                quality.action_open_cell(["plan", 0])

    def test_roles_without_figures(self):
        for user in (self.county_user, self.dpo_a, self.employee, self.portal):
            with self.assertRaises(AccessError, msg=user.login):
                self._quality(user)

    def test_another_employer(self):
        """An employer that is forged into the dialog tells nothing."""
        forged = self._as(self.lead_a)["integration.quality"].create(
            dict(self.period, company_id=self.company_b.id)
        )
        for function in (
            lambda: forged.body,
            lambda: forged.deadline,
            lambda: forged.action_open_cell(["plan", 0]),
        ):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                function()

    def test_no_client_is_named(self):
        self.assertNotIn("Invented", str(self._quality(self.lead_a).body))

    def test_put_right(self):
        quality = self._quality(self.worker_a)
        ids = quality.action_open_cell(["topic", 0])["domain"][0][2]
        self._as(self.worker_a)["integration.contact"].browse(ids).topic_ids = self.topics
        self.assertNotIn("topic", {cell[0] for cell in self._links(self._quality(self.worker_a))})

    def test_bad_input(self):
        quality = self._quality(self.worker_a)
        for cell in (None, [], ["topic"], ["x", 0], ["topic", "x"], ["topic", None]):
            with self.assertRaises(UserError, msg=cell):
                quality.action_open_cell(cell)
        with self.assertRaises(UserError):
            quality.date_to = quality.date_from - timedelta(days=1)

    def test_number_of_queries(self):
        """Neither workers nor gaps add queries."""
        numbers = []
        for run in range(2):
            quality = self._quality(self.lead_a)
            self.env.flush_all()
            self.env.invalidate_all()
            # The first time no less than the next ones, before which new users cleared them
            self.registry.clear_all_caches()
            before = self.env.cr.sql_log_count
            self.assertTrue(quality.body)
            numbers.append(self.env.cr.sql_log_count - before)
            for number in range(4):
                worker = self._new_user(
                    f"more_{run}_{number}", f"{MODULE}.group_caseworker", self.company_a
                )
                self._talk(self._case(self._client(worker)))
        self.assertLessEqual(numbers[1], numbers[0])


@tagged("post_install", "-at_install")
class TestQualityReminder(QualityCommon):
    """Anyone who has something to complete is reminded before the date, once."""

    def _remind(self):
        self.env["res.company"]._cron_remind_submission()
        kind = self.env.ref(f"{MODULE}.mail_activity_type_submission")
        self.env.flush_all()
        return (
            self.env["mail.activity"]
            .with_context(active_test=False)
            .search([("activity_type_id", "=", kind.id)])
        )

    def _set(self, days):
        settings = self._as(self.admin_a)["integration.employer.settings"].create(
            {"integration_submission_date": self.today + timedelta(days=days)}
        )
        settings.action_save()

    def test_who_is_reminded(self):
        self._set(10)
        activities = self._remind()
        self.assertEqual(activities.user_id, self.worker_a | self.colleague_a | self.lead_a)
        self.assertEqual(set(activities.mapped("date_deadline")), {self.today + timedelta(days=10)})
        for activity in activities:
            self.assertFalse(activity.res_model)
            for client in self.env["integration.client"].search([]):
                self.assertNotIn(client.name, activity.summary)
                self.assertNotIn(client.file_number, activity.summary)
        mine = self._as(self.worker_a)["mail.activity"].search([("id", "in", activities.ids)])
        self.assertEqual(mine.user_id, self.worker_a)

    def test_only_once(self):
        self._set(10)
        activities = self._remind()
        activities[0].action_done()
        self.assertEqual(self._remind(), activities)
        self._set(11)
        self.assertGreater(len(self._remind()), len(activities), "another date")

    def test_too_early_and_too_late(self):
        for days in (30, -1):
            self._set(days)
            self.assertFalse(self._remind())

    def test_number_of_queries(self):
        """Neither workers nor employers add any."""
        self._set(10)
        numbers = []
        for number in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            # The first time no less than the next ones, before which new users cleared them
            self.registry.clear_all_caches()
            before = self.env.cr.sql_log_count
            self.env["res.company"]._cron_remind_submission()
            self.env.flush_all()
            numbers.append(self.env.cr.sql_log_count - before)
            self.env["mail.activity"].search([]).unlink()
            for extra in range(3):
                self._new_user(
                    f"extra_{number}_{extra}", f"{MODULE}.group_caseworker", self.company_a
                )
            self.company_b.integration_submission_date = self.today + timedelta(days=9)
        self.assertLessEqual(numbers[1], numbers[0])

    def test_screen_tells_the_date(self):
        self._set(10)
        quality = self._as(self.lead_a)["integration.quality"].create({})
        self.assertIn("10 days", quality.deadline)
        self.assertLess(quality.date_to, self.today + timedelta(days=10))
        self.company_a.integration_submission_date = self.today - timedelta(days=1)
        self.assertIn("no later date", self._quality(self.lead_a).deadline)


@tagged("post_install", "-at_install")
class TestQualityRpc(QualityCommon, HttpCase):
    """Over the wire, as the wrong user."""

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_wrong_user(self):
        quality = self._quality(self.lead_a)
        self.env.flush_all()
        for user in (
            self.reporting_a,
            self.worker_a,
            self.lead_b,
            self.county_user,
            self.dpo_a,
            self.employee,
            self.portal,
        ):
            self.authenticate(user.login, user.login)
            for method, args in (
                ("action_open_cell", [[quality.id], ["plan", 0]]),
                ("read", [[quality.id], ["body", "deadline"]]),
            ):
                response = self.url_open(
                    f"/web/dataset/call_kw/integration.quality/{method}",
                    data=json.dumps(
                        {
                            "jsonrpc": "2.0",
                            "method": "call",
                            "params": {
                                "model": "integration.quality",
                                "method": method,
                                "args": args,
                                "kwargs": {},
                            },
                        }
                    ),
                    headers={"Content-Type": "application/json"},
                ).json()
                self.assertIn("error", response, (user.login, method))
