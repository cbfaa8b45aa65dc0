from datetime import date

from odoo.tests import BaseCase, tagged

from odoo.addons.integration_management.figures.engine import figures_matrix
from odoo.addons.integration_management.figures.matrix import Matrix
from odoo.addons.integration_management.figures.period import Period, preset_dates
from odoo.addons.integration_management.figures.scope import Scope

from ..common import MODULE
from .figures_common import FiguresCommon


@tagged("post_install", "-at_install")
class TestReportDefinitions(FiguresCommon):
    """Single sentences of the definitions, each as small as it can be."""

    clients_per_worker = 0

    def _value(self, rule, start=30, stop=0, breakdown="total", key="", **scope):
        indicators = self.env["integration.indicator"].search([])
        period = Period(self._day(start), self._day(stop), self.today)
        scope = Scope((self.company_a + self.company_b).ids, **scope)
        self.env.flush_all()
        matrix = figures_matrix(self.env, indicators, scope, period)
        return matrix.value(matrix.by_rule(rule), breakdown, key)

    def _family(self):
        clients = self._client(self.worker_a, "One") + self._client(self.worker_a, "Two")
        household = self._as(self.worker_a)["integration.household"].create(
            {
                "company_id": self.company_a.id,
                "member_ids": [
                    (0, 0, {"client_id": client.id, "date_from": self._day(90)})
                    for client in clients
                ],
            }
        )
        return clients, household

    def test_family_talk(self):
        """A family talk is one talk and counts everybody present."""
        clients, _household = self._family()
        case = self._case(clients[0])
        self._talk(case, clients, days_ago=3)
        self._talk(case, clients, days_ago=2)
        self.assertEqual(self._value("talk"), 2)
        self.assertEqual(self._value("person"), 2)
        self.assertEqual(self._value("family"), 1)
        self.assertEqual(self._value("family_single"), 0)

    def test_separation_changes_nothing(self):
        """Household as of the day of the talk."""
        clients, household = self._family()
        self._talk(self._case(clients[0]), clients, days_ago=5)
        household.sudo().member_ids.date_to = self._day(2)
        self.assertEqual(self._value("family"), 1)

    def test_household_is_no_client(self):
        """A household and a person without one stay two families under the same id."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT setval('integration_client_id_seq', n),
                      setval('integration_household_id_seq', n)
                 FROM (SELECT 1000 + GREATEST(nextval('integration_client_id_seq'),
                                              nextval('integration_household_id_seq')) AS n) s"""
        )
        clients, household = self._family()
        alone, together = clients
        self.assertEqual(alone.id, household.id)
        household.sudo().member_ids.filtered(lambda m: m.client_id == alone).unlink()
        self._talk(self._case(alone))
        self._talk(self._case(together))
        self.assertEqual(self._value("family_single"), 1)
        self.assertEqual(self._value("family"), 2)

    def test_missed_and_cancelled(self):
        case = self._case(self._client(self.worker_a))
        self._talk(case, clients=case.client_id.browse(), reached=False)
        talk = self._talk(case)
        self.assertEqual(self._value("talk"), 1)
        talk.cancelled = True
        self.assertEqual(self._value("talk"), 0)
        self.assertEqual(self._value("person"), 0)

    def test_unnamed_talk(self):
        env = self._as(self.worker_a)
        env["integration.contact"].create(
            {
                "municipality_id": self.town_a.id,
                "channel_id": self.home_visit.id,
                "unnamed_count": 3,
                "date": self._day(1),
            }
        )
        self.assertEqual(self._value("talk"), 1)
        self.assertEqual(self._value("talk_unnamed"), 1)
        self.assertEqual(self._value("person"), 0)
        self.assertEqual(self._value("family"), 0)

    def test_same_person_at_two_employers(self):
        for worker in (self.worker_a, self.worker_b):
            self._talk(self._case(self._client(worker, "Same Person")))
        self.assertEqual(self._value("person"), 2)

    def test_handed_over_file(self):
        """A talk stays with who held it; an active plan goes to who is responsible now."""
        case = self._case(self._client(self.worker_a))
        self._talk(case, days_ago=20)
        plan = case.env["integration.plan"].create(
            {
                "case_id": case.id,
                "line_ids": [(0, 0, {"area_id": self.areas[0].id, "name": "Goal"})],
            }
        )
        plan.action_agree(self._day(20))
        case.with_env(self._as(self.lead_a)).user_id = self.colleague_a
        worker, colleague = str(self.worker_a.id), str(self.colleague_a.id)
        self.assertEqual(self._value("talk", breakdown="worker", key=worker), 1)
        self.assertEqual(self._value("plan_new", breakdown="worker", key=worker), 1)
        self.assertEqual(self._value("plan_active", breakdown="worker", key=colleague), 1)
        self.assertEqual(self._value("plan_active", breakdown="worker", key=worker), 0)
        # Yesterday it was still worker_a's
        self.assertEqual(self._value("plan_active", stop=1, breakdown="worker", key=worker), 1)

    def test_closing_ends_the_plan(self):
        case = self._case(self._client(self.worker_a))
        plan = case.env["integration.plan"].create(
            {
                "case_id": case.id,
                "line_ids": [(0, 0, {"area_id": self.areas[0].id, "name": "Goal"})],
            }
        )
        plan.action_agree(self._day(20))
        reason = self.env.ref(f"{MODULE}.closure_reason_goals_reached")
        case.sudo()._close(reason, self._day(5))
        self.assertEqual(self._value("plan_active"), 0)
        self.assertEqual(self._value("plan_active", stop=6), 1)
        self.assertEqual(self._value("case_closed"), 1)
        self.assertEqual(self._value("case_handover"), 0)


