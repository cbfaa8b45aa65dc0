from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..planted import found_anywhere
from .concern_common import ConcernCommon

WORDS = {
    "text": "The family Xqsplanted is loud, says Xqsplanted next door",
    "teller": "Xqsplanted, 07541 1",
}


@tagged("post_install", "-at_install")
class TestConcernClearing(ConcernCommon):
    """Words about people who agreed to nothing go; numbers stay."""

    def _planted(self):
        """Return a concern of each way in, and what was said in both."""
        return self._nobodys(text=WORDS["text"]), self._concern(self.worker_a, **WORDS)

    def test_the_words_stand_in_the_concern_alone(self):
        self._planted()
        self.assertEqual(
            found_anywhere(self),
            {("integration_concern", "text"), ("integration_concern", "teller")},
        )

    def test_an_answer_clears_at_once_and_everywhere(self):
        for concern in self._planted():
            self._reply(concern)
            self.assertEqual(concern.sudo().date_cleared, self.today)
        self.assertEqual(found_anywhere(self), set())

    def test_taking_back_clears_at_once(self):
        for concern in self._planted():
            concern.action_withdraw()
        self.assertEqual(found_anywhere(self), set())

    def test_nights_clear_what_was_kept_long_enough(self):
        old, young = self._planted()
        self._date_back(old, 90)
        self._date_back(young, 89)
        self._night()
        old, young = old.sudo(), young.sudo()
        self.assertEqual((old.state, old.text, old.date_cleared), ("lapsed", False, self.today))
        self.assertEqual((young.state, young.text), ("read", WORDS["text"]))
        self.assertFalse(old.date_answered or old.answer_text)

    def test_the_employer_says_how_long(self):
        self.company_b.integration_concern_days = 30
        ours = self._concern(self.worker_a)
        theirs = self._concern(self.worker_b, municipality_id=self.town_b.id)
        for concern in (ours, theirs):
            self._date_back(concern, 30)
        self._night()
        self.assertEqual((ours.sudo().state, theirs.sudo().state), ("read", "lapsed"))

    def test_a_second_night_changes_nothing(self):
        for concern in self._planted():
            self._date_back(concern, 200)
        self._night()
        self.assertEqual(found_anywhere(self), set())
        self.env.cr.execute("SELECT id, xmin::text FROM integration_concern ORDER BY id")
        before = self.env.cr.fetchall()
        self._night()
        self.env.cr.execute("SELECT id, xmin::text FROM integration_concern ORDER BY id")
        self.assertEqual(self.env.cr.fetchall(), before)

    def test_many_are_cleared_in_few_queries(self):
        numbers = []
        for many in (3, 40):
            for _number in range(many):
                self._date_back(self._concern(self.worker_a, **WORDS), 100)
            before = self.env.cr.sql_log_count
            self._night()
            numbers.append(self.env.cr.sql_log_count - before)
        self.assertEqual(found_anywhere(self), set())
        self.assertLess(numbers[1] - numbers[0], 10)

    def test_the_administrator_sets_it_and_nobody_else(self):
        settings = self._as(self.admin_a)["integration.employer.settings"].create({})
        settings.integration_concern_days = 45
        settings.action_save()
        self.assertEqual(self.company_a.integration_concern_days, 45)
        with self.assertRaises(AccessError):
            self._as(self.worker_a)["integration.employer.settings"].create({})

    def test_what_was_attached_goes_with_the_words(self):
        concern = self._concern()
        self.env["ir.attachment"].create(
            {"name": "letter.txt", "raw": b"x", "res_model": concern._name, "res_id": concern.id}
        )
        self._reply(concern)
        attached = [("res_model", "=", concern._name), ("res_id", "=", concern.id)]
        self.assertFalse(self.env["ir.attachment"].search_count(attached))
