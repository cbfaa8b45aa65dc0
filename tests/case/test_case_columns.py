from odoo.tests import tagged

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestCaseColumns(IntegrationCommon):
    """The columns of the kanban hold what a search for each of them finds, asked for at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cases = [cls._case(cls._client(cls.worker_a, f"Person {n}")) for n in range(6)]
        cls.stages = cls.env["integration.case.stage"].search([("fold", "=", False)], limit=2)
        for number, case in enumerate(cases):
            case.stage_id = cls.stages[number // 4]
        cls.cases = cls._as(cls.worker_a)["integration.case"].browse(c.id for c in cases)
        cls.colleagues = cls._case(cls._client(cls.colleague_a, "Of a colleague"))
        cls.colleagues.stage_id = cls.stages[0]

    def _columns(self, groupby="stage_id", **kwargs):
        """Return the ids of the cards by column."""
        self.env.invalidate_all()
        found = self.cases.browse().web_read_group(
            [], [groupby], auto_unfold=True, unfold_read_specification={"state": {}}, **kwargs
        )
        columns = {}
        for group in found["groups"]:
            value = group[groupby]
            value = value[0] if isinstance(value, tuple) else value
            columns[value] = [card["id"] for card in group.get("__records", ())]
        return columns

    def _searched(self, name, value, **kwargs):
        return self.cases.search([(name, "=", value)], **kwargs).ids

    def test_each_column_holds_its_first_cards(self):
        columns = self._columns(unfold_read_default_limit=3)
        for stage in self.stages:
            self.assertEqual(columns[stage.id], self._searched("stage_id", stage.id, limit=3))
        self.assertEqual([len(columns[stage.id]) for stage in self.stages], [3, 2])
        self.assertNotIn(self.colleagues.id, columns[self.stages[0].id])

    def test_columns_of_words(self):
        columns = self._columns("state")
        self.assertEqual(columns["open"], self._searched("state", "open"))

    def test_an_order_of_ones_own(self):
        columns = self._columns(order="id desc")
        for stage in self.stages:
            found = self._searched("stage_id", stage.id, order="id desc")
            self.assertEqual(columns[stage.id], found)

    def test_a_later_page(self):
        opened = [
            {"value": self.stages[0].id, "folded": False, "limit": 2, "offset": 2},
            {"value": self.stages[1].id, "folded": False, "limit": 2, "offset": 0},
        ]
        columns = self._columns(opening_info=opened)
        first = self._searched("stage_id", self.stages[0].id)
        self.assertEqual(columns[self.stages[0].id], first[2:4])

    def test_more_columns_cost_no_more(self):
        def queries():
            self._columns()
            before = self.cr.sql_log_count
            self._columns()
            return self.cr.sql_log_count - before

        self.cases[:4].stage_id = self.stages[1]
        one = queries()
        self.cases[0].stage_id = self.stages[0]
        self.assertEqual(queries(), one)
