import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import MODULE, IntegrationCommon


class ReportAccessCommon(IntegrationCommon):
    """One talk of each worker, so that every scope has a number of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for worker, talks in ((cls.worker_a, 1), (cls.colleague_a, 2), (cls.worker_b, 4)):
            case = cls._case(cls._client(worker, f"Secret {worker.login}"))
            for number in range(talks):
                cls._talk(case, days_ago=number + 1)

    @classmethod
    def _values(cls, **values):
        return {"date_from": cls._month_ago(), "date_to": cls.today, **values}

    @classmethod
    def _month_ago(cls):
        return cls.today.replace(day=1, year=cls.today.year - 1)

    def _report(self, user, **values):
        return self._as(user)["integration.report"].create(self._values(**values))

    def _talks(self, report):
        matrix = report._matrix()
        return matrix.value(matrix.by_rule("talk"))


@tagged("post_install", "-at_install")
class TestReportScope(ReportAccessCommon):
    """Who may count what."""

    def assertRefused(self, user, **values):
        self.env.invalidate_all()
        with self.assertRaises(AccessError, msg=f"{user.login} {values}"):
            self._report(user, **values)

    def test_widest_scope(self):
        for user, talks in (
            (self.worker_a, 1),
            (self.colleague_a, 2),
            (self.worker_b, 4),
            (self.lead_a, 3),
            (self.reporting_a, 3),
            (self.admin_a, 3),
            (self.county_user, 7),
        ):
            self.assertEqual(self._talks(self._report(user)), talks, user.login)

    def test_narrower_scopes(self):
        employer = {"scope": "employer", "employer_id": self.company_a.id}
        worker = {"scope": "worker", "user_id": self.worker_a.id}
        town = {"scope": "municipality", "municipality_id": self.town_b.id}
        county = {"scope": "county", "county_id": self.county.id}
        for user, values, talks in (
            (self.lead_a, employer, 3),
            (self.lead_a, worker, 1),
            (self.lead_a, town, 0),
            (self.lead_a, county, 3),
            (self.county_user, employer, 3),
            (self.county_user, worker, 1),
            (self.county_user, town, 4),
            (self.county_user, county, 7),
            (self.worker_a, worker, 1),
            (self.worker_b, town, 4),
            (self.worker_a, town, 0),
        ):
            self.assertEqual(self._talks(self._report(user, **values)), talks, (user.login, values))

    def test_forged_scopes(self):
        for user, values in (
            (self.worker_a, {"scope": "worker", "user_id": self.colleague_a.id}),
            (self.worker_a, {"scope": "employer", "employer_id": self.company_a.id}),
            (self.worker_a, {"scope": "county", "county_id": self.county.id}),
            (self.lead_a, {"scope": "employer", "employer_id": self.company_b.id}),
            (self.county_user, {"scope": "employer", "employer_id": self.company_county.id}),
            (self.lead_a, {"company_id": self.company_b.id}),
        ):
            self.assertRefused(user, **values)

    def test_worker_of_another_employer(self):
        """The name of a worker opens nothing: the employer stays one's own."""
        report = self._report(self.lead_a, scope="worker", user_id=self.worker_b.id)
        self.assertEqual(self._talks(report), 0)

    def test_no_role_no_figures(self):
        for user in (self.employee, self.portal, self.dpo_a):
            self.assertRefused(user)
            for model in ("integration.report", "integration.report.line"):
                with self.assertRaises(AccessError):
                    self._as(user)[model].search([])
            with self.assertRaises(AccessError):
                self._as(user)["integration.report.wizard"].create({})

    def test_two_companies(self):
        """Everything means the companies ticked; the others stay permitted."""
        self.lead_a.company_ids = [Command.link(self.company_b.id)]
        self.assertEqual(self._talks(self._report(self.lead_a)), 3)
        both = self._as(self.lead_a)["integration.report"].with_context(
            allowed_company_ids=(self.company_a + self.company_b).ids
        )
        report = both.create(self._values())
        self.assertEqual(self._talks(report), 7)
        # A colleague with one of the two employers must not see the sum of both
        self.env.invalidate_all()
        found = self._as(self.reporting_a)["integration.report"].search([("id", "=", report.id)])
        self.assertFalse(found)

    def test_wizard_offers_what_is_permitted(self):
        for user, scopes, default in (
            (self.worker_a, {"worker", "municipality"}, "worker"),
            (self.lead_a, {"all", "employer", "municipality", "worker"}, "all"),
            (self.county_user, {"county", "all", "employer", "municipality", "worker"}, "county"),
        ):
            wizard = self._as(user)["integration.report.wizard"].create({})
            self.assertEqual(wizard.scope, default)
            self.assertEqual({key for key, _name in wizard._selection_scope()}, scopes)
            report = self._as(user)["integration.report"].browse(wizard.action_show()["res_id"])
            self.assertEqual(report.date_from, wizard.date_from)
        wizard = self._as(self.county_user)["integration.report.wizard"].create({})
        self.assertEqual(
            {name for _key, name in wizard._selection_employer()},
            {self.company_a.name, self.company_b.name},
        )
        self.assertIn(self.worker_b, wizard.available_user_ids.with_env(self.env))
        self.assertNotIn(self.employee, wizard.available_user_ids.with_env(self.env))

    def test_wizard_belongs_to_its_creator(self):
        wizard = self._as(self.lead_a)["integration.report.wizard"].create({})
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            wizard.with_env(self._as(self.reporting_a)).read(["user_id"])


