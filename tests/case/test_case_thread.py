from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .case_common import CaseCommon

LETTER = "mail.mail_activity_data_todo"

WORDS = "Words"


@tagged("post_install", "-at_install")
class TestCaseThread(CaseCommon):
    """A case has tasks but no message history: a message stays readable when the file is lost.

    Nothing is posted, tracked or mailed, and nobody follows; a task shows the number alone.
    """

    def _messages(self):
        self.env.flush_all()
        return self.env["mail.message"].search_count([("model", "=", "integration.case")])

    def _mails(self):
        return self.env["mail.mail"].search_count([])

    def _task(self, user=None, **values):
        return self.case.activity_schedule(
            LETTER, user_id=(user or self.worker_a).id, summary="Bring the letter", **values
        )

    def _tracked(self, case):
        """Return the case in a context in which Odoo tracks and logs as ever."""
        return case.with_context(
            tracking_disable=False,
            mail_create_nolog=False,
            mail_notrack=False,
            mail_create_nosubscribe=False,
        )

    def test_course_of_a_case_leaves_no_message(self):
        before, mails = self._messages(), self._mails()
        case = (
            self._tracked(self._client(self.worker_a, "Aster Beispielu"))
            .env["integration.case"]
            .create(
                {
                    "client_id": self._client(self.worker_a, "Leila Beispiel").id,
                    "municipality_id": self.town_a.id,
                }
            )
        )
        case = self._tracked(case)
        case._pause("away", self._day(-3))
        case.action_resume()
        self._tracked(self._seen_by(self.lead_a, case)).user_id = self.colleague_a
        case = self._tracked(self._seen_by(self.colleague_a, case))
        case._close(self.goals_reached, self.today)
        case.action_undo_close()
        self.assertEqual((self._messages(), self._mails()), (before, mails))

    def test_messages_are_refused_with_the_way_to_go(self):
        before = self._messages()
        for user in (self.worker_a, self.lead_a):
            with (
                self.subTest(user.login),
                self.assertRaisesRegex(UserError, "Document contacts and notes"),
            ):
                self._seen_by(user).message_post(body=WORDS)
        self.assertEqual(self._messages(), before)

    def test_what_odoo_posts_by_itself_is_dropped(self):
        before, mails = self._messages(), self._mails()
        partner = self.lead_a.partner_id
        for call in (
            lambda case: case.message_notify(body="Words", partner_ids=partner.ids),
            lambda case: case.message_post_with_source(
                "mail.message_activity_done", render_values={}
            ),
            lambda case: case._message_log(body="Words"),
            lambda case: case._message_log_batch(bodies={case.id: "Words"}),
        ):
            self.assertFalse(call(self.case))
        self.assertEqual((self._messages(), self._mails()), (before, mails))

    def test_nobody_follows_a_case(self):
        partners = (self.worker_a | self.lead_a).partner_id
        self.case.message_subscribe(partners.ids)
        self.assertFalse(self.case.sudo().message_follower_ids)
        case = (
            self._tracked(self._client(self.worker_a, "Goitom Beispielu"))
            .env["integration.case"]
            .create(
                {
                    "client_id": self._client(self.worker_a, "Parwin Beispiel").id,
                    "municipality_id": self.town_a.id,
                }
            )
        )
        self.assertFalse(case.sudo().message_follower_ids)
        self._hand_over(self.colleague_a)
        self.assertFalse(self.case.sudo().message_follower_ids)

    def test_task_of_somebody_else_is_not_mailed(self):
        self._share(self.colleague_a)
        before, mails = self._messages(), self._mails()
        task = self._tracked(self.case).activity_schedule(
            LETTER, user_id=self.colleague_a.id, summary="Bring the letter"
        )
        self.assertEqual(task.user_id, self.colleague_a)
        self.assertEqual((self._messages(), self._mails()), (before, mails))

    def test_task_shows_the_number_even_where_names_are_shown(self):
        task = self.case.with_context(integration_show_name=True).activity_schedule(
            LETTER, user_id=self.worker_a.id, summary="Bring the letter"
        )
        self.assertEqual(task.res_name, self.number)
        self.assertNotIn("Olena", str(task.sudo().read()))

    def test_task_that_is_done_is_remembered_without_a_message(self):
        before = self._messages()
        first, second = self._task(), self._task()
        first.action_done()
        self.case.activity_feedback([LETTER])
        self.env.flush_all()
        self.assertFalse(self.case.activity_ids)
        done = (first | second).with_context(active_test=False).exists()
        self.assertFalse(done.filtered("active"))
        self.assertEqual(self._messages(), before)

    def test_open_tasks_go_to_the_new_worker(self):
        """What is still to do must not vanish with the one who had to do it."""
        task = self._task()
        self._hand_over(self.colleague_a)
        self.assertEqual(task.sudo().user_id, self.colleague_a)
        self.assertFalse(self._reads(self.worker_a, task.with_env(self.case.env)))

    def test_case_takes_no_message_by_its_relations(self):
        before = self._messages()
        vals = {"body": "Words", "model": "integration.case", "res_id": self.case.id}
        with self.assertRaises(UserError), self.cr.savepoint():
            self.case.write({"message_ids": [Command.create(vals)]})
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._messages(), before)

    def test_no_text_message_leaves_a_case(self):
        with self.assertRaisesRegex(UserError, "No text message"):
            self.case._sms_get_recipients_info()
