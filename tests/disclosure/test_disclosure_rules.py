from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import SQL, mute_logger

from .test_release import PDF, DisclosureCommon


@tagged("post_install", "-at_install")
class TestDatedBack(DisclosureCommon):
    """What was told on Friday is entered on Monday, honestly."""

    def _counts(self):
        self.env.flush_all()
        rows = self._as(self.lead_a)["integration.disclosure.exception"].search([])
        return {row.exception: row.count for row in rows}

    def test_within_a_week_by_a_release_that_holds(self):
        release = self._release()
        entry = self._disclose(release_id=release.id, date=self.today - timedelta(days=7))
        self.assertFalse(entry.late)
        self.assertEqual(self._counts(), {})

    def test_later_needs_a_reason_and_counts(self):
        release, day = self._release(), self.today - timedelta(days=8)
        for values in ({"release_id": release.id}, {"basis": "present"}):
            with self.assertRaisesRegex(UserError, "only now"), self.cr.savepoint():
                self._disclose(date=day, **values)
            entry = self._disclose(date=day, reason="The letter lay in the drawer", **values)
            self.assertEqual(entry.late, "late")
        self.assertEqual(self._counts(), {"late": 2})

    def test_after_the_end_needs_a_reason_and_counts(self):
        day = self.today - timedelta(days=2)
        for release in (
            self._release(withdrawn_on=self.today),
            self._release(valid_until=self.today - timedelta(days=1)),
        ):
            with self.assertRaisesRegex(UserError, "only now"), self.cr.savepoint():
                self._disclose(release_id=release.id, date=day)
            entry = self._disclose(release_id=release.id, date=day, reason="Told on Friday")
            self.assertEqual((entry.late, entry.kind_codes), ("ended", "housing"))
            with self.assertRaisesRegex(UserError, "data protection"), self.cr.savepoint():
                self._disclose(
                    release_id=release.id,
                    date=self.today - timedelta(days=8),
                    reason="Told long ago",
                )
        self.assertEqual(self._counts(), {"ended": 2})

    def test_exception_counts_once_by_what_weighs_more(self):
        self._disclose(basis="duty", reason="Law", date=self.today - timedelta(days=30))
        self.assertEqual(self._counts(), {"duty": 1})

    def test_form_asks_for_the_reason(self):
        release = self._release(withdrawn_on=self.today)
        form = Form(self.register.with_context(default_client_id=self.client_a.id))
        form.release_id = release
        form.date = self.today - timedelta(days=1)
        self.assertEqual(form.late, "ended")
        with self.assertRaises(AssertionError):
            form.save()
        form.reason = "Told yesterday"
        self.assertEqual(form.save().late, "ended")

    def test_nobody_says_that_it_is_not_late(self):
        values = {"basis": "present", "reason": "Forgotten", "date": self.today - timedelta(20)}
        with self.assertRaises(UserError), self.cr.savepoint():
            self._disclose(late=False, **values)
        forged = self.register.with_context(default_late=False).create(
            {
                "client_id": self.client_a.id,
                "recipient_name": "X",
                **values,
                "kind_ids": [Command.set(self.housing.ids)],
            }
        )
        self.assertEqual(forged.late, "late")

    def test_entry_without_kinds_is_refused_in_words(self):
        with self.assertRaisesRegex(ValidationError, f"{self.client_a.file_number}.*at least one"):
            self.register.create(
                {"client_id": self.client_a.id, "recipient_name": "X", "basis": "present"}
            )

    def test_update_does_not_call_old_entries_late(self):
        """A column that an update adds is filled for what was entered promptly years ago."""
        told = self.today - timedelta(days=400)
        entry = self.register.new({"basis": "present", "date": told})
        self.assertEqual(entry.late, "late")
        entry.create_date = told + timedelta(days=2)
        entry._compute_late()
        self.assertFalse(entry.late)

    def test_day_of_entry_cannot_come_with_a_request(self):
        entered = self.register.with_context(integration_entry_day=self.today - timedelta(days=29))
        with self.assertRaises(UserError):
            entered.create(
                {
                    "client_id": self.client_a.id,
                    "recipient_name": "X",
                    "basis": "present",
                    "kind_ids": [Command.set(self.housing.ids)],
                    "date": self.today - timedelta(30),
                }
            )


