import json
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import MODULE, IntegrationCommon
from .figures_common import DAYS, FiguresCommon


class DrillCommon(FiguresCommon):
    clients_per_worker = 3

    @classmethod
    def _figures_of(cls, user, **values):
        return cls._as(user)["integration.report"].create(
            {"date_from": cls._day(DAYS), "date_to": cls.today, "breakdown": "worker", **values}
        )


@tagged("post_install", "-at_install")
class TestReportDrill(DrillCommon):
    """From a number to the records behind it: hers, and not one more."""

    def _cells(self, report):
        """Yield (row, breakdown, column, number) of every number that is not zero."""
        matrix = report._matrix()
        for row in matrix.rows:
            for breakdown, columns in matrix.columns.items():
                for column in columns if not row.is_heading else ():
                    number = matrix.value(row, breakdown, column.key)
                    if number:
                        yield row, breakdown, column, number

    def _open(self, report, row, breakdown="total", key=""):
        self.env.invalidate_all()
        action = report.action_open_cell([row.code, row.item, breakdown, key])
        ((field, operator, ids),) = action["domain"]
        self.assertEqual((field, operator), ("id", "in"))
        return action, ids

    def _access(self, user):
        """Give ``user`` a team entry to every file of employer A."""
        cases = self.cases.filtered(lambda case: case.company_id == self.company_a)
        self.env["integration.case.access"]._grant_case(cases, user, "team")

    def test_whoever_reads_all_files_gets_every_record(self):
        """Each number opens as many records as it says."""
        self._access(self.lead_a)
        report = self._figures_of(self.lead_a)
        seen = set()
        for row, breakdown, column, number in self._cells(report):
            if breakdown in ("total", "worker") and not row.item % 3:
                action, ids = self._open(report, row, breakdown, column.key)
                if row.rule in ("talk", "talk_channel", "person", "case_opened", "plan_new"):
                    # The lead reads no unnamed talk of a worker
                    found = (
                        self._as(self.lead_a)[action["res_model"]]
                        .with_context(active_test=False)
                        .search_count(action["domain"])
                    )
                    self.assertEqual(found, len(ids))
                if row.rule in ("person", "family", "case_opened", "plan_new", "plan_active"):
                    self.assertRegex(action["name"], rf": {number}$", (row.code, column))
                seen.add(row.rule)
        self.assertLessEqual(
            {"talk", "person", "family", "plan_new", "plan_active", "case_opened"}, seen
        )

    def test_domain_holds_nothing_but_what_is_readable(self):
        for user in (self.worker_a, self.lead_a):
            report = self._figures_of(user)
            for row, breakdown, column, number in self._cells(report):
                if breakdown not in ("total", "worker") or row.item % 3:
                    continue
                action, ids = self._open(report, row, breakdown, column.key)
                records = self._as(user)[action["res_model"]].browse(ids)
                self.assertEqual(records._filtered_access("read"), records)
                if row.rule != "family":
                    self.assertLessEqual(len(ids), number)

    def test_the_rest_was_handed_over(self):
        report = self._figures_of(self.worker_a)
        talks = report._matrix().by_rule("talk")
        total = report._matrix().value(talks)
        _action, ids = self._open(report, talks)
        cases = self._as(self.worker_a)["integration.contact"].browse(ids).case_id
        opened = cases.filtered(lambda case: case.state != "closed").with_env(self._as(self.lead_a))
        # First back to her: the random work has moved some, on paper alone.
        opened.user_id = self.worker_a
        opened.user_id = self.colleague_a
        action, fewer = self._open(report, talks)
        self.assertLess(len(fewer), len(ids))
        self.assertIn(
            f"{len(fewer)} of {total}, the rest lies in files handed over", action["params"]["note"]
        )

    def test_lead_without_access_entry(self):
        """She opens case cards, and no talk, plan or person."""
        report = self._figures_of(self.lead_a)
        matrix = report._matrix()
        for rule, opens in (
            ("case_opened", True),
            ("talk", False),
            ("person", False),
            ("family", False),
            ("plan_new", False),
        ):
            _action, ids = self._open(report, matrix.by_rule(rule))
            self.assertEqual(bool(ids), opens, rule)

    def test_submitted_figures_open_what_was_counted(self):
        report = self._figures_of(self.worker_a)
        talks = report._matrix().by_rule("talk")
        report.action_submit()
        _action, before = self._open(report, talks)
        case = self._as(self.worker_a)["integration.case"].search(
            [("state", "=", "open"), ("date_opened", "!=", False)], limit=1
        )
        self._talk(case)
        _action, after = self._open(report, talks)
        self.assertEqual(set(before), set(after))

    def test_links_on_screen_only_and_by_role(self):
        for user, linked in (
            (self.worker_a, True),
            (self.lead_a, True),
            (self.reporting_a, False),
            (self.admin_a, False),
            (self.county_user, False),
        ):
            report = self._figures_of(user)
            self.assertEqual("data-cell" in str(report.body), linked, user.login)
            self.assertNotIn("data-cell", str(report._view()), "paper links nothing")

    def test_roles_without_files(self):
        for user in (self.reporting_a, self.admin_a, self.county_user):
            report = self._figures_of(user)
            with self.assertRaises(AccessError, msg=user.login):
                report.action_open_cell(["talk", 0, "total", ""])

    def test_no_such_number(self):
        report = self._figures_of(self.worker_a)
        for cell in (
            None,
            [],
            ["talk"],
            ["talk", 0, "total", "7"],
            ["talk", 0, "nothing", ""],
            ["x", 0, "total", ""],
            ["talk_channel", 0, "total", ""],
            ["talk", [], "", ""],
            ["talk", 0, "worker", str(self.colleague_a.id)],
            [{}, 0, [], {}],
        ):
            with self.assertRaises(UserError, msg=cell):
                report.action_open_cell(cell)


