from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE
from .case_common import CaseCommon

SHOW = {"integration_show_name": True}


@tagged("post_install", "-at_install")
class TestCaseNames(CaseCommon):
    """A case bears its number; the name stands beside it where our screens ask for it.

    Then it is shown to anyone who reads the file, and to the lead, who knows the cards.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ended = cls._case(cls._client(cls.worker_a, "Mehari Beispielu"), days_ago=40)
        cls.ended._close(cls.goals_reached, cls._day(30))
        cls.again = cls.ended._reopen("Needs advice again", cls._day(20))

    def _name(self, user, case=None, **context):
        case = self._seen_by(user, case).with_context(**context)
        self.env.invalidate_all()
        return case.display_name

    # ------------------------------------------------------------
    # Display names
    # ------------------------------------------------------------

    def test_name_is_shown_where_it_is_asked_for(self):
        named = f"Olena Beispielko ({self.number})"
        for context, name in (
            ({}, self.number),
            (SHOW, named),
            ({"integration_show_name": False}, self.number),
            ({"show_name": True, "lang": "en_US"}, self.number),
        ):
            for user in (self.worker_a, self.lead_a):
                with self.subTest(user.login, **context):
                    self.assertEqual(self._name(user, **context), name)

    def test_later_episode_says_so_behind_name_and_number(self):
        number = self.again.file_number
        self.assertEqual(self._name(self.worker_a, self.ended), number)
        self.assertEqual(self._name(self.worker_a, self.again), f"{number} / 2")
        self.assertEqual(
            self._name(self.lead_a, self.again, **SHOW), f"Mehari Beispielu ({number}) / 2"
        )

    def test_reference_to_a_case_tells_no_name_to_whoever_reads_no_file(self):
        """Odoo computes the name of a many2one as superuser, for the user who asks."""
        for user in (self.colleague_a, self.worker_b, self.lead_b, self.dpo_a, self.employee):
            with self.subTest(user.login):
                case = self._seen_by(user).with_context(**SHOW).sudo()
                self.env.invalidate_all()
                self.assertEqual(case.display_name, self.number)

    def test_deputy_knows_the_name_while_she_is_one(self):
        self._share(self.colleague_a)
        self.assertIn("Olena", self._name(self.colleague_a, **SHOW))
        self.case.sudo().access_ids.filtered(lambda entry: entry.kind == "team")._end()
        self.env.invalidate_all()
        case = self._seen_by(self.colleague_a).with_context(**SHOW).sudo()
        self.assertEqual(case.display_name, self.number)

    def test_form_that_is_not_saved_yet_has_a_name_too(self):
        self.assertEqual(self.case.new({}).display_name, "New case")
        self.assertEqual(self.case.new({"client_id": self.client.id}).display_name, self.number)

    def test_responsibility_bears_the_number(self):
        self._hand_over(self.colleague_a)
        rows = self.case.sudo().assignment_ids.sorted("date_from").with_context(**SHOW)
        self.assertEqual(
            rows.mapped("display_name"),
            [f"{self.number}: {self.worker_a.name}", f"{self.number}: {self.colleague_a.name}"],
        )

    # ------------------------------------------------------------
    # Searching
    # ------------------------------------------------------------

    def _found(self, user, text, **context):
        cases = self._as(user)["integration.case"].with_context(**context)
        return [id_ for id_, _name in cases.name_search(text)]

    def test_case_is_found_by_number_and_by_name(self):
        for text in ("Olena", "beispielko", "OLENA B", self.number, self.number[-4:]):
            for context in ({}, SHOW):
                with self.subTest(text, **context):
                    self.assertIn(self.case.id, self._found(self.worker_a, text, **context))
        self.assertEqual(
            self._found(self.worker_a, "Mehari"),
            self.again.search([("id", "in", (self.ended | self.again).ids)]).ids,
        )

    def test_nobody_finds_out_by_searching_who_has_a_file(self):
        for user in (self.colleague_a, self.worker_b, self.lead_b):
            for text in ("Olena", self.number):
                with self.subTest(user.login, text=text):
                    self.assertFalse(set(self._found(user, text, **SHOW)) & set(self.case.ids))
        self.assertEqual(self._found(self.lead_a, self.number), self.case.ids)
        self.assertEqual(
            self._found(self.lead_a, "Olena"), self.case.ids, "knows the names by the cards"
        )

    # ------------------------------------------------------------
    # Lists and columns
    # ------------------------------------------------------------

    def _columns(self, user):
        cases = self._as(user)["integration.case"].with_context(read_group_expand=True)
        rows = cases.web_read_group([], groupby=["stage_id"], aggregates=["__count"])["groups"]
        return {row["stage_id"][0]: row["__count"] for row in rows}

    def test_every_phase_is_a_column_even_if_it_is_empty(self):
        stages = self.env["integration.case.stage"].search([("company_id", "=", False)])
        self.case.stage_id = self.env.ref(f"{MODULE}.stage_aftercare")
        columns = self._columns(self.worker_a)
        self.assertEqual(set(columns), set(stages.ids))
        self.assertEqual(list(columns), stages.ids, "in the order of the phases")
        self.assertEqual(columns[self.case.stage_id.id], 1)
        self.assertEqual(columns[self.env.ref(f"{MODULE}.stage_planning").id], 0)

    def test_columns_are_those_of_the_own_employer_and_in_use(self):
        stages = self.env["integration.case.stage"].create(
            [
                {
                    "name": "Moving house",
                    "code": "moving",
                    "company_id": company.id,
                    "active": active,
                }
                for company, active in ((self.company_a, True), (self.company_b, True))
            ]
            + [{"name": "Former", "code": "former", "active": False}]
        )
        columns = self._columns(self.worker_a)
        self.assertEqual([stage.id in columns for stage in stages], [True, False, False])
        self.case.stage_id = stages[0]
        stages[0].active = False
        self.assertEqual(
            self._columns(self.worker_a)[stages[0].id], 1, "what still holds a case is not hidden"
        )

    def test_list_of_forty_costs_no_more_queries_than_one_of_two(self):
        self._invented(40)
        specification = {
            "display_name": {},
            "municipality_id": {"fields": {"display_name": {}}},
            "user_id": {"fields": {"display_name": {}}},
            "person_count": {},
            "may_work": {},
            "stage_id": {"fields": {"display_name": {}}},
            "date_start": {},
            "date_end": {},
            "state": {},
            "closure_reason_id": {"fields": {"display_name": {}}},
        }
        for user in (self.worker_a, self.lead_a):
            cases = self._as(user)["integration.case"].with_context(**SHOW)
            self.assertGreater(cases.search_count([]), 40)
            costs = [
                self._queries(
                    lambda n=limit, c=cases: c.web_search_read(
                        [], specification, limit=n, count_limit=100
                    )
                )
                for limit in (2, 40)
            ]
            with self.subTest(user.login):
                # Few names are an opening, which is logged; many are a list.
                few, many = costs
                self.assertLessEqual(many, few)

    def test_history_of_forty_cases_costs_no_more_queries_than_of_two(self):
        cases = self._invented(40)
        costs = [
            self._queries(lambda c=some: c.assignment_ids.mapped("display_name"))
            for some in (cases[:2], cases)
        ]
        self.assertEqual(*costs)

    def test_members_are_not_written_through_a_case_that_is_not_read(self):
        """A lead sees the card of a case; the persons in it are out of her reach."""
        lead = self._seen_by(self.lead_a)
        for command in (
            Command.create({"name": "X"}),
            Command.link(self.client.id),
            Command.clear(),
        ):
            with self.subTest(command):
                self.assertDenied(lead.write, {"member_ids": [command]})