@tagged("post_install", "-at_install")
class TestReleaseRules(DisclosureCommon):
    """What a release covers is what was signed, and what was signed is proven."""

    def test_special_categories_expressly(self):
        kinds = [Command.set(self.health.ids)]
        with self.assertRaisesRegex(UserError, "expressly"), self.cr.savepoint():
            self._disclose(basis="present", kind_ids=kinds)
        self._disclose(basis="present", kind_ids=kinds, special_agreed=True)
        self._disclose(basis="emergency", kind_ids=kinds, reason="Ambulance")
        release = self._release(kind_ids=kinds, special_agreed=True)
        self._disclose(release_id=release.id, kind_ids=kinds)

    def test_withdrawal_comes_after_the_signature(self):
        release = self._release()
        with self.assertRaises(ValidationError), self.cr.savepoint():
            release.withdrawn_on = self.today - timedelta(days=11)
        release.withdrawn_on = self.today - timedelta(days=10)

    def test_old_signature_needs_the_paper(self):
        day = self.today - timedelta(days=15)
        with self.assertRaisesRegex(ValidationError, "signed paper"), self.cr.savepoint():
            self._release(date_signed=day)
        self.assertEqual(self._release(date_signed=day, attachment=PDF).state, "valid")
        draft = self._release(signed=False)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            draft.date_signed = day
        draft.write({"date_signed": day, "attachment": PDF})

    def test_signature_before_the_first_consent(self):
        with self.assertRaisesRegex(ValidationError, "before the client agreed"):
            self._release(date_signed=self.today - timedelta(days=101), attachment=PDF)

    def test_only_what_was_signed_for(self):
        """An own kind that borrows the code of a shared one is another kind."""
        release = self._release()
        own = self.housing.create(
            {"name": "Everything", "code": "housing", "company_id": self.company_a.id}
        )
        with self.assertRaises(UserError), self.cr.savepoint():
            self._disclose(release_id=release.id, kind_ids=[Command.set(own.ids)])
        # Anyone who takes the guard away for a moment widens nothing either
        field = release._fields["kind_ids"]
        self.env.flush_all()
        release.sudo()._drop_guard()
        self.cr.execute(
            SQL(
                "INSERT INTO %s (%s, %s) VALUES (%s, %s)",
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
                SQL.identifier(field.column2),
                release.id,
                self.finance.id,
            )
        )
        self.env.invalidate_all()
        self.assertIn(self.finance, release.kind_ids)
        with self.assertRaises(UserError):
            self._disclose(release_id=release.id, kind_ids=[Command.set(self.finance.ids)])


