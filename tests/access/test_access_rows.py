from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestAccessRows(IntegrationCommon):
    """Team, deputy, emergency; what is lost with an entry; who can see a file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a, "Shared Person")
        cls.case = cls._case(cls.client_a)
        cls._talk(cls.case)
        cls.note = cls.case.env["integration.note"].create(
            {"case_id": cls.case.id, "body": "Plain words"}
        )

    def _share(self, user=None, **values):
        env = self._as(user or self.worker_a)
        wizard = env["integration.case.share"].create(
            {
                "case_id": self.case.id,
                "user_id": self.colleague_a.id,
                "kind": "deputy",
                "date_to": self.today + timedelta(days=3),
                **values,
            }
        )
        return wizard.action_share()

    def _sees(self, user):
        self.env.invalidate_all()
        return bool(self._as(user)["integration.note"].search([("id", "=", self.note.id)]))

    def test_sharing_needs_its_own_consent(self):
        with self.assertRaisesRegex(UserError, self.client_a.file_number):
            self._share()
        self.assertFalse(self._sees(self.colleague_a))
        self._consent(self.client_a, purpose="team")
        self._share()
        self.assertTrue(self._sees(self.colleague_a))

    def test_deputy_begins_and_ends_by_itself(self):
        self._consent(self.client_a, purpose="team")
        self._share(date_from=self.today + timedelta(days=1))
        self.assertFalse(self._sees(self.colleague_a), "not before the first day")
        entry = self.case.sudo().access_ids.filtered(lambda e: e.kind == "deputy")
        entry.date_from = fields.Datetime.now() - timedelta(days=2)
        self.assertTrue(self._sees(self.colleague_a))
        entry.date_until = fields.Datetime.now() - timedelta(seconds=1)
        self.assertFalse(self._sees(self.colleague_a))

    def test_withdrawing_the_purpose_ends_sharing_at_once(self):
        self._consent(self.client_a, purpose="team")
        self._share(kind="team", date_to=False)
        self.assertTrue(self._sees(self.colleague_a))
        self._consent(self.client_a, "withdrawn", purpose="team")
        self.assertFalse(self._sees(self.colleague_a))
        self.assertTrue(self._sees(self.worker_a))

    def test_who_may_share_and_with_whom(self):
        self._consent(self.client_a, purpose="team")
        with self.assertRaises(AccessError):
            self._share(self.colleague_a)
        with self.assertRaises(AccessError):
            self._share(user_id=self.worker_b.id)
        with self.assertRaises(UserError):
            self._share(date_to=False)
        with self.assertRaises(UserError):
            self._share(date_to=self.today - timedelta(days=1))
        self._share(self.lead_a)
        self.assertTrue(self._sees(self.colleague_a))
        self.assertFalse(self._sees(self.lead_a), "sharing opens nothing to the lead")

    def test_all_cases_of_an_absent_worker(self):
        self._consent(self.client_a, purpose="team")
        other = self._client(self.worker_a, "Without Sharing")
        other_case = self._case(other)
        result = self._share(self.lead_a, case_id=False, absent_user_id=self.worker_a.id)
        self.assertIn(other.file_number, result["params"]["message"])
        cases = self._as(self.colleague_a)["integration.case"].search([])
        self.assertEqual(cases.ids, self.case.ids)
        self.assertNotIn(other_case.id, cases.ids)

    def test_emergency_access(self):
        env = self._as(self.colleague_a)
        number = self.client_a.file_number
        with self.assertRaises(UserError):
            env["integration.case.glass"].create(
                {"file_number": number, "reason": "x"}
            ).action_break()
        env["integration.case.glass"].create(
            {"file_number": number, "reason": "Acute danger, worker on leave"}
        ).action_break()
        self.assertTrue(self._sees(self.colleague_a))
        entry = self.case.sudo().access_ids.filtered(lambda e: e.kind == "glass")
        self.assertAlmostEqual(
            entry.date_until,
            fields.Datetime.now() + timedelta(hours=24),
            delta=timedelta(minutes=1),
        )
        told = self.env["mail.activity"].search([("summary", "like", number)])
        self.assertEqual(told.user_id, self.lead_a | self.dpo_a)
        self.assertNotIn("Shared Person", str(told.mapped("summary")))
        glass_b = self._as(self.worker_b)["integration.case.glass"]
        with self.assertRaises(UserError):
            glass_b.create(
                {"file_number": number, "reason": "Curious about this file"}
            ).action_break()
        for user in (self.dpo_a, self.admin_a, self.county_user, self.employee):
            with self.assertRaises(AccessError):
                self._as(user)["integration.case.glass"].create(
                    {"file_number": number, "reason": "Curious about this file"}
                )

    def test_losing_access_is_complete(self):
        self.case.activity_schedule(
            "mail.mail_activity_data_todo", summary="Call back", user_id=self.worker_a.id
        )
        dialog = self.case.env["integration.contact.quick"].create(
            {"case_id": self.case.id, "channel_id": self.home_visit.id, "note": "Half a sentence"}
        )
        consent = self.client_a.consent_ids[:1]
        attachment = self.env["ir.attachment"].create(
            {"name": "scan.pdf", "raw": b"scan", "res_model": consent._name, "res_id": consent.id}
        )
        mine = self._as(self.worker_a)
        self.assertTrue(mine["ir.attachment"].search([("id", "=", attachment.id)]))
        talks = mine["integration.contact"].search_count([])
        self._as(self.lead_a)["integration.case"].browse(self.case.id).user_id = self.colleague_a
        self.env.invalidate_all()
        self.assertFalse(dialog.sudo().exists())
        self.assertEqual(self.case.sudo().activity_ids.user_id, self.colleague_a)
        for model in (
            "integration.case",
            "integration.client",
            "integration.contact",
            "integration.contact.person",
            "integration.note",
            "integration.consent",
        ):
            self.assertFalse(mine[model].search([]), model)
        self.assertFalse(mine["ir.attachment"].search([("id", "=", attachment.id)]))
        self.assertFalse(mine["mail.activity"].search([("res_model", "=", "integration.case")]))
        self.assertFalse(mine["mail.message"].search([("model", "like", "integration.%")]))
        held = self.env["integration.contact"].search_count([("user_id", "=", self.worker_a.id)])
        self.assertEqual(held, talks, "past figures stay hers")

    def test_change_of_role_acts_at_once(self):
        self.assertTrue(self._sees(self.worker_a))
        self.worker_a.group_ids -= self.env.ref("integration_management.group_caseworker")
        with self.assertRaises(AccessError):
            self._sees(self.worker_a)

    def test_who_can_see_this_file(self):
        self._consent(self.client_a, purpose="team")
        self._share()
        for user in (self.lead_a, self.dpo_a):
            wizard = self._as(user)["integration.case.visibility"].create(
                {"file_number": self.client_a.file_number}
            )
            wizard.action_show()
            content = {line.user_id: line.content for line in wizard.line_ids}
            self.assertEqual(
                content,
                {
                    self.worker_a: True,
                    self.colleague_a: True,
                    self.lead_a: False,
                    self.dpo_a: False,
                },
            )
        with self.assertRaises(AccessError):
            self._as(self.worker_a)["integration.case.visibility"].create({"file_number": "x"})

    def test_cards_of_colleagues_follow_the_setting(self):
        cards = self._as(self.colleague_a)["integration.client.card"]
        self.assertEqual(cards.search([]).mapped("name"), ["Shared Person"])
        self.company_a.integration_show_cards = False
        self.env.invalidate_all()
        self.assertFalse(cards.search([]))
        self.assertTrue(self._as(self.lead_a)["integration.client.card"].search([]))
        self.assertFalse(self._as(self.worker_b)["integration.client.card"].search([]))


@tagged("post_install", "-at_install")
class TestAccessLog(IntegrationCommon):
    """What is logged, what is not, and who reads it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a, "Logged Person")
        cls.case = cls._case(cls.client_a)

    def _logged(self):
        """Return what the current transaction would write on commit."""
        pending = self.env.cr.postcommit.data.get("integration_access_log", {})
        return [key[1] for key in pending]

    def setUp(self):
        super().setUp()
        self.env.cr.postcommit.clear()
        self.env.cr.postcommit.data.clear()

    def test_opening_is_logged_once_and_lists_are_not(self):
        cases = self.case.env["integration.case"]
        cases.web_search_read([], {"file_number": {}})
        cases.web_read_group(
            [],
            ["stage_id"],
            ["__count"],
            auto_unfold=True,
            unfold_read_specification={"file_number": {}},
        )
        self.assertEqual(self._logged(), [])
        self.case.web_read({"file_number": {}, "contact_ids": {}})
        self.case.web_read({"file_number": {}, "contact_ids": {}})
        self.assertEqual(self._logged(), ["open"])

    def test_a_forged_context_hides_nothing(self):
        self.case.with_context(integration_in_list=True).web_read({"contact_ids": {}})
        self.assertEqual(self._logged(), ["open"])

    def test_search_export_and_cards(self):
        self.case.env["integration.client"].search([("name", "ilike", "logged")])
        self.case.env["integration.case"].search([("client_id.complete_name", "ilike", "x")])
        self.assertEqual(self._logged(), ["search"])
        self.worker_a.group_ids += self.env.ref("base.group_allow_export")
        self.client_a.export_data(["file_number"])
        self._as(self.colleague_a)["integration.client.card"].search([("name", "ilike", "x")])
        self.assertEqual(sorted(self._logged()), ["card", "export", "search"])

    def test_printing_is_logged(self):
        plan = self.case.env["integration.plan"].create({"case_id": self.case.id})
        self.case.env["report.integration_management.integration_plan_sheet"]._get_report_values(
            plan.ids
        )
        self.assertEqual(self._logged(), ["print"])

    def test_read_by_data_protection_only_and_of_the_own_employer(self):
        log = self.env["integration.access.log"]
        log.create(
            {
                "user_id": self.worker_a.id,
                "company_id": self.company_a.id,
                "kind": "open",
                "date_hour": fields.Datetime.now(),
                "count": 1,
                "file_number": self.client_a.file_number,
            }
        )
        self.assertTrue(self._as(self.dpo_a)["integration.access.log"].search([]))
        for user in (self.worker_a, self.lead_a, self.admin_a, self.county_user, self.employee):
            with self.assertRaises(AccessError):
                self._as(user)["integration.access.log"].search([])
        foreign = self._new_user("dpo_b", "integration_management.group_dpo", self.company_b)
        self.assertFalse(self._as(foreign)["integration.access.log"].search([]))
        with self.assertRaises(AccessError):
            self._as(self.dpo_a)["integration.access.log"].search([]).unlink()

    def test_old_entries_are_cleaned(self):
        log = self.env["integration.access.log"]
        vals = {
            "user_id": self.worker_a.id,
            "company_id": self.company_a.id,
            "kind": "open",
            "count": 1,
        }
        old, new = log.create(
            [
                dict(vals, date_hour=fields.Datetime.now() - timedelta(days=400)),
                dict(vals, date_hour=fields.Datetime.now()),
            ]
        )
        log._gc_old_entries()
        self.assertFalse(old.exists())
        self.assertTrue(new.exists())


