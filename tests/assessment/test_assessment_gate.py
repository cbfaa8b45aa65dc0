from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .assessment_common import AssessmentCase


@tagged("post_install", "-at_install")
class TestAssessmentGate(AssessmentCase, HttpCase):
    """No assessment without consent, none of health without that to health data."""

    def test_consent(self):
        case = self._case(self._client(self.worker_a, "No Consent", consent=False))
        self.assertRefused(
            f"{case.file_number}.*no valid consent", self._assess, {self.housing: (1, 1)}, case=case
        )

    def test_withdrawal(self):
        assessment = self._assess({self.housing: (1, 1)})
        self._consent(self.client, "withdrawn")
        line = assessment.line_ids
        for function, args in (
            (assessment.write, ({"resources": "More"},)),
            (line.write, ({"need": 2},)),
            (line.create, ({"assessment_id": assessment.id, "area_id": self.work.id},)),
            (line.unlink, ()),
            (assessment.unlink, ()),
            (line.action_make_goal, ()),
        ):
            with self.subTest(function):
                self.assertRefused("no valid consent", function, *args)

    def test_health(self):
        self.assertTrue(self.health)
        assessment = self._assess({self.housing: (1, 1)})
        vals = {"assessment_id": assessment.id, "area_id": self.health.id, "need": 5}
        self.assertRefused("no consent to health data", assessment.line_ids.create, vals)
        missing = {row["id"] for row in self.Assessment.get_areas(self.case.id) if row["missing"]}
        self.assertIn(self.health.id, missing)
        self._consent(self.client, purpose="health")
        line = assessment.line_ids.create(vals)
        areas = self.Assessment.get_areas(self.case.id)
        self.assertFalse([row for row in areas if row["missing"]])
        self._consent(self.client, "withdrawn", purpose="health")
        self.assertRefused("no consent to health data", line.write, {"need": 1})

    def test_over_rpc(self):
        """The same over RPC, where the screen is no help."""
        assessment = self._assess({self.housing: (1, 1)})
        case = self._case(self._client(self.worker_a, "No Consent", consent=False))
        self.env.flush_all()
        self.authenticate(self.worker_a.login, self.worker_a.login)
        health = {"assessment_id": assessment.id, "area_id": self.health.id, "need": 5}
        for model, vals in (
            ("integration.assessment", {"case_id": case.id}),
            ("integration.assessment.line", health),
            (
                "integration.assessment",
                {
                    "case_id": self.case.id,
                    "date": str(self._day(7)),
                    "line_ids": [[0, 0, {"area_id": self.health.id}]],
                },
            ),
        ):
            with (
                self.subTest(model=model, vals=vals),
                self.assertRaisesRegex(JsonRpcException, "UserError"),
                mute_logger("odoo.http"),
            ):
                self.make_jsonrpc_request(
                    "/web/dataset/call_kw",
                    {"model": model, "method": "create", "args": [vals], "kwargs": {}},
                )
        self.authenticate(self.colleague_a.login, self.colleague_a.login)
        for method, args in (("get_areas", [self.case.id]),):
            with (
                self.assertRaises(JsonRpcException),
                mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"),
            ):
                self.make_jsonrpc_request(
                    "/web/dataset/call_kw",
                    {
                        "model": "integration.assessment",
                        "method": method,
                        "args": args,
                        "kwargs": {},
                    },
                )
