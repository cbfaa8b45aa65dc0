import io
import re
import subprocess

from openpyxl import load_workbook

from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.integration_management.figures.output.xlsx import FIRST_ROW

from ..common import MODULE
from .ui_common import MAX_FAMILY_CLICKS, MAX_QUICK_CLICKS, UiCommon

FIGURES = {"talk": 1, "person": 2, "family": 1, "plan_new": 1, "plan_active": 1}


@tagged("post_install", "-at_install")
class TestWay(UiCommon):
    """One family's whole way in the browser, from the door to the official figures."""

    def test_way_of_a_family(self):
        worker, lead, stranger = self.worker_a, self.lead_a, self.worker_b
        clicks, first, quick, second = self._tour(
            "/odoo/integration-cases", "integration_way", worker, timeout=180
        )
        self.assertEqual(clicks[0], "clicks family")
        self.assertLessEqual(int(clicks[1]), MAX_FAMILY_CLICKS)
        self.assertEqual(quick[0], "clicks quick")
        self.assertLessEqual(int(quick[1]), MAX_QUICK_CLICKS)

        case = self._check_family()
        self.assertEqual((case.state, case.plan_ids.state), ("closed", "ended"))
        self.assertEqual(case.plan_ids.line_count, 2)
        self.assertEqual(case.contact_ids.mapped("person_count"), [2, 2])
        again = self._as(worker)["integration.case"].search([("previous_case_id", "=", case.id)])
        self.assertEqual((again.state, again.episode), ("open", 2))

        reports = self._as(worker)["integration.report"].search(
            [("create_uid", "=", worker.id)], order="id"
        )
        self._check_report(reports[0], first, FIGURES)
        # The child was present in the second talk, the father was not.
        self._check_report(reports[1], second, dict(FIGURES, talk=2, person=3))
        self._check_paper(reports[0])
        with self.subTest("the lead counts the whole employer"):
            (shown,) = self._tour("/odoo/integration-figures", "integration_figures", lead)
            expected = dict(FIGURES, talk=2, person=3, plan_active=0, case_closed=1)
            self._check_report(self._last_report(lead), shown, expected)
        with self.subTest("the other employer finds nothing"):
            (shown,) = self._tour("/odoo/integration-cases", "integration_stranger", stranger)
            self._check_report(self._last_report(stranger), shown, dict.fromkeys(FIGURES, 0))
            self._check_rpc(stranger, case)

    def _last_report(self, user):
        return self._as(user)["integration.report"].search([("create_uid", "=", user.id)], limit=1)

    def _check_report(self, report, shown, expected):
        """Check the figures shown on the screen, and that the workbook has the same."""
        rows = report._matrix().main_rows()
        numbers = [int(number) for number in shown[1].split(",")]
        figures = {row.rule: number for row, number in zip(rows, numbers, strict=True)}
        self.assertEqual({rule: figures[rule] for rule in expected}, expected)

        user = report.create_uid
        self.authenticate(user.login, user.login)
        download = self.url_open(f"/integration/report/{report.id}/xlsx")
        sheet = load_workbook(io.BytesIO(download.content)).worksheets[0]
        cells = [sheet.cell(FIRST_ROW + 2 + line, 2).value for line in range(len(rows))]
        self.assertEqual(cells, numbers)

    def _check_paper(self, report):
        """Check that the real PDF bears the figures of the screen."""
        with self.allow_pdf_render():
            content, kind = (
                self.env["ir.actions.report"]
                .with_user(report.create_uid)
                .with_context(
                    force_report_rendering=True,
                    lang=self.lang,
                    allowed_company_ids=report.company_id.ids,
                )
                ._render_qweb_pdf(f"{MODULE}.report_figures", report.ids)
            )
        self.assertEqual(kind, "pdf")
        command = ["pdftotext", "-layout", "-", "-"]
        result = subprocess.run(command, input=content, capture_output=True, check=True)
        text = " ".join(result.stdout.decode().split())
        for group in report.with_context(lang=self.lang)._view()["overview"]:
            for row in group["rows"]:
                self.assertRegex(text, rf"{re.escape(row['label'])} {row['value']}\b")

    def _check_rpc(self, user, case):
        """Check that no question to the server brings a trace of the family."""
        self.authenticate(user.login, user.login)
        name = "Beispielenko"
        context = {"integration_show_name": True}
        for model, field in (
            ("res.partner", "name"),
            ("integration.client", "name"),
            ("integration.case", "client_id.name"),
            ("integration.contact", "case_id.client_id"),
            ("integration.contact.person", "client_id"),
            ("integration.household", "member_ids.client_id"),
            ("integration.plan", "case_id.client_id"),
            ("integration.consent", "client_id"),
        ):
            domain = [(field, "ilike", name)]
            for method, args, kwargs in (
                ("search_read", [domain], {"fields": ["display_name"]}),
                ("search_count", [domain], {}),
                ("name_search", [name], {}),
                ("formatted_read_group", [domain, ["create_date:month"], ["__count"]], {}),
            ):
                result = self._rpc(model, method, args, kwargs, context)
                self.assertFalse(result, f"{model}.{method}")
        client = case.client_id
        for record in (client, client.partner_id, case, case.contact_ids[0], case.plan_ids[0]):
            with self.assertRaises(JsonRpcException, msg=record._name) as refused:
                self._rpc(record._name, "read", [record.ids, ["display_name"]], {}, context)
            self.assertNotIn(name, str(refused.exception))

    @mute_logger("odoo.http")
    def _rpc(self, model, method, args, kwargs, context):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {
                "model": model,
                "method": method,
                "args": args,
                "kwargs": dict(kwargs, context=context),
            },
        )


@tagged("post_install", "-at_install")
class TestFamilyPhone(UiCommon):
    """The same family at the door, with one thumb."""

    browser_size = "390x844"
    touch_enabled = True
    lang = "en_US"

    def test_family(self):
        (clicks,) = self._tour(
            "/odoo/integration-cases", "integration_family_phone", self.worker_a, timeout=120
        )
        self.assertLessEqual(int(clicks[1]), MAX_FAMILY_CLICKS)
        self._check_family()