@tagged("post_install", "-at_install")
class TestUserRoles(IntegrationCommon):
    """The administrator's own dialog for users and roles."""

    def _wizard(self, user=None, **values):
        return self._as(user or self.admin_a)["integration.user.roles"].create(values)

    def test_new_worker_and_change_of_roles(self):
        self._wizard(name="New Worker", login="new@example.com", caseworker=True).action_save()
        user = self.env["res.users"].search([("login", "=", "new@example.com")])
        self.assertEqual(user.company_ids, self.company_a)
        self.assertTrue(user.has_group("integration_management.group_caseworker"))
        wizard = self._wizard(user_id=user.id)
        self.assertTrue(wizard.caseworker)
        wizard.caseworker = False
        wizard.dpo = True
        wizard.action_save()
        self.assertFalse(user.has_group("integration_management.group_caseworker"))
        self.assertTrue(user.has_group("integration_management.group_dpo"))

    def test_only_own_users_and_no_system_administrators(self):
        for user in (self.worker_b, self.env.ref("base.user_admin"), self.portal):
            with self.assertRaises(AccessError, msg=user.login):
                self._wizard(user_id=user.id, lead=True).action_save()
        with self.assertRaises(AccessError):
            self._wizard(self.worker_a, name="x", login="x@example.com")
        with self.assertRaises(UserError):
            self._wizard(name="Twice", login="worker_a").action_save()
