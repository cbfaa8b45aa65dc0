from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .interpreter_common import InterpreterCommon

POOL = "integration.interpreter"


@tagged("post_install", "-at_install")
class TestInterpreter(InterpreterCommon):
    """The pool takes nobody under age, no pledge of tomorrow and no rate below zero."""

    def test_what_cannot_be(self):
        eighteen = self.today - relativedelta(years=18)
        for values, words in (
            ({"birthdate": eighteen + timedelta(days=1)}, "under age"),
            ({"birthdate": False}, "date of birth"),
            ({"pledge_date": self.today + timedelta(days=1)}, "future"),
            ({"rate": -0.01}, "below zero"),
            ({"language_ids": False}, "language"),
        ):
            with self.subTest(words):
                with self.assertRaisesRegex(ValidationError, words), self.env.cr.savepoint():
                    self.noor.write(values)
                with self.assertRaisesRegex(ValidationError, words), self.env.cr.savepoint():
                    self._interpreter("Another One", **values)
        self.noor.write({"birthdate": eighteen, "pledge_date": self.today, "rate": 0})
        self.assertTrue(self.noor.is_ready)

    def test_an_agency_has_no_date_of_birth(self):
        agency = self._interpreter("Agency", kind="service", birthdate=False, pledge_date=False)
        self.assertFalse(agency.is_ready)
        pool = self._as(self.worker_a)[POOL]
        self.assertNotIn(agency.id, pool.search([("is_ready", "=", True)]).ids)
        self.assertIn(agency.id, pool.search([("is_ready", "=", False)]).ids)

    def test_rates_and_dates_of_birth_are_for_those_who_keep_the_pool(self):
        for user in (self.lead_a, self.admin_a):
            (told,) = self._as(user)[POOL].browse(self.noor.id).read(["rate", "birthdate"])
            self.assertEqual(told["rate"], 60)
        seen = self._as(self.worker_a)[POOL].browse(self.noor.id)
        self.assertEqual(seen.name, "Noor Beispiel")
        for name in ("rate", "rate_unit", "birthdate"):
            with self.assertRaises(AccessError):
                seen.read([name])
            with self.assertRaises(AccessError):
                seen.search([(name, "=", self.noor[name])])
        with self.assertRaises(AccessError):
            seen.write({"phone": "1"})
        for user in (self.reporting_a, self.dpo_a, self.lead_b, self.county_user, self.worker_b):
            with self.assertRaises(AccessError):
                self._as(user)[POOL].browse(self.noor.id).read(["name"])

    def test_who_has_interpreted_is_archived_not_deleted(self):
        other = self._interpreter("Never Asked")
        self._interpreted(self._row(self.noor))
        with self.assertRaisesRegex(UserError, "Archive"):
            self.noor.unlink()
        other.unlink()
        self.noor.action_archive()
        self.assertFalse(self.noor.active)


@tagged("post_install", "-at_install")
class TestNeed(InterpreterCommon):
    """What somebody needs stands on the card: before a consent, and told by the languages."""

    def test_language_is_proposed_if_there_is_one(self):
        self.assertEqual(self.client.interpreter_language_id, self.arabic)
        several = self._client(
            self.worker_a,
            consent=False,
            language_ids=(self.arabic | self.farsi).ids,
            interpreter_needed=True,
        )
        self.assertFalse(several.interpreter_language_id)
        several.write({"interpreter_language_id": self.farsi.id, "interpreter_gender": "female"})
        several.language_ids |= self.tigrinya
        self.assertEqual(several.interpreter_language_id, self.farsi)
        several.interpreter_needed = False
        self.assertFalse(several.interpreter_language_id)