@tagged("post_install", "-at_install")
class TestDirectory(DisclosureCommon):
    """The directory: what papers name stays what it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.services = cls.env["integration.service"]
        cls.doctors = cls.services.create({"name": "Doctors", "kind": "category"})
        cls.surgery = cls.services.create(
            {"name": "Dr. Example", "kind": "person", "category_id": cls.doctors.id}
        )
        cls.office = cls.services.create({"name": "Foreigners' Office"})

    def test_picking_fills_name_and_kind(self):
        form = Form(self.releases.with_context(default_client_id=self.client_a.id))
        form.service_id = self.surgery
        self.assertEqual((form.recipient_name, form.recipient_kind), ("Dr. Example", "person"))
        release = self._release(
            service_id=self.surgery.id, recipient_name="Dr. Example", recipient_kind="person"
        )
        form = Form(self.register.with_context(default_client_id=self.client_a.id))
        form.release_id = release
        self.assertEqual(form.save().service_id, self.surgery)
        values = {
            "client_id": self.client_a.id,
            "purpose": "Vaccination",
            "kind_ids": [Command.set(self.housing.ids)],
            "valid_until": self.today,
        }
        created = self.releases.create({**values, "service_id": self.office.id})
        self.assertEqual(created.recipient_name, "Foreigners' Office")
        created.write({"service_id": self.surgery.id})
        self.assertEqual(
            (created.recipient_name, created.recipient_kind), ("Dr. Example", "person")
        )
        with self.assertRaises(ValidationError):
            self.releases.create(
                {**values, "service_id": self.office.id, "recipient_name": "Somebody Else"}
            )

    def test_category_covers_its_members(self):
        release = self._release(
            recipient_name="Doctors", recipient_kind="category", service_id=self.doctors.id
        )
        entry = self._disclose(
            release_id=release.id,
            service_id=self.surgery.id,
            recipient_name="Dr. Example",
            recipient_kind="person",
        )
        self.assertEqual(entry.recipient_category, "Doctors")
        once = self._disclose(
            release_id=release.id,
            recipient_name="Dr. Once",
            recipient_kind="person",
            recipient_category="Doc\u200btors ",
        )
        self.assertFalse(once.service_id)
        form = Form(self.register.with_context(default_client_id=self.client_a.id))
        form.release_id = release
        self.assertEqual(form.recipient_category, "Doctors")
        landlord = self.services.create(
            {
                "name": "Mr. Landlord",
                "kind": "person",
                "category_id": self.services.create({"name": "Landlords", "kind": "category"}).id,
            }
        )
        entry_vals = {
            "client_id": self.client_a.id,
            "release_id": release.id,
            "kind_ids": [Command.set(self.housing.ids)],
        }
        for values in (
            {"recipient_name": "Somebody"},
            {"recipient_name": "Doctors", "recipient_category": "Doctors"},
            {"service_id": landlord.id},
            {"service_id": self.doctors.id},
            {
                "recipient_name": "Mr. Landlord",
                "recipient_kind": "person",
                "recipient_category": "Doctors",
            },
        ):
            with self.assertRaises(UserError, msg=values), self.cr.savepoint():
                self.register.create({**entry_vals, **values})

    def test_named_in_a_paper_is_archived_not_deleted(self):
        self._release(
            service_id=self.surgery.id, recipient_name="Dr. Example", recipient_kind="person"
        )
        self._release(recipient_name="foreigners' office", signed=False)
        for row in (self.surgery, self.office, self.doctors):
            for user in (None, self.env.ref("base.user_admin")):
                with self.assertRaisesRegex(UserError, "Archive"), self.cr.savepoint():
                    (row.with_user(user) if user else row).sudo().unlink()
            for vals in ({"name": "Somebody Else"}, {"kind": "organisation"}, {"code": "other"}):
                if row[next(iter(vals))] != next(iter(vals.values())):
                    with self.assertRaises(UserError), self.cr.savepoint():
                        row.write(vals)
        self.surgery.write({"phone": "030 23125 099", "active": False})
        unused = self.services.create({"name": "Unused"})
        unused.name = "Still Unused"
        unused.unlink()

    def test_database_keeps_what_a_release_refers_to(self):
        self._release(
            service_id=self.surgery.id, recipient_name="Dr. Example", recipient_kind="person"
        )
        self.env.flush_all()
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(flush=False),
        ):
            self.cr.execute(SQL("DELETE FROM integration_service WHERE id = %s", self.surgery.id))

    def test_rows(self):
        self.assertEqual(self.office.code, "foreigners_office")
        self.assertEqual(
            self.office.copy({"name": "Foreigners Office"}).code, "foreigners_office_copy"
        )
        self.assertEqual(
            self.services.create({"name": "Foreigners Office"}).code, "foreigners_office_2"
        )
        for vals in (
            {"name": "  "},
            {"name": "X", "category_id": self.office.id},
            {"name": "X", "kind": "category", "category_id": self.doctors.id},
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.services.create(vals)
        with self.assertRaises(UserError):
            self.doctors.kind = "organisation"

    def test_own_rows_of_another_employer(self):
        foreign = self.services.create({"name": "Theirs", "company_id": self.company_b.id})
        self.assertFalse(
            self._as(self.worker_a)["integration.service"].search([("id", "=", foreign.id)])
        )
        with self.assertRaises(UserError):
            self._release(service_id=foreign.id, recipient_name="Theirs")
