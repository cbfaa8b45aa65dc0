from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import local_today, without_defaults
from ..people.client import ADULT_AGE

TYPE = "integration_management.mail_activity_type_of_age"
# How many days before somebody comes of age the worker is reminded
TOLD_DAYS = 30


class IntegrationClient(models.Model):
    """A child who comes of age decides for herself; what her guardians decided was for the child.

    Who represented her does so no longer (§§ 2, 1626, 1629 BGB). Until she was asked she stands
    on My Day, and her worker was reminded once.
    """

    _inherit = "integration.client"

    decided_by_guardian = fields.Boolean(
        compute="_compute_decided_by_guardian",
        store=True,
        export_string_translation=False,
        help="Whether the consent to the file that holds now was given by a guardian.",
    )
    date_of_age = fields.Date(string="Of Age On", compute="_compute_date_of_age")
    is_to_decide = fields.Boolean(
        string="To Be Asked Herself",
        compute="_compute_is_to_decide",
        help="She is of age, and the consent that holds is her guardian's.",
    )
    of_age_told = fields.Boolean(readonly=True, copy=False, export_string_translation=False)
    of_age_activity_id = fields.Many2one(
        "mail.activity",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups=fields.NO_ACCESS,
        export_string_translation=False,
        index="btree_not_null",
    )

    def _system_field_names(self):
        return super()._system_field_names() | {"of_age_told", "of_age_activity_id"}

    @api.depends(
        "consent_ids.decision",
        "consent_ids.purpose",
        "consent_ids.guardian_id",
        "consent_ids.guardian_name",
    )
    def _compute_decided_by_guardian(self):
        for client in self:
            event = client.consent_ids._last_event("file")
            client.decided_by_guardian = event._is_yes() and bool(event._guardian())

    @api.depends("birthdate")
    def _compute_date_of_age(self):
        for client in self:
            client.date_of_age = client.birthdate and of_age_on(client.birthdate)

    @api.depends("decided_by_guardian", "birthdate", "date_death")
    def _compute_is_to_decide(self):
        for client in self:
            client.is_to_decide = (
                client.decided_by_guardian and not client._is_minor() and not client.date_death
            )

    # ------------------------------------------------------------
    # Reminding the worker once
    # ------------------------------------------------------------

    @api.model
    def _coming_of_age_domain(self, days):
        """Return the domain of who comes of age within ``days``, or is and was not asked yet."""
        today = local_today(self.env)
        eighteen = relativedelta(years=ADULT_AGE)
        grown = Domain("birthdate", "<=", today - eighteen)
        soon = Domain("birthdate", "<=", today + timedelta(days=days) - eighteen)
        return (
            soon
            & (~grown | Domain("decided_by_guardian", "=", True))
            & Domain("date_death", "=", False)
        )

    @api.model
    def _cron_tell_of_age(self):
        """Give the responsible workers a task for whoever comes of age, once for each."""
        running = Domain("state", "!=", "closed") & Domain("user_id.active", "=", True)
        told = self.search(
            self._coming_of_age_domain(TOLD_DAYS)
            & Domain("of_age_told", "=", False)
            & (Domain("case_ids", "any", running) | Domain("family_case_id", "any", running))
        )
        model_id = self.env["ir.model"]._get_id("integration.case")
        kind = self.env.ref(TYPE)
        cases = {client: client._current_case() for client in told}
        activities = (
            without_defaults(self.env["mail.activity"])
            .with_context(mail_activity_quick_update=True)
            .create([client._of_age_task(cases[client], model_id, kind) for client in told])
        )
        for client, activity in zip(told, activities, strict=True):
            client._as_system().write({"of_age_told": True, "of_age_activity_id": activity.id})

    def _of_age_task(self, case, model_id, kind):
        """Return the values of the task: the file number and the day, nothing else."""
        env = self.with_context(lang=case.user_id.lang).env
        return {
            "res_model_id": model_id,
            "res_id": case.id,
            "activity_type_id": kind.id,
            "user_id": case.user_id.id,
            "date_deadline": max(self.date_of_age, local_today(self.env)),
            "automated": True,
            "summary": env._(
                "File %(number)s: of age on %(day)s, ask for a consent of her or his own",
                number=self.file_number,
                day=format_date(env, self.date_of_age),
            ),
        }

    def _end_of_age_task(self):
        """Take back the task: she has decided, or there is nothing left to decide."""
        # sudo: mail.activity - the task of the system, whoever has it by now
        self.sudo().of_age_activity_id.unlink()


def of_age_on(birthdate: date) -> date:
    """Return the day on which somebody is 18; born on 29 February, it is 1 March (§ 188 BGB)."""
    year = birthdate.year + ADULT_AGE
    try:
        return birthdate.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