class TestReportCalendar(BaseCase):
    """Periods and the frozen form of the matrix, without a database."""

    def test_presets(self):
        today = date(2026, 2, 28)
        for preset, start, stop in (
            ("this_month", date(2026, 2, 1), date(2026, 2, 28)),
            ("last_month", date(2026, 1, 1), date(2026, 1, 31)),
            ("this_quarter", date(2026, 1, 1), date(2026, 3, 31)),
            ("last_quarter", date(2025, 10, 1), date(2025, 12, 31)),
            ("this_half", date(2026, 1, 1), date(2026, 6, 30)),
            ("last_half", date(2025, 7, 1), date(2025, 12, 31)),
            ("this_year", date(2026, 1, 1), date(2026, 12, 31)),
            ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
        ):
            self.assertEqual(preset_dates(preset, today), (start, stop), preset)

    def test_months(self):
        period = Period(date(2024, 1, 31), date(2024, 3, 1), date(2024, 2, 10))
        self.assertEqual(
            [(month.date_from, month.date_to) for month in period.months()],
            [
                (date(2024, 1, 31), date(2024, 1, 31)),
                (date(2024, 2, 1), date(2024, 2, 29)),
                (date(2024, 3, 1), date(2024, 3, 1)),
            ],
        )
        self.assertEqual(period.last_day, date(2024, 2, 10))

    def test_scope(self):
        wide = Scope((1, 2), None, (7, 8))
        self.assertTrue(wide.contains(Scope((2,), (5,), (7,))))
        self.assertFalse(wide.contains(Scope((2, 3), (5,), (7,))))
        self.assertFalse(wide.contains(Scope((1,), None, None)))
        self.assertFalse(wide.contains(Scope((), None, (7,))))
        self.assertEqual(Scope.from_data(wide.to_data()), wide)

    def test_matrix_survives_freezing(self):
        matrix = Matrix.from_data(
            {"total": [["", ""]], "month": [["2024-01-01", "2024-01"]]},
            [
                {
                    "code": "talk", "rule": "talk", "unit": "talk", "item": 0, "level": 0,
                    "texts": {"en_US": {"label": "Talks"}},
                    "figures": {"total": [3], "month": [2]},
                }
            ],
        )  # fmt: skip
        again = Matrix.from_data(matrix.columns_data(), matrix.rows_data())
        self.assertEqual(again.rows, matrix.rows)
        self.assertEqual(again.value(again.rows[0], "month", "2024-01-01"), 2)
        self.assertEqual(again.rows[0].text("label", "de_DE"), "Talks")
