from datetime import date, timedelta

from odoo.tests import tagged

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestPaging(IntegrationCommon):
    """Whatever a list is sorted by, each row stands on one page."""

    def _ours(self):
        for model in self.env.registry.values():
            if model._name.startswith("integration.") and not model._abstract:
                yield self.env[model._name]

    def test_each_order_ends_with_the_id(self):
        checked = 0
        for model in self._ours():
            stored = [
                name for name, field in model._fields.items() if field.column_type and field.store
            ]
            for order in (None, *[f"{name} desc" for name in stored], "id desc"):
                for reverse in (False, True):
                    query = model._search([], order=order)
                    code = model._order_to_sql(order, query, reverse=reverse).code % tuple(
                        map(repr, model._order_to_sql(order, query, reverse=reverse).params)
                    )
                    if order or model._order:
                        checked += 1
                        self.assertRegex(
                            code.strip().split(",")[-1], r'"id"( ASC| DESC)?$', (model, order)
                        )
        self.assertGreater(checked, 1000)

    def test_pages_of_equal_values_show_each_row_once(self):
        """386 rows of one value; the planner changes its way from page to page."""
        clients = self._as(self.worker_a)["integration.client"].create(
            [{"name": f"Person {number:03}", "gender": "female"} for number in range(386)]
        )
        # As after years of work: rows do not lie in the order of their ids.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE integration_client SET write_date = write_date WHERE id %% 7 = 3 AND id IN %s",
            (tuple(clients.ids),),
        )
        for order in ("gender", "gender desc", "birthdate, gender", "company_id desc"):
            for size in (20, 80):
                with self.subTest(order, size=size):
                    seen = []
                    for offset in range(0, len(clients), size):
                        page = clients.web_search_read(
                            [("id", "in", clients.ids)], {}, offset=offset, limit=size, order=order
                        )
                        seen += [row["id"] for row in page["records"]]
                    self.assertEqual(sorted(seen), sorted(clients.ids))

    def test_groups_come_once_in_whatever_order(self):
        """Sorted by what they are grouped by, or by their count: a value makes one group."""
        checked = 0
        for model in self._ours():
            for name, field in model._fields.items():
                if field.type != "many2one" or not field.store or model._transient:
                    continue
                for order in (name, f"{name} desc", "__count desc"):
                    with self.subTest(model=model._name, order=order):
                        groups = model._read_group([], [name], ["__count"], order=order)
                        keys = [key.id for key, _count in groups]
                        self.assertEqual(len(keys), len(set(keys)))
                        checked += len(keys) > 0
        self.assertGreater(checked, 30, "groups of several rows were there to be seen")

    def test_pages_of_groups_show_each_once(self):
        days = [date(1950, 1, 1) + timedelta(days=400 * number) for number in range(40)]
        clients = self._as(self.worker_a)["integration.client"].create(
            [{"name": f"Person {day}", "birthdate": day} for day in days]
        )
        seen = []
        for offset in range(0, 40, 7):
            seen += clients.formatted_read_group(
                [("id", "in", clients.ids)], ["birthdate:day"], ["__count"],
                offset=offset, limit=7, order="__count desc",
            )  # fmt: skip
        self.assertEqual(len({group["birthdate:day"] for group in seen}), 40)
