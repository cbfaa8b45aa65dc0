from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...figures.period import preset_dates
from ...figures.quality_checks import QualityChecks
from ...tools import local_today

REMIND_DAYS = 14


class ResCompany(models.Model):
    """When the employer has to submit figures, and who is reminded of what."""

    _inherit = "res.company"

    integration_submission_date = fields.Date(
        string="Next Submission of Figures",
        help="Workers and leads are reminded two weeks before, with the number of entries that"
        " are incomplete.",
    )

    integration_seal_number = fields.Integer(
        readonly=True, copy=False, groups=fields.NO_ACCESS,
        help="Running number of the last submission, by which one that is gone is missed.",
    )  # fmt: skip

    def _integration_submission_period(self):
        """Return first and last day of what is submitted next: the quarter before the date.

        Without a date, this year so far.
        """
        # sudo: res.company - one date of the own employer
        day = self.sudo().integration_submission_date
        if day:
            return preset_dates("last_quarter", day)
        today = local_today(self.env)
        return today.replace(month=1, day=1), today

    @api.model
    def _cron_remind_submission(self):
        """Remind everybody with something to complete, once per date; see ``_reminders``."""
        today = local_today(self.env)
        companies = self.search(
            [
                ("integration_employer_type", "!=", False),
                ("integration_submission_date", ">=", today),
                ("integration_submission_date", "<=", today + timedelta(days=REMIND_DAYS)),
            ]
        )
        if not companies:
            return
        kind = self.env.ref("integration_management.mail_activity_type_submission")
        # Done ones are archived: nobody is reminded twice of one date.
        former = (
            self.env["mail.activity"]
            .with_context(active_test=False)
            .search(
                [
                    ("activity_type_id", "=", kind.id),
                    ("date_deadline", "in", companies.mapped("integration_submission_date")),
                ]
            )
        )
        known = {(activity.user_id.id, activity.date_deadline) for activity in former}
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": kind.id,
                    "user_id": user.id,
                    "date_deadline": day,
                    "summary": summary,
                }
                for user, day, summary in companies._reminders()
                if (user.id, day) not in known
            ]
        )

    def _reminders(self):
        """Yield (user, date, words) for workers with gaps and for leads; numbers, no names."""
        checks = QualityChecks(
            self.env, {company: company._integration_submission_period() for company in self}
        )
        found, contacts, workers = checks.found(), checks.contacts(), checks.workers()
        group = self.env.ref("integration_management.group_lead")
        leads = self.env["res.users"].search(
            [("all_group_ids", "in", group.ids), ("company_ids", "in", self.ids)]
        )
        leads.mapped("lang")
        for company in self:
            day = company.integration_submission_date
            gaps = {
                user: sum(len(rows.get((company.id, user.id), ())) for rows in found.values())
                for user in workers[company.id]
            }
            silent = [user for user in gaps if not contacts.get((company.id, user.id))]
            for user in gaps:
                if gaps[user] or user in silent:
                    yield user, day, self._words(user, day, gaps[user], user in silent)
            for lead in leads.filtered(lambda user, c=company: c in user.company_ids):
                if lead not in gaps:
                    yield lead, day, self._words(lead, day, sum(gaps.values()), len(silent))

    def _words(self, user, day, gaps, silent):
        """Return the reminder in the language of its reader."""
        env = self.with_context(lang=user.lang or "en_US").env
        shown = format_date(env, day)
        if silent is True:
            return env._("Figures are due on %s: nothing entered for the period yet", shown)
        if silent:
            return env._(
                "Figures are due on %(date)s: %(gaps)s entries incomplete, %(silent)s workers"
                " without entries",
                date=shown,
                gaps=gaps,
                silent=silent,
            )
        return env._(
            "Figures are due on %(date)s: %(gaps)s entries incomplete", date=shown, gaps=gaps
        )