@tagged("post_install", "-at_install")
class TestReportRecord(ReportAccessCommon):
    """Who may read, change and freeze a report once it exists."""

    def _visible(self, user, report):
        self.env.invalidate_all()
        env = self._as(user)
        found = env["integration.report"].search([("id", "=", report.id)])
        lines = env["integration.report.line"].search_count([("report_id", "=", report.id)])
        self.assertEqual(bool(found), bool(lines), "report and lines are one")
        return bool(found)

    def test_readers(self):
        users = (
            self.worker_a, self.colleague_a, self.lead_a, self.admin_a, self.reporting_a,
            self.worker_b, self.lead_b, self.county_user,
        )  # fmt: skip
        office = {self.lead_a, self.admin_a, self.reporting_a}
        for creator, readers in (
            (self.worker_a, {self.worker_a} | office),
            (self.lead_a, office),
            (self.lead_b, {self.lead_b}),
            (self.county_user, {self.county_user}),
        ):
            report = self._report(creator)
            for user in users:
                self.assertEqual(
                    self._visible(user, report), user in readers, (creator.login, user.login)
                )

    def test_office_of_the_county(self):
        """A lead of the county office does not read what the coordinator counted."""
        lead = self._new_user("lead_county", f"{MODULE}.group_lead", self.company_county)
        self.assertFalse(self._visible(lead, self._report(self.county_user)))

    def test_role_lost(self):
        """Who is no lead any more reads and prints the figures of the employer no more."""
        report = self._report(self.lead_a)
        self.lead_a.group_ids = [
            Command.unlink(self.env.ref(f"{MODULE}.group_lead").id),
            Command.link(self.env.ref(f"{MODULE}.group_caseworker").id),
        ]
        self.assertFalse(self._visible(self.lead_a, report))
        for function in (report._view, report.action_print, report.action_compute):
            self.env.invalidate_all()
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                function()

    def test_nothing_by_hand(self):
        report = self._report(self.worker_a)
        for values in (
            {"date_to": self.today},
            {"user_id": self.colleague_a.id},
            {"state": "submitted"},
            {"scope_data": {"company_ids": self.company_a.ids}},
            {"line_ids": [Command.clear()]},
        ):
            with self.assertRaises(AccessError, msg=values):
                report.write(values)
        for values in ({"state": "submitted"}, {"checksum": "x"}, {"scope_data": {}}):
            with self.assertRaises(AccessError, msg=values):
                self._report(self.worker_a, **values)
        forged = self._as(self.worker_a)["integration.report"].with_context(
            default_state="submitted", default_submitted_by_id=self.lead_a.id
        )
        report = forged.create(self._values())
        self.assertEqual(report.state, "draft")
        self.assertFalse(report.submitted_by_id)
        with self.assertRaises(AccessError):
            report.line_ids.write({"figures": {}})
        with self.assertRaises(AccessError):
            report.line_ids.unlink()

    def test_targets_outside_the_scope_are_dropped(self):
        report = self._report(self.lead_a, user_id=self.worker_b.id, county_id=self.county.id)
        self.assertFalse(report.user_id)
        self.assertFalse(report.county_id)

    def test_only_the_creator_changes(self):
        report = self._report(self.lead_a)
        other = report.with_env(self._as(self.reporting_a))
        for function in (other.action_compute, other.action_submit, other.unlink):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                function()
        self.assertFalse(other.can_change)
        self.assertTrue(report.can_change)
        report.breakdown = "month"
        self.assertEqual(other.breakdown, "month")

    def test_submitted_is_frozen(self):
        report = self._report(self.lead_a)
        report.action_submit()
        before = (report._checksum(), report.columns_data, report.line_ids.read(["figures"]))
        self.assertEqual(report.checksum, before[0])
        self.assertEqual(report.submitted_by_id, self.lead_a)
        # Work goes on, a place is renamed, a worker leaves
        self._talk(self.worker_a_case(), days_ago=2)
        self.town_a.name = "Renamed"
        self.worker_a.name = "Somebody"
        self.env.flush_all()
        self.env.invalidate_all()
        after = (report._checksum(), report.columns_data, report.line_ids.read(["figures"]))
        self.assertEqual(before, after)
        self.assertEqual(self._talks(report), 3)
        for function in (
            report.action_compute,
            report.unlink,
            report.sudo().line_ids.unlink,
            lambda: report.write({"breakdown": "total"}),
            lambda: report.sudo().write({"state": "draft"}),
            lambda: report.sudo().line_ids.write({"figures": {}}),
        ):
            with self.assertRaises(UserError):
                function()

    def worker_a_case(self):
        domain = [("user_id", "=", self.worker_a.id)]
        return self._as(self.worker_a)["integration.case"].search(domain, limit=1)

    def test_compute_again(self):
        report = self._report(self.lead_a)
        self._talk(self.worker_a_case(), days_ago=2)
        self.assertEqual(self._talks(report), 3)
        report.action_compute()
        self.assertEqual(self._talks(report), 4)
        self.assertEqual(len(report.line_ids.filtered(lambda line: line.rule == "talk")), 1)

    def test_bad_input(self):
        lead = self.lead_a
        with self.assertRaises(ValidationError):
            self._report(lead, date_from=self.today, date_to=self._month_ago())
        with self.assertRaises(ValidationError):
            self._report(lead, date_from="1990-01-01")
        with self.assertRaises(UserError):
            self._report(lead, scope="worker")
        day = self._report(lead, date_from=self.today, date_to=self.today)
        self.assertEqual(self._talks(day), 0)
        years = self._report(lead, date_from=self.today.replace(year=self.today.year - 10, day=1))
        self.assertEqual(self._talks(years), 3)
        self.assertGreaterEqual(len(years._matrix().columns["month"]), 120)

    def test_no_client_in_a_report(self):
        """Nothing in report or lines names or points to a client."""
        report = self._report(self.lead_a).sudo()
        text = json.dumps([report.columns_data, report.line_ids.read(), report.body], default=str)
        self.assertNotIn("Secret", text)


