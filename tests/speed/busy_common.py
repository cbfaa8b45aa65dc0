import json
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo.fields import Command
from odoo.service.model import call_kw

from ..common import IntegrationCommon

# What the web client was seen to ask for (bin/bench --capture)
CALLS = json.loads(Path(__file__).with_name("calls.json").read_text())


class BusyCommon(IntegrationCommon):
    """The web client's own calls, for a case in which everything stands."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._busy_case("First Person")

    @classmethod
    def _busy_case(cls, name):
        case = cls._case(cls._client(cls.worker_a, name))
        cls._talk(case)
        area = cls.env["integration.area"].search([("consent_purpose", "=", False)], limit=1)
        step = Command.create({"name": "Step", "owner": "worker", "date_due": cls.today})
        case.env["integration.plan"].create(
            {
                "case_id": case.id,
                "line_ids": [
                    Command.create({"area_id": area.id, "name": "Goal", "step_ids": [step]})
                ],
            }
        )
        case.activity_schedule("mail.mail_activity_data_todo", summary="Call", user_id=case.env.uid)
        return case

    def _real(self, value, marks):
        if isinstance(value, dict):
            return {name: self._real(item, marks) for name, item in value.items()}
        if isinstance(value, list):
            return [self._real(item, marks) for item in value]
        return marks.get(value, value) if isinstance(value, str) else value

    def _walk(self, way, user, **more):
        """Send the calls of a way, each on a fresh cache; yield what each of them has asked."""
        marks = {
            "$case": self.case.id,
            "$client": self.case.client_id.id,
            "$town": self.town_a.id,
            "$channel": self.home_visit.id,
            "$user": user.id,
            "$company": user.company_id.id,
            "$stage": self.env["integration.case.stage"].search([])[1].id,
            "$today": str(self.today),
            **more,
        }
        for path, params in CALLS[way]:
            if "/call_" not in path:
                continue
            asked = self._real(params, marks)
            self.env.flush_all()
            self.env.invalidate_all()
            self.env.cr.cache.clear()
            model = self.env(user=user.id)[asked["model"]]
            before = self.cr.sql_log_count
            call_kw(model, asked["method"], asked["args"], asked["kwargs"])
            self.env.flush_all()
            yield self.cr.sql_log_count - before

    @contextmanager
    def _sent(self, way, calls):
        """Let the calls of a way be others for a moment."""
        with patch.dict(CALLS, {way: calls}):
            yield

    def _queries(self, way, user, **more):
        """Return how many queries the calls of a way take."""
        return sum(self._walk(way, user, **more))
