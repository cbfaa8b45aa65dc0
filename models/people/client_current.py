from datetime import timedelta

from odoo import api, fields, models

from ...tools import local_today

DAYS_LOOKED_BACK = 7

# one2many of the histories -> {stored field of the client: field of the entry that holds today}
CURRENT_VALUES = {
    "residence_ids": {"residence_status_id": "status_id"},
    "housing_ids": {"housing_type_id": "type_id", "municipality_id": "municipality_id"},
    "benefit_ids": {"benefit_type_id": "type_id"},
    "education_ids": {"education_id": "id"},
    "employment_ids": {"employment_id": "id"},
}


class IntegrationClient(models.Model):
    """Histories of the client, and what of each holds today (stored, so that it can be grouped)."""

    _inherit = "integration.client"

    residence_ids = fields.One2many("integration.residence", "client_id")
    housing_ids = fields.One2many("integration.housing", "client_id", string="Housing History")
    benefit_ids = fields.One2many("integration.benefit", "client_id", string="Benefits")
    language_level_ids = fields.One2many(
        "integration.language.level", "client_id", string="Language Levels"
    )
    education_ids = fields.One2many("integration.education", "client_id", string="Educations")
    employment_ids = fields.One2many("integration.employment", "client_id", string="Employments")

    residence_status_id = fields.Many2one(
        "integration.residence.status", compute="_compute_current_residence", store=True
    )
    housing_type_id = fields.Many2one(
        "integration.housing.type", string="Housing", compute="_compute_current_housing", store=True
    )
    municipality_id = fields.Many2one(
        "integration.municipality", compute="_compute_current_housing", store=True
    )
    benefit_type_id = fields.Many2one(
        "integration.benefit.type", string="Benefit", compute="_compute_current_benefit", store=True
    )
    education_id = fields.Many2one(
        "integration.education", compute="_compute_current_education", store=True
    )
    employment_id = fields.Many2one(
        "integration.employment", compute="_compute_current_employment", store=True
    )
    employment_status = fields.Selection(related="employment_id.status", related_sudo=False)
    schooling = fields.Selection(related="education_id.school", related_sudo=False)

    @api.depends("residence_ids.status_id", "residence_ids.date_from", "residence_ids.date_to")
    def _compute_current_residence(self):
        self._compute_current("residence_ids")

    @api.depends(
        "housing_ids.type_id",
        "housing_ids.municipality_id",
        "housing_ids.date_from",
        "housing_ids.date_to",
    )
    def _compute_current_housing(self):
        self._compute_current("housing_ids")

    @api.depends("benefit_ids.type_id", "benefit_ids.date_from", "benefit_ids.date_to")
    def _compute_current_benefit(self):
        self._compute_current("benefit_ids")

    @api.depends("education_ids.date_from", "education_ids.date_to")
    def _compute_current_education(self):
        self._compute_current("education_ids")

    @api.depends("employment_ids.date_from", "employment_ids.date_to")
    def _compute_current_employment(self):
        self._compute_current("employment_ids")

    def _compute_current(self, history):
        """Set the stored values that come from the history field ``history``."""
        today = local_today(self.env)
        for client in self:
            entry = client[history]._valid_on(today)
            for name, source in CURRENT_VALUES[history].items():
                client[name] = entry[source]

    @api.model
    def _cron_refresh_current_values(self):
        """Recompute what changes by the passing of a day.

        Only clients with an entry that begins today or ended yesterday (or in the days since
        the job ran last: a week is looked back) are touched.
        """
        today = local_today(self.env)
        past = today - timedelta(days=DAYS_LOOKED_BACK)
        began = [("date_from", ">", past), ("date_from", "<=", today)]
        ended = [("date_to", ">=", past), ("date_to", "<", today)]
        # Archived clients too: a card that comes back shall not show what was.
        everybody = self.with_context(active_test=False)
        for history in [*CURRENT_VALUES, "household_member_ids"]:
            clients = everybody.search(["|", (history, "any", began), (history, "any", ended)])
            names = list(CURRENT_VALUES.get(history, {"household_id": None}))
            for name in names:
                self.env.add_to_compute(self._fields[name], clients)
            clients.flush_recordset(names)
