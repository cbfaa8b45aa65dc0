from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestGroupOffer(IntegrationCommon):
    """Dates and numbers; nobody is named."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = cls._as(cls.worker_a)["integration.group.offer"].create(
            {"name": "Language café", "municipality_id": cls.town_a.id}
        )

    def _date(self, ago=1, **values):
        self.offer.date_ids = [Command.create({"date": self.today - timedelta(days=ago), **values})]
        return self.offer.date_ids.sorted("id")[-1:]

    def test_dates_and_numbers(self):
        held = self._date(participant_count=12)
        self.assertEqual((held.state, held.user_id), ("held", self.worker_a))
        self.assertEqual(held.municipality_id, self.town_a)
        planned = self._date(ago=-7)
        self.assertEqual(planned.state, "planned")
        self._date(ago=2, state="held")
        self._date(ago=3, state="cancelled")
        self.assertEqual(self.offer.held_count, 2)
        self.assertEqual(self.offer.participant_count, 12)
        self.assertEqual(self.offer.date_next, planned.date)

    def test_values_that_cannot_be(self):
        for words, values in (
            ("between 0 and 500", {"participant_count": -1}),
            ("between 0 and 500", {"participant_count": 501}),
            ("lies ahead", {"ago": -2, "participant_count": 4}),
            ("somebody took part", {"participant_count": 4, "state": "cancelled"}),
            ("between 0 minutes", {"duration": -5}),
        ):
            with self.subTest(values), self.assertRaisesRegex(ValidationError, words):
                self._date(**values)

    def test_what_was_counted_stays_where_it_was(self):
        held = self._date(participant_count=5)
        self.offer.municipality_id = self.town_b
        self.assertEqual(held.municipality_id, self.town_a)
        with self.assertRaisesRegex(UserError, "is counted"):
            self.offer.unlink()

    def test_no_client_is_named(self):
        client = self._client(self.worker_a, "Mohammed Al-Haddad")
        for words in (client.file_number, "with Mohammed Haddad"):
            with self.assertRaises(ValidationError):
                self.offer.note = words

    def test_walls(self):
        day = self._date()
        self.assertTrue(self.offer.with_env(self._as(self.lead_a)).name)
        for record in (self.offer, day):
            record.with_env(self._as(self.colleague_a)).write(
                {"active": True} if "active" in record else {"duration": 60}
            )
            for user in (self.worker_b, self.lead_b, self.county_user, self.accommodation):
                with self.assertRaises(AccessError):
                    record.with_env(self._as(user)).read(["display_name"])
            for user in (self.lead_a, self.dpo_a):
                with self.assertRaises(AccessError):
                    record.with_env(self._as(user)).write({"company_id": self.company_a.id})
        with self.assertRaisesRegex(UserError, "Not to be set by hand"):
            self.offer.company_id = self.company_b

    def test_what_was_held_is_counted_and_stays(self):
        held, planned = self._date(participant_count=12), self._date(ago=-7)
        with self.assertRaisesRegex(UserError, "counted"):
            held.unlink()
        with self.assertRaisesRegex(UserError, "counted"):
            self.offer.date_ids = [Command.delete(held.id)]
        planned.unlink()
