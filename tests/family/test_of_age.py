from datetime import date

from odoo.tests import tagged

from odoo.addons.integration_management.models.family.client_of_age import of_age_on

from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestOfAge(FamilyCommon):
    """A child comes of age: asked herself, once; a case of her own, with the family, or out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.child.birthdate = cls._born(18)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _filled(self, consent, **values):
        form = self._form("of_age", case_id=self.case.id, client_id=self.child.id)
        form.consent = consent
        for name, value in values.items():
            setattr(form, name, value)
        return form

    def _tile(self):
        self.env.flush_all()
        tile = self.env.ref("integration_management.day_tile_of_age")
        tile = tile.with_env(self._as(self.worker_a))
        tile.invalidate_recordset()
        action = tile.action_open()
        listed = tile.env[action["res_model"]].search(action["domain"])
        self.assertEqual(tile.count, len(listed))
        return listed

    def test_stands_on_my_day_until_she_was_asked(self):
        """The day after the birthday she was gone from the tile, asked or not."""
        for days, listed in ((100, False), (90, True), (0, True), (-1, True), (-400, True)):
            with self.subTest(days=days):
                self.child.birthdate = self._born(18, days)
                self.assertEqual(self.child in self._tile(), listed)
                self.assertEqual(self.child.is_to_decide, days <= 0)
        self._press(self._filled("paper"))
        self.assertNotIn(self.child, self._tile())
        self.assertFalse(self.child.is_to_decide)

    def test_whoever_decided_for_herself_is_not_asked_again(self):
        self.assertNotIn(self.mother, self._tile())
        self.assertFalse(self.mother.decided_by_guardian)
        self.assertTrue(self.child.decided_by_guardian)

    def test_yes_and_a_case_of_her_own(self):
        form = self._filled("paper")
        self.assertEqual(form.outcome, "case")
        self.assertEqual(form.municipality_id, self.town_a)
        message = self._press(form)
        self.assertIn(self.child.file_number, message)
        own = self.child.case_ids
        self.assertEqual((own.state, own.user_id), ("open", self.worker_a))
        self.assertEqual(own.mandate_id, self.case.mandate_id)
        self.assertFalse(self.child.family_case_id)
        event = self.child.consent_ids._last_event("file")
        self.assertFalse(event.guardian_id)
        self.assertTrue(self.child._has_consent("file"))

    def test_what_the_guardians_allowed_and_she_does_not_ends(self):
        self.assertTrue(self.child._has_consent("transfer"))
        self._press(self._filled("paper", outcome="family"))
        self.assertFalse(self.child._has_consent("transfer"))
        self.assertEqual(self.child.family_case_id, self.case)
        self._consent(
            self.child, purpose="transfer", date=self.today, reason="She wants it after all"
        )

    def test_everything_on_paper(self):
        self._press(self._filled("all"))
        for purpose in ("file", "team", "transfer", "messenger", "health"):
            self.assertTrue(self.child._has_consent(purpose), purpose)

    def test_orally_with_a_witness_and_provisionally(self):
        self._press(self._filled("oral", witness="A colleague of the town"))
        self.assertTrue(self.child._has_consent("file"))
        self.assertTrue(self.child.consent_valid_until)

    def test_no_means_out_of_the_file_and_in_the_household(self):
        self._press(self._filled("refused"))
        self.assertEqual(self.child.consent_state, "refused")
        self.assertFalse(self.child.family_case_id)
        self.assertFalse(self.child.case_ids)
        self.assertEqual(self.child.household_id, self.home)
        self.assertTrue(self._reads(self.worker_a, self.child), "nobody else would have the card")
        self.assertNotIn(self.child, self._tile())
        self.assertRefused("consent", self._talk, self.case, self.mother | self.child)
        self.assertRefused("consent", self.child.write, {"occupations": "Baker"})

    def test_not_before_the_birthday(self):
        self.child.birthdate = self._born(18, 1)
        form = self._filled("paper")
        self.assertRefused("counts from", self._press, form)
        self.assertEqual(len(self.child.consent_ids), 2)

    def test_the_worker_is_reminded_once(self):
        self.child.birthdate = self._born(18, 31)
        self.env["integration.client"]._cron_tell_of_age()
        self.assertFalse(self.case.sudo().activity_ids)
        self.child.birthdate = self._born(18, 30)
        self.env["integration.client"]._cron_tell_of_age()
        (task,) = self.case.sudo().activity_ids
        self.assertEqual((task.user_id, task.date_deadline), (self.worker_a, self._born(0, 30)))
        self.assertIn(self.child.file_number, task.summary)
        self.assertNobodyNamed(task.summary)
        self.env["integration.client"]._cron_tell_of_age()
        self.assertEqual(self.case.sudo().activity_ids, task)
        task.unlink()
        self.env["integration.client"]._cron_tell_of_age()
        self.assertFalse(self.case.sudo().activity_ids, "ticked off is ticked off")

    def test_the_task_goes_with_the_answer(self):
        self.env["integration.client"]._cron_tell_of_age()
        self.assertTrue(self.case.sudo().activity_ids)
        self._press(self._filled("paper", outcome="family"))
        self.assertFalse(self.case.sudo().activity_ids)

    def test_the_job_asks_the_same_whoever_many_there_are(self):
        env = self._as(self.worker_a)
        children = env["integration.client"].create(
            [{"name": f"Invented {n}", "birthdate": self._born(18, 5)} for n in range(20)]
        )
        self.case._accompany(children)
        self.env.flush_all()
        self.env["integration.client"]._cron_tell_of_age()
        self.assertEqual(len(self.case.sudo().activity_ids), 21)
        before = self.cr.sql_log_count
        self.env["integration.client"]._cron_tell_of_age()
        self.assertLess(self.cr.sql_log_count - before, 12)

    def test_born_on_29_february(self):
        self.assertEqual(of_age_on(date(2008, 2, 29)), date(2026, 3, 1))
        self.assertEqual(of_age_on(date(2010, 2, 28)), date(2028, 2, 28))
