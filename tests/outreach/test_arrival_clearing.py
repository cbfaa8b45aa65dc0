from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import MODULE
from ..planted import found_anywhere
from .outreach_common import OutreachCommon

WORDS = {
    "name": "Xqsplanted Name",
    "street": "Xqsplanted street 7",
    "zip": "Xqsplanted1",
    "city": "Xqsplanted city",
    "note": "At the third bell, xqsplanted",
}


@tagged("post_install", "-at_install")
class TestArrivalClearing(OutreachCommon):
    """Names of people who agreed to nothing go; numbers stay."""

    def _night(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"{MODULE}.ir_cron_keep_arrivals").method_direct_trigger()
        self.env.invalidate_all()

    def _planted(self, user=None, **values):
        languages = self.env["integration.language"].search([], limit=2)
        return self._arrival(
            user or self.worker_a, **{**WORDS, "language_ids": languages.ids, **values}
        )

    def _assert_cleared(self, arrival):
        self.assertEqual([arrival[name] for name in WORDS], [False] * len(WORDS))
        self.assertFalse(arrival.language_ids)
        self.assertEqual(arrival.date_cleared, self.today)

    def test_the_words_stand_somewhere_before(self):
        """The search below finds what is there."""
        self._planted()
        self.assertEqual(
            {table for table, _column in found_anywhere(self)}, {"integration_arrival"}
        )

    def test_declined_clears_at_once_and_everywhere(self):
        arrival = self._planted(person_count=4)
        self._visit(arrival)
        arrival.action_decline()
        self._assert_cleared(arrival)
        self.assertEqual(found_anywhere(self), set())
        self.assertEqual((arrival.state, arrival.person_count), ("declined", 4))
        self.assertEqual(arrival.date_result, self.today)
        self.assertEqual(arrival.date_visited, self.today - timedelta(days=1))

    def test_nights_clear_what_was_kept_long_enough(self):
        old = self._planted(days_ago=90)
        young = self._planted(days_ago=89)
        put_off = self._planted(days_ago=90, person_count=2)
        self.env.cr.execute(
            "UPDATE integration_arrival SET state = 'later', date_later = %s WHERE id = %s",
            (self.today + timedelta(days=1), put_off.id),
        )
        self.env.invalidate_all()
        self._night()
        self._assert_cleared(old)
        self._assert_cleared(put_off)
        self.assertEqual((old.state, put_off.state), ("lapsed", "lapsed"))
        self.assertEqual((young.name, young.state), (WORDS["name"], "new"))

    def test_the_employer_says_how_long(self):
        self.company_b.integration_arrival_days = 7
        ours = self._planted(self.accommodation, days_ago=7)
        theirs = self._planted(self.accommodation, days_ago=7, town=self.town_b)
        self._night()
        self._assert_cleared(theirs.sudo())
        self.assertEqual(ours.sudo().state, "new")

    def test_a_second_night_changes_nothing(self):
        self._planted(days_ago=200)
        self._night()
        self.assertEqual(found_anywhere(self), set())
        self.env.cr.execute("SELECT id, xmin::text FROM integration_arrival ORDER BY id")
        before = self.env.cr.fetchall()
        self._night()
        self.env.cr.execute("SELECT id, xmin::text FROM integration_arrival ORDER BY id")
        self.assertEqual(self.env.cr.fetchall(), before)

    def test_many_are_cleared_in_few_queries(self):
        numbers = []
        for many in (3, 40):
            for number in range(many):
                self._planted(days_ago=100, person_count=number + 1)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self._night()
            numbers.append(self.env.cr.sql_log_count - before)
        self.assertEqual(found_anywhere(self), set())
        self.assertLess(numbers[1] - numbers[0], 10)

    def test_the_administrator_sets_it_and_nobody_else(self):
        settings = self._as(self.admin_a)["integration.employer.settings"].create({})
        settings.integration_arrival_days = 30
        settings.action_save()
        self.assertEqual(self.company_a.integration_arrival_days, 30)
        with self.assertRaises(AccessError):
            self._as(self.worker_a)["integration.employer.settings"].create({})