@tagged("post_install", "-at_install")
class TestReportDrillRpc(DrillCommon, HttpCase):
    """The same over the wire, as the wrong user."""

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_wrong_user(self):
        mine = self._figures_of(self.worker_a)
        theirs = {
            user: self._figures_of(user)
            for user in (self.reporting_a, self.admin_a, self.county_user)
        }
        self.env.flush_all()
        for user in (
            self.reporting_a,
            self.admin_a,
            self.county_user,
            self.lead_b,
            self.worker_b,
            self.colleague_a,
            self.dpo_a,
            self.employee,
            self.portal,
        ):
            self.authenticate(user.login, user.login)
            for report in filter(None, (mine, theirs.get(user))):
                response = self.url_open(
                    "/web/dataset/call_kw/integration.report/action_open_cell",
                    data=json.dumps(
                        {
                            "jsonrpc": "2.0",
                            "method": "call",
                            "params": {
                                "model": "integration.report",
                                "method": "action_open_cell",
                                "args": [[report.id], ["talk", 0, "total", ""]],
                                "kwargs": {},
                            },
                        }
                    ),
                    headers={"Content-Type": "application/json"},
                ).json()
                self.assertIn("error", response, user.login)
                self.assertNotIn("domain", response["error"]["data"]["message"])

    def test_click(self):
        """A number on the screen opens its list in the browser."""
        report = self._figures_of(self.worker_a)
        talks = report._matrix().by_rule("talk")
        number = len(report.action_open_cell([talks.code, 0, "total", ""])["domain"][0][2])
        self.env["res.lang"]._activate_lang("en_US")
        self.worker_a.lang = "en_US"
        self.env.flush_all()
        action = self.env.ref(f"{MODULE}.integration_report_action")
        self.browser_js(
            f"/odoo/action-{action.id}/{report.id}",
            f"""
            const until = async (test) => {{
                for (let i = 0; i < 200; i++) {{
                    const found = test();
                    if (found) return found;
                    await new Promise((r) => setTimeout(r, 100));
                }}
                throw new Error("waited in vain: " + test);
            }};
            (async () => {{
                const link = await until(() => document.querySelector(".o_figures_tile a"));
                link.click();
                await until(() => document.querySelector(".o_list_view .o_data_row"));
                const pager = await until(() => document.querySelector(".o_pager_limit"));
                const total = Number(pager.textContent.replace("+", ""));
                if (total !== {number}) throw new Error("lists " + total);
                console.log("test successful");
            }})();
            """,
            "odoo.isReady === true",
            login=self.worker_a.login,
        )


@tagged("post_install", "-at_install")
class TestReportDrillTold(IntegrationCommon):
    """What is opened is counted today, so it is told only if it would be printed today."""

    def test_draft_opened_again_tells_nothing_that_is_hidden(self):
        topic = self.env["integration.topic"].search([], limit=1)
        day = date(self.today.year - 1, 7, 1)
        days_ago, cases = (self.today - day).days, []
        for number in range(5):
            client = self._client(self.worker_a, f"Person {number}", consent=False)
            self._consent(client, date=day)
            cases.append(self._case(client, days_ago=days_ago))
            self._talk(cases[-1], days_ago=days_ago, topic_ids=topic.ids)
        values = {"date_from": day, "date_to": day.replace(month=9, day=30), "scope": "all"}
        report = self._as(self.lead_a)["integration.report"].create(values)
        matrix = report._matrix()
        rows = {row.rule: row for row in matrix.rows if matrix.value(row) == 5}
        for rule in ("talk", "talk_area", "talk_topic"):
            cell = [rows[rule].code, rows[rule].item, "total", ""]
            self.assertIn("5", report.action_open_cell(cell)["name"], rule)
        submitted = self._as(self.lead_a)["integration.report"].create(values)
        submitted.action_submit()
        self.company_a.integration_small_number = 50
        self._talk(cases[0], days_ago=days_ago, topic_ids=topic.ids)
        self.env.flush_all()
        self.assertIn("6", report.action_open_cell([rows["talk"].code, 0, "total", ""])["name"])
        for rule in ("talk_area", "talk_topic"):
            cell = [rows[rule].code, rows[rule].item, "total", ""]
            self.assertIn("5", report.action_open_cell(cell)["name"], "as it was printed")
        # Of what was printed by a version that kept nothing
        self.env.cr.execute("DELETE FROM integration_figures_decision")
        for rule in ("talk_area", "talk_topic"):
            cell = [rows[rule].code, rows[rule].item, "total", ""]
            with self.assertRaisesRegex(UserError, "not told here any more"):
                report.action_open_cell(cell)
            self.assertIn("5", submitted.action_open_cell(cell)["name"], "as it was submitted")
