from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import local_today
from .gate import GIVEN

ACTIVITY_TYPE = "integration_management.mail_activity_type_consent"
# Days before the end of a consent or release on which the worker is reminded
REMIND_DAYS = 30


class IntegrationConsent(models.Model):
    """What the notice, a withdrawal and the end of a consent bring about."""

    _inherit = "integration.consent"

    notice_hint = fields.Char(compute="_compute_notice_hint", string="Hint on the Notice")

    @api.depends("client_id", "notice_id")
    def _compute_notice_hint(self):
        """Say so if the client is shown a notice in a language that is not hers."""
        for consent in self:
            # A help for anyone who explains the notice; data protection reads no clients.
            notice, client = consent.notice_id, consent.client_id._filtered_access("read")
            spoken = client.language_ids
            consent.notice_hint = False
            if notice and spoken and notice.language_id not in spoken:
                consent.notice_hint = self.env._(
                    "There is no notice in the client's language; the one in %s is used. Have it "
                    "interpreted and name the interpreter.",
                    notice.language_id.name,
                )

    @api.onchange("client_id")
    def _onchange_client_id_notice(self):
        client, notices = self.client_id, self.env["integration.consent.notice"]
        self.notice_id = notices._find(client.company_id, client.language_ids)

    @api.constrains("notice_id", "purpose", "date")
    def _check_notice(self):
        for consent in self.filtered("notice_id"):
            notice = consent.notice_id
            if notice.state != "published" or notice.valid_from > consent.date:
                raise ValidationError(
                    consent._about_file(
                        self.env._("the notice was not published on the day of the consent.")
                    )
                )
            if consent.purpose not in notice.line_ids.mapped("purpose"):
                raise ValidationError(
                    consent._about_file(self.env._("the notice does not name this purpose."))
                )

    def _announce_withdrawal(self):
        """Tell worker and leads that the file is closed to writing from now on."""
        for event in self.filtered(lambda event: event._takes_back_file()):
            # sudo: integration.case, mail.activity - the leads get a task on a case whose content
            # stays closed to them; it bears the file number alone
            client = event.client_id.sudo()
            case = client._current_case()
            for user in case.user_id | self._leads(case.company_id) if case else ():
                case.activity_schedule(
                    ACTIVITY_TYPE,
                    user_id=user.id,
                    date_deadline=local_today(self.env),
                    summary=self.env._("File %s: consent withdrawn", client.file_number),
                    note=self.env._(
                        "Nothing may be written into the file any more. Everyone who was told "
                        "about the client stands in the list “Recipients to Be Told”."
                    ),
                )

    def _drop_drafts(self):
        """Delete what anybody was writing about somebody who no longer agrees.

        Of one who takes back a further purpose that is what needs it: words about health.
        """
        ended = self.filtered(lambda event: event.decision not in GIVEN)
        for purpose, events in ended.grouped("purpose").items():
            about = Domain("client_ids", "in", events.client_id.ids)
            about |= Domain("case_id.client_id", "in", events.client_id.ids)
            # sudo: integration.contact.draft - of whomever: nobody else reads it, none is kept
            drafts = self.env["integration.contact.draft"].sudo().search(about)
            if purpose != "file":
                drafts = drafts.filtered(lambda draft, p=purpose: p in draft._purposes_told())
            drafts.unlink()

    @api.model
    def _leads(self, company):
        """Return the leads of ``company``."""
        # sudo: res.groups - who leads, no matter who asks
        group = self.env.ref("integration_management.group_lead").sudo()
        return group.all_user_ids.filtered(lambda user: company in user.company_ids and user.active)

    # ------------------------------------------------------------
    # Every night
    # ------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Do what the passing of a day asks for; other rooms add their own jobs."""
        self.env["integration.client"]._cron_refresh_renewal_due()
        self._remind_of_ends()

    @api.model
    def _remind_of_ends(self):
        """Remind the worker of what ends soon: one task per case and end."""
        today = local_today(self.env)
        first = {}
        for client, day in self._ends_between(today, today + timedelta(days=REMIND_DAYS)):
            case = client._current_case()
            if case:
                first[case] = min(day, first.get(case, day))
        self._schedule_reminders(first)

    @api.model
    def _ends_between(self, first, last):
        """Return (client, day) for each consent to a file that ends from ``first`` to ``last``."""
        clients = self.env["integration.client"].search(
            [
                ("consent_state", "=", "given"),
                ("consent_valid_until", ">=", first),
                ("consent_valid_until", "<=", last),
            ]
        )
        return [(client, client.consent_valid_until) for client in clients]

    @api.model
    def _schedule_reminders(self, ends, activity_type=ACTIVITY_TYPE, summary=None):
        """Schedule the tasks for ``ends`` {case: day} that are not there, done or open.

        :param summary: what a task says, of its case; that consent or release ends by default
        """
        summary = summary or self._end_in_words
        activity_type = self.env.ref(activity_type)
        cases = self.env["integration.case"].union(*ends)
        present = (
            self.env["mail.activity"]
            .with_context(active_test=False)
            .search(
                [
                    ("res_model", "=", "integration.case"),
                    ("res_id", "in", cases.ids),
                    ("activity_type_id", "=", activity_type.id),
                ]
            )
        )
        known = {(activity.res_id, activity.date_deadline) for activity in present}
        model_id = self.env["ir.model"]._get_id("integration.case")
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": case.id,
                    "user_id": case.user_id.id,
                    "activity_type_id": activity_type.id,
                    "date_deadline": day,
                    "automated": True,
                    # The night knows no language of its own
                    "summary": summary(case.with_context(lang=case.user_id.lang)),
                }
                for case, day in ends.items()
                if (case.id, day) not in known
            ]
        )

    @api.model
    def _end_in_words(self, case):
        return case.env._("File %s: consent or release ends", case.file_number)
