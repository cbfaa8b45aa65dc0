"""What the tests of the room of cases share."""

from calendar import isleap
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import format_date, mute_logger

from ..common import MODULE, IntegrationCommon


class CaseCommon(IntegrationCommon):
    """One worker with the case of one client, and the ways in which the others meet it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._client(cls.worker_a, "Olena Beispielko")
        cls.case = cls._case(cls.client)
        cls.number = cls.client.file_number
        cls.goals_reached = cls.env.ref(f"{MODULE}.closure_reason_goals_reached")

    @classmethod
    def _day(cls, days_ago):
        return cls.today - timedelta(days=days_ago)

    def _leap_day(self):
        """Return the next 29 February that lies ahead by some weeks."""
        year = self.today.year + 1
        while not isleap(year):
            year += 1
        return date(year, 2, 29)

    def _seen_by(self, user, record=None):
        """Return the case, or another record, as ``user`` has it in hand."""
        record = self.case if record is None else record
        return self._as(user)[record._name].browse(record.ids)

    def _hand_over(self, user, cases=None):
        self._seen_by(self.lead_a, cases).user_id = user
        self.env.invalidate_all()

    def _share(self, user, kind="team", case=None, **values):
        """Let ``user`` into a file whose client agrees to that."""
        case = self.case if case is None else case
        for client in case.client_id | case.member_ids:
            self._consent(client, purpose="team")
        self.env["integration.case.access"]._share_case(case.sudo(), user, kind, **values)

    def _responsible(self, case=None):
        """Return [(login, first day, last day)] of a case, the earliest first."""
        rows = (self.case if case is None else case).sudo().assignment_ids
        return [
            (row.user_id.login, row.date_from, row.date_to)
            for row in rows.sorted(lambda row: (row.date_from, row.id))
        ]

    def _reads(self, user, record):
        self.env.invalidate_all()
        return self._seen_by(user, record).has_access("read")

    def _queries(self, function):
        """Return how many queries ``function`` takes with nothing in the cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        function()  # what is looked up once for all, such as rules and views
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    @classmethod
    def _invented(cls, count, user=None):
        """Return the open cases of ``count`` clients, entered at once."""
        clients = cls._as(user or cls.worker_a)["integration.client"].create(
            [{"name": f"Erfundene Person {number}"} for number in range(count)]
        )
        return clients.env["integration.case"].create(
            [{"client_id": client.id, "municipality_id": cls.town_a.id} for client in clients]
        )

    # ------------------------------------------------------------
    # Refusals
    # ------------------------------------------------------------

    def _said(self, day):
        """Return a day as a message to the worker writes it."""
        return format_date(self._as(self.worker_a), day)

    def assertRefused(self, words, function, *args, number=None, **kwargs):
        """Assert a refusal that says ``words`` and the file number, and no name of a person."""
        with (
            self.assertRaises(UserError) as caught,
            self.cr.savepoint(),
            mute_logger("odoo.addons.base.models.ir_rule"),
        ):
            function(*args, **kwargs)
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertNotIsInstance(caught.exception, AccessError)
        message = str(caught.exception)
        self.assertIn(words, message)
        self.assertIn(self.number if number is None else number, message)
        self.assertNotIn("Beispiel", message)
        return message

    def assertDenied(self, function, *args, **kwargs):
        """Assert that a role, or the want of an access entry, keeps the user from it."""
        self.env.invalidate_all()
        with (
            self.assertRaises(AccessError) as caught,
            self.cr.savepoint(),
            mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"),
        ):
            function(*args, **kwargs)
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertNotIn("Beispiel", str(caught.exception))

    # ------------------------------------------------------------
    # Dialogs
    # ------------------------------------------------------------

    def _dialog(self, name, user=None, case=None, **values):
        """Return a dialog of the room as ``user`` opens it on the case."""
        case = self.case if case is None else case
        return self._as(user or self.worker_a)[f"integration.case.{name}"].create(
            {"case_id": case.id, **values}
        )

    def _transfer_dialog(self, cases, user, **values):
        return self._as(self.lead_a)["integration.case.transfer"].create(
            {"case_ids": [Command.set(cases.ids)], "user_id": user.id, **values}
        )
