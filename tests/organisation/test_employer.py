from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_master import MasterCommon

# A white one
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII="
)


@tagged("post_install", "-at_install")
class TestEmployer(MasterCommon):
    def test_employer_has_branches_that_are_none(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.town.id})
        below = self.env["res.company"].create({"name": "Office", "parent_id": branch.id})
        self.assertEqual(below.parent_ids, self.town | branch | below)
        for company in (branch, below):
            with self.assertRaisesRegex(UserError, "branch of"), self.cr.savepoint():
                company.integration_employer_type = "agency"
        with self.assertRaisesRegex(UserError, "branch of"), self.cr.savepoint():
            self.env["res.company"].create(
                {
                    "name": "Another",
                    "parent_id": below.id,
                    "integration_employer_type": "municipality",
                }
            )

    def test_employer_is_a_branch_of_a_company_that_is_none(self):
        parent = self.env["res.company"].create({"name": "Holding"})
        branches = self.env["res.company"].create(
            [{"name": name, "parent_id": parent.id} for name in ("Branch", "Sister")]
        )
        branches.integration_employer_type = "agency"
        with self.assertRaisesRegex(UserError, "branch of"), self.cr.savepoint():
            parent.integration_employer_type = "agency"
        with self.assertRaisesRegex(UserError, "branch of"), self.cr.savepoint():
            parent.active = False
            parent.integration_employer_type = "agency"

    def test_address_and_logo_are_set_without_settings_rights(self):
        with Form(self.env["integration.employer.settings"].with_user(self.admin)) as form:
            form.email = "office@example.com"
            form.logo = PIXEL
        form.record.action_save()
        self.assertEqual(self.town.email, "office@example.com")
        self.assertTrue(self.town.logo)
        with Form(self.env["integration.employer.settings"].with_user(self.admin)) as form:
            self.assertEqual(form.email, "office@example.com")
            self.assertTrue(form.logo)
        self.assertDenied(self.town.with_user(self.admin).write, {"email": "x@example.com"})

    def test_ordinary_companies_keep_their_branches(self):
        parent = self.env["res.company"].create({"name": "Holding"})
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": parent.id})
        self.assertEqual(parent.child_ids, branch)

    def test_defaults(self):
        self.assertRecordValues(
            self.env["res.company"].create({"name": "New"}),
            [
                {
                    "integration_employer_type": False,
                    "integration_consent_oral_days": 14,
                    "integration_show_cards": True,
                    "integration_small_number": 5,
                }
            ],
        )

    def test_company_form_of_the_system_administrator(self):
        with Form(self.env["res.company"]) as form:
            form.name = "New employer"
            form.integration_employer_type = "agency"
        self.assertEqual(form.record.integration_employer_type, "agency")

    def test_limits_of_the_settings(self):
        for name, value in (
            ("integration_small_number", 2),
            ("integration_consent_oral_days", -1),
            ("integration_consent_oral_days", 91),
        ):
            with (
                self.subTest(name, value=value),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.town[name] = value
                self.town.flush_recordset()

    def test_admin_edits_the_settings_of_the_own_employer(self):
        with Form(self.env["integration.employer.settings"].with_user(self.admin)) as form:
            self.assertEqual(form.integration_employer_type, "municipality")
            form.integration_employer_type = "association"
            form.integration_small_number = 7
            form.integration_show_cards = False
        form.record.action_save()
        self.assertRecordValues(
            self.town,
            [
                {
                    "integration_employer_type": "association",
                    "integration_consent_oral_days": 14,
                    "integration_show_cards": False,
                    "integration_small_number": 7,
                }
            ],
        )

    def test_admin_has_no_other_way_to_the_company(self):
        self.assertDenied(self.town.with_user(self.admin).write, {"name": "x"})
        self.assertDenied(self.town.with_user(self.admin).write, {"integration_small_number": 7})

    def test_settings_of_another_employer(self):
        settings = self.env["integration.employer.settings"].with_user(self.admin)
        with self.assertRaises(AccessError):
            settings.create(
                {"company_id": self.agency.id, "integration_employer_type": "county"}
            ).action_save()
        self.assertEqual(self.agency.integration_employer_type, "agency")

    def test_dialog_of_another_administrator(self):
        settings = self.env["integration.employer.settings"].with_user(self.admin).create({})
        self.assertDenied(settings.with_user(self.agency_admin).action_save)

    def test_others_cannot_open_the_settings(self):
        for user in (self.worker, self.coordinator):
            self.assertDenied(self.env["integration.employer.settings"].with_user(user).create, {})
