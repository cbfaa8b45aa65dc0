from contextlib import contextmanager
from datetime import timedelta

from odoo.exceptions import UserError

from ..common import MODULE
from ..consent.gate_common import GateCommon


class ReferralCommon(GateCommon):
    """A client with a case, a directory of two entries, and talks as a browser sends them."""

    guarded = (
        "integration.contact",
        "integration.contact.person",
        "integration.referral",
        "integration.disclosure",
        "integration.plan.step",
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        directory = cls.env["integration.service"]
        cls.advice_centre, cls.midwife = directory.create(
            [
                {"name": "Migration Counselling Example", "bring": "Letters"},
                {
                    "name": "Midwife Example",
                    "kind": "person",
                    "area_ids": cls.env.ref(f"{MODULE}.area_health").ids,
                },
            ]
        )
        cls._consent(cls.client_a, purpose="health")
        cls.Referral = cls.case.env["integration.referral"]
        cls.office_hours = cls.env.ref(f"{MODULE}.channel_office_hours")
        cls.env.flush_all()

    def _topic(self, code):
        return self.env.ref(f"{MODULE}.topic_{code}")

    def _rail(self, code):
        return self.env.ref(f"{MODULE}.guard_rail_{code}")

    def _contact_vals(self, *codes, **values):
        """Return a talk about the topics ``codes`` as a form sends it."""
        return {
            "case_id": self.case.id,
            "channel_id": self.office_hours.id,
            "client_ids": [[6, 0, self.client_a.ids]],
            "topic_ids": [[6, 0, [self._topic(code).id for code in codes]]],
            **values,
        }

    def _contact(self, *codes, **values):
        return self.case.env["integration.contact"].create(self._contact_vals(*codes, **values))

    def _refer(self, **values):
        return self.Referral.create(
            {"case_id": self.case.id, "service_id": self.advice_centre.id, **values}
        )

    def _draft(self):
        """Return the draft of a plan, with one goal at first."""
        draft = self.case.plan_ids.filtered(lambda plan: plan.state == "draft")
        return draft or self.case.env["integration.plan"].create(
            {
                "case_id": self.case.id,
                "line_ids": [
                    [0, 0, {"area_id": self.env.ref(f"{MODULE}.area_general").id, "name": "A goal"}]
                ],
            }
        )

    def _day(self, days_ago):
        return self.today - timedelta(days=days_ago)

    @contextmanager
    def _refusing(self, words, error=UserError):
        """Expect a refusal that says ``words`` and leaves nothing behind."""
        with self.assertRaises(error) as caught:
            yield
            self.env.flush_all()
        self.assertRegex(str(caught.exception), words)
        self.assertNotIn(self.client_a.name, str(caught.exception))
