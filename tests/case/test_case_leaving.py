from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestCaseLeaving(IntegrationCommon):
    """Who leaves hands over; what ends, ends with everything that was planned."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._client(cls.worker_a, "Invented Person")
        cls._agree_beside_file(cls.client)
        cls.case = cls._case(cls.client)
        cls.deputy = cls._new_user("deputy_a", f"{MODULE}.group_caseworker", cls.company_a)

    def _planned(self, user, **values):
        return self.case.sudo().activity_schedule(
            "mail.mail_activity_data_meeting",
            date_deadline=self.today + timedelta(days=3),
            user_id=user.id,
            **values,
        )

    def test_nobody_leaves_with_open_cases(self):
        appointment = self._planned(self.worker_a)
        worker = self.env["res.users"].browse(self.worker_a.id)
        for leave in (worker.action_archive, lambda: worker.write({"active": False})):
            with self.assertRaises(ValidationError) as refused:
                leave()
            self.assertIn(self.client.file_number, str(refused.exception))
            self.assertNotIn("Invented Person", str(refused.exception))
        self.assertTrue(appointment.exists())
        self.case.with_env(self._as(self.lead_a))._transfer(self.colleague_a, "Leaves the town")
        worker.action_archive()
        self.assertFalse(worker.active)
        self.assertEqual(appointment.exists().user_id, self.colleague_a)

    def test_what_a_deputy_planned_stays_planned(self):
        deputy = self.env["res.users"].browse(self.deputy.id)
        for leave in (deputy.action_archive, lambda: deputy.write({"active": False})):
            appointment = self._planned(self.deputy)
            leave()
            self.assertEqual(appointment.exists().user_id, self.worker_a)
            deputy.active = True

    def _close(self, case, reason="goals_reached", days_ago=0):
        dialog = case.env["integration.case.close"].create(
            {
                "case_id": case.id,
                "date_end": self.today - timedelta(days=days_ago),
                "closure_reason_id": self.env.ref(f"{MODULE}.closure_reason_{reason}").id,
            }
        )
        dialog.action_close()
        return dialog

    def test_closing_ends_what_is_planned_and_says_so_before(self):
        self._planned(self.worker_a, summary="Next appointment")
        dialog = self.case.env["integration.case.close"].new({"case_id": self.case.id})
        self.assertIn("Next appointment", dialog.planned)
        self._close(self.case)
        self.assertFalse(self.case.activity_ids)

    def test_recipients_are_told_even_after_the_end(self):
        kind = f"{MODULE}.mail_activity_type_recipients"
        self.case.sudo().activity_schedule(kind, user_id=self.worker_a.id)
        self._close(self.case)
        self.assertEqual(self.case.activity_ids.activity_type_id, self.env.ref(kind))

    def test_no_talk_names_the_dead(self):
        widow = self._client(self.worker_a, "Invented Widow")
        self._household(self.client, widow)
        family = self._case(widow)
        self._close(self.case, "death", days_ago=5)
        self._talk(family, widow | self.client, days_ago=6)
        with self.assertRaises(UserError) as refused:
            self._talk(family, widow | self.client, days_ago=2)
        self.assertIn(self.client.file_number, str(refused.exception))
        talk = self._talk(family, widow, days_ago=2)
        with self.assertRaises(UserError):
            talk.client_ids |= self.client
