from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .outreach_common import OutreachCommon

GONE = 2**31 - 2


@tagged("post_install", "-at_install")
class TestArrivalWalls(OutreachCommon):
    """Accommodation staff see what they entered, until it is taken over, and learn nothing else."""

    def _answers(self, arrival_id):
        """Return what the accommodation user is told of an id, by whatever she may call."""
        model = self._as(self.accommodation)["integration.arrival"]
        record = model.browse(arrival_id)
        calls = {
            "read": lambda: record.read(["street"]),
            "web_read": lambda: record.web_read({"street": {}, "state": {}}),
            "write": lambda: record.write({"street": "Any"}),
            "unlink": record.unlink,
            "copy": record.copy,
            "search": lambda: model.search([("id", "=", arrival_id)]).ids,
            "count": lambda: model.search_count([("id", "=", arrival_id)]),
            "take": record.action_take_over,
            "decline": record.action_decline,
            "accept": record.action_accept,
            "group": lambda: model.formatted_read_group([], ["state"], ["__count"]),
            "name_search": lambda: model.name_search("", [("id", "=", arrival_id)]),
            "export": lambda: record.export_data(["display_name"]),
            "export id": lambda: record.export_data([".id", "id"]),
            "metadata": record.get_metadata,
            "web_name_search": lambda: model.web_name_search(
                "", {"display_name": {}}, [("id", "=", arrival_id)]
            ),
            "web_search_read": lambda: model.web_search_read([("id", "=", arrival_id)], {}),
            "onchange": lambda: record.onchange({}, [], {"municipality_id": {}}),
            "web_save": lambda: record.web_save({"municipality_id": False}, {}),
        }
        answers = {}
        for name, call in calls.items():
            self.env.invalidate_all()
            try:
                with self.env.cr.savepoint():
                    answers[name] = str(call())
            except (AccessError, UserError) as error:
                answers[name] = f"{type(error).__name__}: {error}".replace(str(arrival_id), "id")
        return answers

    def test_whatever_became_of_it_is_answered_like_what_is_missing(self):
        missing = self._answers(GONE)
        for step in ("action_take_over", "action_decline"):
            arrival = self._arrival(self.accommodation, street="Lindenstraße 4")
            theirs = arrival.sudo().with_env(self._as(self.lead_a))
            getattr(theirs, step)()
            self.assertEqual(self._answers(arrival.id), missing, step)
        client = self._client(self.worker_a, "With File")
        accepted = self._arrival(self.accommodation, name="With File").with_env(
            self._as(self.worker_a)
        )
        accepted._accept()
        self.assertEqual(self._answers(accepted.id), missing)
        foreign = self._arrival(self.worker_a)
        self.assertEqual(self._answers(foreign.id), missing)
        self.assertTrue(client)

    def test_new_rows_are_hers_to_correct(self):
        arrival = self._arrival(self.accommodation, street="Lindenstraße 4")
        arrival.write({"street": "Lindenstraße 5", "municipality_id": self.town_b.id})
        self.assertEqual(arrival.sudo().company_id, self.company_b)
        arrival.unlink()

    def test_the_staff_answer_for_nobody(self):
        """They may write their own new rows, and not what becomes of them."""
        self._case(self._client(self.worker_a))
        for town in (self.town_a, self.town_b):
            arrival = self._arrival(self.accommodation, town=town)
            for name in (
                "action_take_over",
                "action_visit",
                "action_visit_nobody",
                "action_accept",
                "action_decline",
            ):
                with self.subTest((town.name, name)), self.assertRaises(AccessError):
                    with self.env.cr.savepoint():
                        getattr(arrival, name)()
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                arrival.env["integration.arrival.visit"].create({"arrival_id": arrival.id})
            self.assertEqual(arrival.state, "new")

    def test_a_worker_elsewhere_answers_for_nobody_either(self):
        """Who enters moves and is a case worker of another employer."""
        both = self._new_user(
            "both_roles", f"{self._group()},integration_management.group_caseworker", self.company_b
        )
        arrival = self._arrival(both)
        self.assertEqual(
            (arrival.sudo().company_id, arrival.sudo().source), (self.company_a, "accommodation")
        )
        for name in ("action_take_over", "action_decline", "action_visit_nobody"):
            with self.subTest(name), self.assertRaises(AccessError), self.env.cr.savepoint():
                getattr(arrival, name)()

    def test_two_of_the_staff_see_nothing_of_each_other(self):
        other = self._new_user("second_accommodation", f"{self._group()}", self.company_county)
        arrival = self._arrival(self.accommodation)
        self.assertFalse(self._as(other)["integration.arrival"].search([]))
        with self.assertRaises(AccessError):
            arrival.with_env(self._as(other)).read(["street"])

    def test_entering_twice_tells_nothing_of_what_became_of_it(self):
        """The same answer while a worker visits, after a refusal, and if a worker entered it."""
        values = {"street": "Lindenstraße 4", "person_count": 2}
        first = self._arrival(self.accommodation, **values)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._arrival(self.accommodation, **values)
        first.with_env(self._as(self.lead_a)).sudo(False).action_take_over()
        second = self._arrival(self.accommodation, **values)
        second.sudo().with_env(self._as(self.lead_a)).action_decline()
        self.assertTrue(self._arrival(self.accommodation, **values))
        self._arrival(self.lead_a, **dict(values, street="Entered By The Team 1"))
        self.assertTrue(
            self._arrival(self.accommodation, **dict(values, street="Entered By The Team 1"))
        )
        # The team is told
        hinted = self._as(self.lead_a)["integration.arrival"].search([("state", "=", "new")])
        self.assertTrue(any(hinted.mapped("twice_hint")))

    def test_fields_of_the_team_are_closed_to_her(self):
        arrival = self._arrival(self.accommodation)
        team = ("user_id", "visit_ids", "date_visited", "days_waited", "date_later")
        for name in (*team, "write_uid", "write_date"):
            with self.subTest(name), self.assertRaises(AccessError):
                arrival.read([name])
            with self.subTest(f"search {name}"), self.assertRaises(AccessError):
                arrival.search([(name, "=", False)])
        with self.assertRaises(AccessError):
            arrival.date_later = self.today

    def test_no_other_model_opens_to_her(self):
        self._case(self._client(self.worker_a))
        env = self._as(self.accommodation)
        for name in (
            "integration.client",
            "integration.case",
            "integration.client.card",
            "integration.contact",
            "integration.household",
            "integration.arrival.visit",
            "integration.report",
            "integration.worker",
        ):
            with self.subTest(name):
                self.assertFalse(env[name].has_access("read"))

    def test_a_former_role_opens_no_row_of_another_employer(self):
        """Who entered rows as accommodation staff is a worker elsewhere now."""
        arrival = self._arrival(self.accommodation, town=self.town_b)
        self.accommodation.write(
            {
                "group_ids": [
                    (3, self.env.ref(self._group()).id),
                    (4, self.env.ref("integration_management.group_caseworker").id),
                ],
                "company_ids": [(6, 0, self.company_a.ids)],
                "company_id": self.company_a.id,
            }
        )
        self.assertFalse(self._as(self.accommodation)["integration.arrival"].search([]))
        with self.assertRaises(AccessError):
            arrival.with_env(self._as(self.accommodation)).read(["street"])

    def test_workers_see_their_own_and_nobodys(self):
        mine = self._arrival(self.lead_a, user_id=self.worker_a.id)
        nobodys = self._arrival(self.lead_a, user_id=False)
        theirs = self._arrival(self.lead_a, user_id=self.colleague_a.id)
        other = self._arrival(self.worker_b, town=self.town_b)
        everything = mine | nobodys | theirs | other
        for user, seen in (
            (self.worker_a, mine | nobodys),
            (self.lead_a, mine | nobodys | theirs),
            (self.dpo_a, mine | nobodys | theirs),
            (self.worker_b, other),
        ):
            with self.subTest(user.login):
                found = self._as(user)["integration.arrival"].search([("id", "in", everything.ids)])
                self.assertEqual(set(found.ids), set(seen.ids))
        for user in (self.admin_a, self.reporting_a, self.county_user, self.employee):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._as(user)["integration.arrival"].search([])

    def test_the_office_of_data_protection_reads_and_changes_nothing(self):
        arrival = self._arrival(self.worker_a).with_env(self._as(self.dpo_a))
        self.assertTrue(arrival.read(["street", "user_id"]))
        for call in (
            lambda: arrival.write({"street": "Any"}),
            arrival.unlink,
            arrival.action_decline,
            arrival.action_take_over,
            arrival.action_visit_nobody,
        ):
            with self.assertRaises(AccessError):
                call()

    def test_of_two_who_take_over_one_is_told(self):
        arrival = self._arrival(self.lead_a, user_id=False)
        arrival.with_env(self._as(self.worker_a)).action_take_over()
        with self.assertRaises(AccessError):
            arrival.with_env(self._as(self.colleague_a)).action_take_over()
        self.assertEqual(arrival.sudo().user_id, self.worker_a)

    @staticmethod
    def _group():
        return "integration_management.group_accommodation"
