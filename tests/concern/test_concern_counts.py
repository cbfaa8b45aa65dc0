from collections import Counter
from random import Random

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import MODULE
from .concern_common import ConcernCommon

MANY = 60


@tagged("post_install", "-at_install")
class TestConcernCounts(ConcernCommon):
    """What is counted per municipality and kind equals a recount in plain Python."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rng = Random("concerns")
        kinds = cls.env["integration.concern.kind"].search([], limit=3)
        ways = (
            (cls.municipality, cls.town_a, cls.worker_a),
            (cls.worker_a, cls.town_a, cls.worker_a),
            (cls.worker_b, cls.town_b, cls.worker_b),
        )
        cls.concerns = cls.env["integration.concern"]
        for _number in range(MANY):
            user, town, worker = rng.choice(ways)
            concern = cls._concern(user, municipality_id=town.id, kind_id=rng.choice(kinds).id)
            concern.sudo()._as_system().write({"user_id": worker.id})
            step = rng.choice(("", "", "answer", "withdraw"))
            if step == "answer":
                cls._reply(concern, worker, cls.noted)
            elif step:
                concern.action_withdraw()
            cls.env.flush_all()
            cls.env.cr.execute(
                "UPDATE integration_concern SET date = %s WHERE id = %s",
                (cls.today.fromordinal(cls.today.toordinal() - rng.randrange(120)), concern.id),
            )
            cls.concerns |= concern.sudo()
        cls.env.invalidate_all()

    def _recount(self, keep):
        """Return {(month, municipality, kind): [raised, answered, waiting]}, one by one."""
        raised, answered, waiting = Counter(), Counter(), Counter()
        for concern in self.env["integration.concern"].search([]):
            if concern.state == "withdrawn" or not keep(concern):
                continue
            key = (concern.date.replace(day=1), concern.municipality_id.id, concern.kind_id.id)
            raised[key] += 1
            answered[key] += concern.state == "answered"
            waiting[key] += concern.state in ("new", "read")
        return {key: (raised[key], answered[key], waiting[key]) for key in raised}

    def _told(self, user):
        rows = self._as(user)["integration.concern.count"].search([])
        return {
            (row.month, row.municipality_id.id, row.kind_id.id): (
                row.raised_count,
                row.answered_count,
                row.waiting_count,
            )
            for row in rows
        }

    def test_numbers_equal_a_recount(self):
        for user, keep in (
            (self.lead_a, lambda c: c.company_id == self.company_a),
            (self.reporting_a, lambda c: c.company_id == self.company_a),
            (self.lead_b, lambda c: c.company_id == self.company_b),
            (self.county_user, lambda c: c.municipality_id.county_id == self.county),
        ):
            with self.subTest(user.login):
                expected = self._recount(keep)
                self.assertGreater(len(expected), 5)
                self.assertEqual(self._told(user), expected)

    def test_groups_add_up(self):
        counts = self._as(self.county_user)["integration.concern.count"]
        groups = counts.formatted_read_group(
            [], ["municipality_id", "kind_id"], ["raised_count:sum", "answered_count:sum"]
        )
        every = self._recount(lambda c: True)
        self.assertEqual(
            sum(group["raised_count:sum"] for group in groups),
            sum(numbers[0] for numbers in every.values()),
        )

    def test_clearing_changes_no_number(self):
        before = self._told(self.lead_a)
        waiting = sum(numbers[2] for numbers in before.values())
        self.assertTrue(waiting)
        self._night()
        after = self._told(self.lead_a)
        self.assertEqual(
            {key: numbers[:2] for key, numbers in after.items()},
            {key: numbers[:2] for key, numbers in before.items()},
        )

    def test_a_file_changes_no_number(self):
        before = self._told(self.county_user)
        case = self._case(self._client(self.worker_a))
        for concern in self._as(self.worker_a)["integration.concern"].search([], limit=5):
            concern.env["integration.concern.link"].create(
                {"concern_id": concern.id, "case_id": case.id}
            )
        self.env.flush_all()
        self.assertEqual(self._told(self.county_user), before)

    def test_who_reads_the_numbers(self):
        for user in (self.worker_a, self.dpo_a, self.municipality, self.accommodation):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._as(user)["integration.concern.count"].search([])

    def test_submissions_know_no_concern(self):
        """Official figures count what they counted before."""
        report = self._as(self.lead_a)["integration.report"].create(
            {"date_from": self.today.replace(day=1), "date_to": self.today}
        )
        lines = {(line.code, line.item, str(line.figures)) for line in report.line_ids}
        self.assertGreater(len(lines), 10)
        self._concern()
        again = report.create({"date_from": report.date_from, "date_to": report.date_to})
        found = {(line.code, line.item, str(line.figures)) for line in again.line_ids}
        self.assertEqual(found, lines)

    def test_kinds_and_answers_are_the_countys(self):
        kinds = self._as(self.county_user)["integration.concern.kind"]
        answer = kinds.env["integration.concern.answer"].create({"name": "New", "text": "Thanks"})
        kind = kinds.create({"name": "New", "answer_id": answer.id})
        self.assertTrue(kind.can_edit)
        for user in (self.admin_a, self.worker_a, self.municipality):
            for record in (kind, answer, self.env.ref(f"{MODULE}.concern_answer_noted")):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    self._of(record, user).name = "Renamed"
