import unicodedata
from datetime import timedelta

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import SQL, mute_logger

from ..common import MODULE
from .test_release import DisclosureCommon

TYPE = f"{MODULE}.mail_activity_type_recipients"


class RecipientsCommon(DisclosureCommon):
    """A client about whom three recipients were told, and who withdraws."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = cls.client_a.env["integration.withdrawal.recipient"]
        day = cls.today - timedelta(days=5)
        wrong = cls._disclosed("Wrong Number", day)
        cls._disclosed("Nobody", day, basis="correction", corrects_id=wrong.id, reason="Mistake")
        for name in ("Jobcenter Aheim", "jobcenter aheim ", "Landlord"):
            cls._disclosed(name, day)

    @classmethod
    def _disclosed(cls, name, day, **values):
        return cls.register.create(
            {
                "client_id": cls.client_a.id,
                "recipient_name": name,
                "date": day,
                "kind_ids": [Command.set(cls.housing.ids)],
                "basis": "present",
                **values,
            }
        )

    def _withdraw(self):
        self._consent(self.client_a, "withdrawn")
        return self.rows.search([("client_id", "=", self.client_a.id)])

    def _tasks(self, active_test=True):
        return (
            self.env["mail.activity"]
            .with_context(active_test=active_test)
            .search(
                [
                    ("activity_type_id", "=", self.env.ref(TYPE).id),
                    ("res_id", "=", self.case.id),
                    ("res_model", "=", "integration.case"),
                ]
            )
        )


@tagged("post_install", "-at_install")
class TestWithdrawalRecipients(RecipientsCommon):
    """Anyone who was told hears of the withdrawal, and it is on record that she did."""

    def test_list_follows_from_the_register(self):
        self.assertFalse(self.rows.search([]), "before a withdrawal there is nobody to tell")
        rows = self._withdraw()
        self.assertEqual(set(rows.mapped("recipient_name")), {"Jobcenter Aheim", "Landlord"})
        self.assertEqual(rows.company_id.ids, self.company_a.ids)
        self.assertEqual(self.case.recipient_open_count, 2)
        self.assertEqual(self.rows.search(self.case.action_open_recipients()["domain"]), rows)
        self.assertNotIn("Landlord", " ".join(rows.mapped("display_name")))

    def test_one_office_in_four_spellings_is_one_recipient(self):
        day = self.today - timedelta(days=4)
        spelled = "Ausländerbehörde\u00a0Aheim"
        for name in (
            "Ausländerbehörde Aheim",
            unicodedata.normalize("NFD", "Ausländerbehörde Aheim"),
            spelled,
            "AUSLÄNDER\u00adBEHÖRDE  Aheim\u200b",
        ):
            self._disclosed(name, day)
        rows = self._withdraw()
        offices = rows.filtered(lambda row: row.recipient_name.startswith("Ausl"))
        self.assertEqual(len(offices), 1)
        service = self.env["integration.service"].new({"name": spelled.upper()})
        names = self.register._names_in_words(service)
        self.assertEqual(self.register.search_count(names), 4)

    def test_other_purposes_need_no_telling(self):
        self._consent(self.client_a, purpose="messenger")
        self._consent(self.client_a, "withdrawn", purpose="messenger")
        self.assertFalse(self.rows.search([]))

    def test_worker_enters_when_and_how(self):
        rows = self._withdraw()
        form = Form(rows[0])
        form.means = "letter"
        self.assertEqual(form.date_told, self.today)
        form.save()
        self.assertEqual(rows[0].user_id.id, self.worker_a.id)
        self.assertEqual(self.case.recipient_open_count, 1)
        for vals in ({"means": "call"}, {"date_told": False, "means": False}, {"remark": "x"}):
            with self.assertRaises(UserError):
                rows[0].write(vals)

    def test_bad_input(self):
        rows = self._withdraw()
        day = timedelta(days=1)
        for vals in (
            {"means": "call"},
            {"date_told": self.today},
            {"means": "none", "date_told": self.today},
            {"means": "call", "date_told": self.today + day},
            {"means": "call", "date_told": self.today - day},
        ):
            with self.assertRaises(ValidationError, msg=vals), self.cr.savepoint():
                rows[0].write(vals)
        for vals in ({"recipient_name": "x"}, {"user_id": self.worker_a.id}, {"client_id": 1}):
            with self.assertRaises(UserError), self.cr.savepoint():
                rows[0].write(vals)
        rows[0].write({"means": "none", "date_told": self.today, "remark": "Moved away"})

    def test_nothing_is_changed_or_deleted_afterwards(self):
        rows = self._withdraw()
        rows[0].write({"means": "call", "date_told": self.today})
        self.env.flush_all()
        table = SQL.identifier("integration_withdrawal_recipient")
        for query in (
            SQL("UPDATE %s SET means = 'none' WHERE id = %s", table, rows[0].id),
            SQL("DELETE FROM %s WHERE id = %s", table, rows[0].id),
            SQL("DELETE FROM %s WHERE id = %s", table, rows[1].id),
        ):
            with (
                self.assertRaises(psycopg2.IntegrityError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(flush=False),
            ):
                self.cr.execute(query)
        for attempt in (lambda r: r.unlink(), lambda r: r.copy()):
            with self.assertRaises(UserError), self.cr.savepoint():
                attempt(rows.with_env(self.env))
        self.env["integration.consent"]._erase_ledger(self.client_a)
        self.assertFalse(rows.exists(), "the retention of a whole file takes them along")

    def test_task_stays_until_everybody_was_told(self):
        rows = self._withdraw()
        task = self._tasks()
        self.assertEqual(task.user_id, self.worker_a)
        self.assertIn("2", task.summary)
        self.assertNotIn("Landlord", f"{task.summary} {task.note}")
        task.with_env(self._as(self.worker_a)).action_feedback()
        self.assertFalse(self._tasks())
        self.env["integration.consent"]._cron_remind()
        self.env["integration.consent"]._cron_remind()
        self.assertEqual(len(self._tasks()), 1, "ticked off is not told")
        rows[0].write({"means": "call", "date_told": self.today})
        self.assertTrue(self._tasks())
        rows[1].write({"means": "person", "date_told": self.today})
        self.assertFalse(self._tasks())
        self.env["integration.consent"]._cron_remind()
        self.assertFalse(self._tasks())

    def test_second_withdrawal(self):
        rows = self._withdraw()
        self._consent(self.client_a, date=self.today, reason="Decided otherwise")
        self.assertEqual(self._withdraw(), rows, "who is on the list stands there once")
        rows.write({"means": "call", "date_told": self.today})
        self._consent(self.client_a, date=self.today, reason="Decided otherwise")
        self._disclosed("Landlord", self.today)
        again = self._withdraw() - rows
        self.assertEqual(again.mapped("recipient_name"), ["Landlord"])

    def test_leads_and_data_protection_see_counts(self):
        rows = self._withdraw()
        rows[0].write({"means": "call", "date_told": self.today})
        self.env.flush_all()
        for user in (self.lead_a, self.dpo_a):
            count = self._as(user)["integration.withdrawal.count"].search([])
            self.assertEqual((count.open_count, count.told_count), (1, 1))
            self.assertEqual(count.oldest, self.today)
            self.assertIn(str(self.today.year), count.display_name)
            self.assertNotIn(str(self.today), count.display_name, "a month, not its first day")
        self.assertFalse(self._as(self.lead_b)["integration.withdrawal.count"].search([]))
        self.assertFalse(self._as(self.lead_a)[self.rows._name].search([]))
        seen = self._as(self.dpo_a)[self.rows._name].search([])
        self.assertEqual(set(seen.ids), set(rows.ids))
        for user in (self.worker_a, self.reporting_a, self.county_user, self.admin_a):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self._as(user)["integration.withdrawal.count"].search([])


@tagged("post_install", "-at_install")
class TestWithdrawalRecipientsRpc(RecipientsCommon, HttpCase):
    """The list over the wire, by anyone who should not touch it."""

    def test_rpc(self):
        rows = self._withdraw()
        told = {"means": "call", "date_told": self.today.isoformat()}
        names = {"recipient_name": "x"}
        for user, expected in (
            (self.colleague_a, "AccessError"),
            (self.lead_a, "AccessError"),
            (self.dpo_a, "AccessError"),
            (self.worker_b, "AccessError"),
            (self.worker_a, "UserError"),
        ):
            self.authenticate(user.login, user.login)
            calls = [
                ("write", [rows.ids, names]),
                ("web_save", [rows[0].ids, names, {}]),
                ("web_save_multi", [rows.ids, [names, names], {}]),
            ]
            if user != self.worker_a:
                calls += [("write", [rows.ids, told]), ("unlink", [rows.ids])]
            for method, args in calls:
                with mute_logger(
                    "odoo.http",
                    "odoo.addons.base.models.ir_rule",
                    "odoo.addons.base.models.ir_model",
                ):
                    answer = self.url_open(
                        f"/web/dataset/call_kw/{rows._name}/{method}",
                        json={
                            "params": {
                                "model": rows._name,
                                "method": method,
                                "args": args,
                                "kwargs": {},
                            }
                        },
                    ).json()
                self.assertEqual(
                    answer["error"]["data"]["name"],
                    f"odoo.exceptions.{expected}",
                    (user.login, method),
                )
        self.env.invalidate_all()
        self.assertEqual(set(rows.mapped("recipient_name")), {"Jobcenter Aheim", "Landlord"})
        self.assertFalse(any(rows.mapped("date_told")))
