from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..common import MODULE
from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestPeopleWaysRound(FamilyCommon):
    """Second presses, former households, changed languages: what an everyday form meets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a, "Ghezae Erfunden")

    def test_changed_language_overlaps_as_well(self):
        levels = self.client_a.env["integration.language.level"]
        arabic = self.env.ref(f"{MODULE}.language_ar")
        levels.create({"client_id": self.client_a.id, "level": "a2", "date_from": self._ago(9)})
        other = levels.create(
            {
                "client_id": self.client_a.id,
                "level": "c1",
                "language_id": arabic.id,
                "date_from": self._ago(9),
            }
        )
        with self.assertRaises(ValidationError):
            other.language_id = self.env.ref(f"{MODULE}.language_de")

    def test_separation_does_not_prolong_what_has_ended(self):
        home = self.client_a.env["integration.household"].create({})
        member = self.client_a.env["integration.household.member"].create(
            {
                "household_id": home.id,
                "client_id": self.client_a.id,
                "date_from": self._ago(90),
                "date_to": self._ago(30),
            }
        )
        member.action_separate()
        self.assertEqual(member.date_to, self._ago(30))

    def test_new_tenant_of_the_former_household_is_no_guardian(self):
        child, mother, tenant = self._clients(
            self.worker_a, "Liya Erfunden", "Hana Erfunden", "Oksana Musterova"
        )
        child.birthdate = self._born(7)
        old, new = child.env["integration.household"].create([{}, {}])
        child.env["integration.household.member"].create(
            [
                {
                    "household_id": home.id,
                    "client_id": client.id,
                    "date_from": self._ago(start),
                    "date_to": end and self._ago(end),
                }
                for home, client, start, end in (
                    (old, child, 300, 20),
                    (old, mother, 300, 20),
                    (new, child, 19, None),
                    (new, mother, 19, None),
                    (old, tenant, 10, None),
                )
            ]
        )
        self.assertEqual(child._possible_guardians(self._ago(30)), mother)

    def test_turned_eighteen_since_the_talk(self):
        wizard = self._wizard(
            {"name": "Hana Erfunden"},
            {"name": "Liya Erfunden", "birthdate": self._born(18, 1)},
            date=self._ago(3),
            date_start=self._ago(3),
        )
        case = wizard.env["integration.case"].browse(wizard.action_save()["res_id"])
        self.assertEqual(self._family(case).mapped("consent_state"), ["given"] * 2)

    def test_a_family_is_entered_once(self):
        wizard = self._wizard({"name": "Hana Erfunden"})
        answer = wizard.action_save()
        before = self._counts()
        self.assertEqual(wizard.action_save()["res_id"], answer["res_id"], "its case is opened")
        self.assertEqual(self._counts(), before)

    def test_own_case_unticked_before_consent(self):
        form = Form(self._as(self.worker_a)["integration.family.new"])
        with form.line_ids.new() as line:
            line.name = "Sami Beispiel"
            line.has_case = False
            line.consent = "paper"
            self.assertFalse(line.has_case)

    def test_job_between_22_and_24_utc(self):
        status = self.env.ref(f"{MODULE}.residence_status_refugee")
        self.client_a.env["integration.residence"].create(
            {"client_id": self.client_a.id, "status_id": status.id, "date_from": self._ago(-1)}
        )
        self.env.flush_all()
        with freeze_time(f"{self.today} 23:30:00"):
            self.env["integration.client"]._cron_refresh_current_values()
            self.env.invalidate_all()
            self.assertEqual(self.client_a.residence_status_id.id, status.id)

    def test_invisible_sign_makes_no_other_name(self):
        (child,) = self._clients(self.worker_a, "Jürgen Erfunden", birthdate=self._born(7))
        for name in ("Ju\u0308rgen Erfunden", "J\u00fcr\u200bgen Erfunden"):
            with self.subTest(name):
                self.assertTrue(child._is_called(name))

    def test_a_member_is_added_in_the_form_of_an_empty_household(self):
        home = self.client_a.env["integration.household"].create({})
        self.env.flush_all()
        self.env.invalidate_all()
        line = {"client_id": self.client_a.id}
        home.web_save({"member_ids": [[0, "virtual_1", line]]}, {"member_ids": {}})

    def test_members_join_one_after_the_other(self):
        home = self.client_a.env["integration.household"].create({})
        other = self._client(self.worker_a, "Second Erfunden")
        for client in (self.client_a, other):
            home.env["integration.household.member"].create(
                {"household_id": home.id, "client_id": client.id}
            )

    def test_the_same_employer_may_be_repeated(self):
        self.env.flush_all()
        self.env.invalidate_all()
        self.client_a.write({"company_id": self.company_a.id})
        self.env.flush_all()

    def test_the_last_one_leaves(self):
        home = self.client_a.env["integration.household"].create({})
        member = home.env["integration.household.member"].create(
            {"household_id": home.id, "client_id": self.client_a.id}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        member.action_separate()
        home.web_read({"member_ids": {}})

    def test_year_of_the_number_is_berlins(self):
        with freeze_time("2025-12-31 23:30:00"):
            client = self._client(self.worker_a, "Farid Beispiel", consent=False)
        self.assertEqual(client.file_number[:4], "2026")

    def test_archived_client_is_refreshed(self):
        status = self.env.ref(f"{MODULE}.residence_status_refugee")
        self.client_a.env["integration.residence"].create(
            {
                "client_id": self.client_a.id,
                "status_id": status.id,
                "date_from": self._ago(9),
                "date_to": self.today,
            }
        )
        self.client_a.active = False
        self.env.flush_all()
        with freeze_time(f"{self._ago(-1)} 01:00:00"):
            self.env["integration.client"]._cron_refresh_current_values()
        self.client_a.active = True
        self.env.flush_all()
        with freeze_time(f"{self._ago(-20)} 01:00:00"):
            self.env["integration.client"]._cron_refresh_current_values()
            self.env.invalidate_all()
            self.assertFalse(self.client_a.residence_status_id)

    def test_job_ends_a_membership_by_the_day_of_berlin(self):
        home = self.client_a.env["integration.household"].create({})
        member = self.client_a.env["integration.household.member"].create(
            {
                "household_id": home.id,
                "client_id": self.client_a.id,
                "date_from": self._ago(9),
                "date_to": self.today,
            }
        )
        self.env.flush_all()
        with freeze_time(f"{self.today} 23:30:00"):
            self.env["integration.client"]._cron_refresh_current_values()
            self.env.invalidate_all()
            self.assertFalse(self.client_a.household_id, member)
