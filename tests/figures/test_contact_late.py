from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestContactLate(IntegrationCommon):
    """What a submitted report no longer contains bears a mark."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(cls._client(cls.worker_a))
        cls.former = cls._talk(cls.case, days_ago=30)
        cls.outside = cls._talk(cls.case, days_ago=5)
        cls.report = cls._as(cls.lead_a)["integration.report"].create(
            {"date_from": cls.former.date.replace(day=1), "date_to": cls.former.date}
        )
        cls.report.action_submit()

    def test_only_what_comes_after_the_submission(self):
        self.assertFalse(self.former.is_late)
        self.assertTrue(self._talk(self.case, days_ago=30).is_late)
        self.assertFalse(self._talk(self.case, days_ago=29).is_late)
        found = self._as(self.worker_a)["integration.contact"].search([("is_late", "=", True)])
        self.assertEqual(len(found), 1)

    def test_changes_that_count(self):
        self.former.duration = 45
        self.assertFalse(self.former.is_late, "minutes are in no figure")
        topic = self.env["integration.topic"].search([], limit=1)
        self.former.topic_ids = [Command.link(topic.id)]
        self.assertTrue(self.former.is_late)

    def test_moved_out_of_and_into_the_period(self):
        self.former.date = self.outside.date
        self.assertTrue(self.former.is_late)
        self.assertFalse(self.outside.is_late)
        self.outside.date = self.report.date_to
        self.assertTrue(self.outside.is_late)

    def test_cancelled_later(self):
        self.former.cancelled = True
        self.assertTrue(self.former.is_late)

    def test_outside_the_scope(self):
        """The figures of one employer say nothing about another's talks."""
        case = self._case(self._client(self.worker_b))
        self.assertFalse(self._talk(case, days_ago=30).is_late)

    def test_draft_marks_nothing(self):
        self._as(self.lead_a)["integration.report"].create(
            {"date_from": self.outside.date, "date_to": self.outside.date}
        )
        self.assertFalse(self._talk(self.case, days_ago=5).is_late)

    def test_mark_cannot_be_forged(self):
        with self.assertRaises(UserError):
            self.former.is_late = True
        talk = self._talk(self.case, days_ago=30)
        with self.assertRaises(UserError):
            talk.is_late = False