@tagged("post_install", "-at_install")
class TestReportHttp(ReportAccessCommon, HttpCase):
    """The same over the wire."""

    def _call(self, model, method, args, kwargs=None):
        response = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {
                    "jsonrpc": "2.0",
                    "method": "call",
                    "params": {
                        "model": model, "method": method, "args": args, "kwargs": kwargs or {},
                    },
                }
            ),
            headers={"Content-Type": "application/json"},
        )  # fmt: skip
        return response.json()

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_foreign_report(self):
        report = self._report(self.lead_a)
        self.env.flush_all()
        for user, status in (
            (self.worker_a, 404),
            (self.lead_b, 404),
            (self.county_user, 404),
            (self.employee, 403),
            (self.portal, 403),
            (self.dpo_a, 403),
        ):
            self.authenticate(user.login, user.login)
            response = self.url_open(f"/integration/report/{report.id}/xlsx")
            self.assertEqual(response.status_code, status, user.login)
            html = self.url_open(f"/report/html/{MODULE}.report_figures/{report.id}")
            self.assertEqual(html.status_code, 403, user.login)
            self.assertNotIn("Aheim", html.text)
            for method, args in (
                ("read", [[report.id], ["body", "scope_label"]]),
                ("action_print", [[report.id]]),
                ("action_export_xlsx", [[report.id]]),
                ("action_compute", [[report.id]]),
            ):
                answer = self._call("integration.report", method, args)
                self.assertIn("error", answer, (user.login, method))
                self.assertNotIn(self.company_a.name, answer["error"]["data"]["message"])

    @mute_logger("odoo.http")
    def test_forged_request(self):
        self.authenticate(self.worker_a.login, self.worker_a.login)
        values = {
            "date_from": str(self._month_ago()),
            "date_to": str(self.today),
            "scope": "worker",
            "user_id": self.colleague_a.id,
        }
        answer = self._call("integration.report", "create", [values])
        self.assertEqual(answer["error"]["data"]["name"], "odoo.exceptions.AccessError")
        values["user_id"] = self.worker_a.id
        self.assertIn("result", self._call("integration.report", "create", [values]))
        # The switcher cannot be forged either
        answer = self._call(
            "integration.report", "create",
            [{**values, "company_id": self.company_b.id}],
            {"context": {"allowed_company_ids": self.company_b.ids}},
        )  # fmt: skip
        self.assertIn("error", answer)

    @mute_logger("odoo.http")
    def test_private_methods(self):
        """What counts past the rules cannot be called from outside."""
        report = self._report(self.worker_a)
        self.env.flush_all()
        self.authenticate(self.worker_a.login, self.worker_a.login)
        for method in ("_count", "_matrix", "_view", "_check_permitted"):
            answer = self._call("integration.report", method, [[report.id]])
            self.assertIn("error", answer, method)
