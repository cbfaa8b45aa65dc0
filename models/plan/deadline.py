from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import local_today


class IntegrationDeadline(models.Model):
    """A day that must not be missed, with a reminder to the responsible worker.

    A date and nothing else: whether an appeal is worth while, and how long its period is, is
    legal advice, which is not given here (county standard 3.2.2; Rechtsdienstleistungsgesetz).
    """

    _name = "integration.deadline"
    _description = "Deadline in a Case"
    _inherit = "integration.concerns"
    _order = "date, id"
    _content_fields = frozenset({"note"})
    _fixed_fields = frozenset({"case_id"})
    # That a reminder was given says nothing new about the client.
    _ending_fields = frozenset({"date_reminded", "activity_id"})
    _system_fields = frozenset(
        {"date_done", "date_reminded", "activity_id", "residence_id", "benefit_id"}
    )

    kind_id = fields.Many2one(
        "integration.deadline.kind",
        string="What Runs Out",
        required=True,
        ondelete="restrict",
        check_company=True,
        context={"active_test": False},
    )
    date = fields.Date(string="Runs Out On", required=True, help="The last day.")
    date_remind = fields.Date(
        string="Reminder On", compute="_compute_date_remind", store=True, readonly=False
    )
    state = fields.Selection(
        [("open", "Open"), ("done", "Dealt with"), ("dropped", "No longer needed")],
        required=True,
        default="open",
    )
    date_done = fields.Date(string="Dealt With On", readonly=True, copy=False)
    date_reminded = fields.Date(string="Reminded On", readonly=True, copy=False)
    # What the reminder left with the worker; it goes when there is nothing left to do.
    activity_id = fields.Many2one(
        "mail.activity",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups=fields.NO_ACCESS,
        export_string_translation=False,
        index="btree_not_null",
    )
    note = fields.Char(string="What To Do", help="What to bring, whom to ask; read with the file.")
    # Where the day comes from, if it was not entered by hand
    residence_id = fields.Many2one(
        "integration.residence",
        readonly=True,
        copy=False,
        ondelete="cascade",
        index="btree_not_null",
        check_company=True,
    )
    benefit_id = fields.Many2one(
        "integration.benefit",
        readonly=True,
        copy=False,
        ondelete="cascade",
        index="btree_not_null",
        check_company=True,
    )

    # The worker's list, and the nightly job
    _user_open_idx = models.Index("(user_id, date) WHERE state = 'open'")
    _remind_idx = models.Index("(date_remind) WHERE state = 'open' AND date_reminded IS NULL")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("date", "kind_id")
    def _compute_date_remind(self):
        for deadline in self:
            day = deadline.date
            deadline.date_remind = day and day - timedelta(days=deadline.kind_id.lead_days)

    @api.depends("case_id.file_number", "date")
    def _compute_display_name(self):
        for deadline in self:
            named = (deadline.case_id.file_number, format_date(self.env, deadline.date))
            deadline.display_name = ", ".join(filter(None, named)) or self.env._("New deadline")

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("date", "date_remind", "case_id")
    def _check_dates(self):
        for deadline in self:
            if deadline.date < deadline.case_id.date_start:
                deadline._refuse_values(
                    self.env._(
                        "%(day)s lies before the start of the case (%(start)s).",
                        day=format_date(self.env, deadline.date),
                        start=format_date(self.env, deadline.case_id.date_start),
                    )
                )
            if deadline.date_remind and deadline.date_remind > deadline.date:
                deadline._refuse_values(
                    self.env._("the reminder comes after the deadline. Choose an earlier day.")
                )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _locked_fields(self):
        # What follows from an entry about the person is corrected there.
        followed = self.residence_id or self.benefit_id
        return frozenset({"date", "kind_id", "client_id"}) if followed else frozenset()

    def _before_write(self, change):
        super()._before_write(change)
        if "state" in change.names:
            done = change.vals["state"] == "done"
            change.vals["date_done"] = local_today(self.env) if done else False
        if {"state", "date", "date_remind", "kind_id"} & change.names:
            # Another day, or open once more: another reminder
            change.vals["date_reminded"] = False

    def _after_write(self, change):
        super()._after_write(change)
        if {"state", "date", "date_remind", "kind_id"} & change.names:
            # sudo: mail.activity - the reminder of these deadlines, which the user may write
            self.sudo().activity_id.unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_reminders(self):
        # sudo: mail.activity - the reminders of these deadlines, which the user may delete
        self.sudo().activity_id.unlink()

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_done(self):
        """Say that what was due has been dealt with."""
        self.write({"state": "done"})

    def action_open_again(self):
        """Take back that it was dealt with or dropped."""
        self.write({"state": "open"})

    # ------------------------------------------------------------
    # From what is recorded about a person
    # ------------------------------------------------------------

    @api.model
    def _follow(self, entries, source, kind):
        """Keep the deadlines that follow from the last days of ``entries``.

        The latest entry of a client, if its last day lies ahead, has an open deadline in the
        current case. One without a last day, or with another after it, has none that is open:
        a permit that was renewed does not run out.

        :param entries: records about clients with ``client_id`` and ``date_to``
        :param source: the field by which a deadline points to its entry
        :param kind: integration.deadline.kind
        """
        # sudo: integration.deadline - those of the entries at hand, which the user has just written
        known = self.sudo().search(Domain(source, "in", entries.ids) & ~self._left_behind())
        latest = dict(
            entries._read_group(
                [("client_id", "in", entries.client_id.ids)], ["client_id"], ["date_from:max"]
            )
        )
        missing = []
        for entry in entries:
            mine = known.filtered(lambda deadline, e=entry: deadline[source] == e)
            case = mine.case_id[:1] or entry.client_id._current_case()
            last = entry.date_from == latest[entry.client_id]
            watched = case and last and entry.date_to and entry.date_to >= case.date_start
            if mine:
                mine._follow_day(watched and entry.date_to)
            elif watched and entry.date_to >= local_today(self.env):
                missing.append(
                    {
                        "case_id": case.id,
                        "client_id": entry.client_id.id,
                        "kind_id": kind.id,
                        "date": entry.date_to,
                        source: entry.id,
                    }
                )
        self._as_system().create(missing)

    def _follow_day(self, day):
        """Move what is still open to ``day``, or drop it if there is none any more."""
        still = self.filtered(lambda deadline: deadline.state == "open")._as_system()
        if day:
            still.filtered(lambda deadline: deadline.date != day).write({"date": day})
        else:
            still.write({"state": "dropped"})

    @api.model
    def _left_behind(self):
        """Return the domain of what was still open when its case was closed."""
        return Domain("state", "=", "open") & Domain("case_id.state", "=", "closed")

    @api.model
    def _collect(self):
        """Make the deadlines that no save has made: after an import, for a reopened case."""
        today = local_today(self.env)
        for name in self.env.registry.descendants(["integration.runs.out"], "_inherit"):
            entries = self.env[name]
            source = entries._deadline_source
            if not source:
                continue
            followed = self._search(Domain(source, "!=", False) & ~self._left_behind())
            open_ended = Domain("date_to", ">=", today) & Domain(
                "id", "not in", followed.subselect(self._field_to_sql(self._table, source))
            )
            entries = entries.search(open_ended).filtered(
                lambda entry: entry.client_id._current_case()._taking_deadlines()
            )
            entries._follow_deadlines()

    # ------------------------------------------------------------
    # Nightly
    # ------------------------------------------------------------

    @api.model
    def _remind_domain(self, today):
        """Return the domain of the deadlines of which the responsible workers are to be told."""
        return (
            Domain("state", "=", "open")
            & Domain("date_reminded", "=", False)
            & Domain("date_remind", "<=", today)
            & Domain("date", ">=", today)
            & Domain("case_id.state", "!=", "closed")
            & Domain("user_id.active", "=", True)
        )

    def _cron_remind(self):
        """Give each responsible worker a to-do for what runs out soon, once for every deadline.

        It says the file number and the day; what runs out is read in the file. The number of
        queries does not depend on how many there are, but for the to-dos themselves.
        """
        self._collect()
        today = local_today(self.env)
        due = self.search(self._remind_domain(today))
        told = due.case_id._told_of_deadlines()
        due = due.filtered(lambda deadline: deadline.case_id in told)
        todo = self.env.ref("mail.mail_activity_data_todo")
        activities = (
            self.env["mail.activity"]
            .with_context(mail_activity_quick_update=True)
            .create(
                [
                    {
                        "res_model_id": self.env["ir.model"]._get_id("integration.case"),
                        "res_id": deadline.case_id.id,
                        "activity_type_id": todo.id,
                        "user_id": deadline.user_id.id,
                        "summary": self.with_context(lang=deadline.user_id.lang).env._(
                            "A deadline runs out"
                        ),
                        "date_deadline": deadline.date,
                    }
                    for deadline in due
                ]
            )
        )
        for deadline, activity in zip(due._as_system(), activities, strict=True):
            deadline.write({"date_reminded": today, "activity_id": activity.id})
