"""What all parts of the demo county share: the day, the workers, the master data."""

from datetime import datetime, timedelta

import pytz

from odoo.addons.integration_management.tools import LOCAL_ZONE, local_today

from ..workdays import Diary

MODULE = "integration_management"
WORKERS = ("anna", "ahmet", "clara", "david", "elif", "felix")
# Employers by their name in the county's preset
EMPLOYERS = {
    "Stadt Friedrichshafen": "friedrichshafen",
    "Träger im Auftrag der Stadt Überlingen": "ueberlingen",
    "Träger im Auftrag des Landratsamts": "linzgau",
}
# The software came eighteen months ago; older cases were taken over from paper.
INTRODUCED_DAYS = 548
MANDATE_YEARS = 5


class County:
    """The day and the people of the demo, and ids of master data by model and code."""

    def __init__(self, env):
        self.env = env
        self.today = local_today(env)
        self.introduced = self.day(INTRODUCED_DAYS)
        self.diary = Diary()
        # (id of the case, first day of the new worker)
        self.handovers = []
        # What clients are told before they consent; published before the first family
        self.notices = None
        # Who interprets
        self.pool = None
        self.users = {login: env.ref(f"{MODULE}.demo_user_{login}") for login in WORKERS}
        self.companies = {
            key: env.ref(f"{MODULE}.demo_company_{key}") for key in EMPLOYERS.values()
        }
        self._codes = {}

    def day(self, days_ago):
        """Return the calendar day ``days_ago`` days before today."""
        return self.today - timedelta(days=days_ago)

    def env_of(self, login):
        """Return the environment of a worker in her own company, as after a login."""
        user = self.users[login]
        return self.env(
            user=user.id,
            su=False,
            context={
                "allowed_company_ids": user.company_id.ids,
                "lang": "de_DE",
                "tz": LOCAL_ZONE,
                "tracking_disable": True,
                "mail_activity_quick_update": True,
            },
        )

    def code(self, model, code):
        """Return the id of the shared master data record ``integration.<model>`` with ``code``."""
        if model not in self._codes:
            records = self.env[f"integration.{model}"].search([("company_id", "=", False)])
            self._codes[model] = {record.code: record.id for record in records}
        return self._codes[model][code]

    def sensitive(self, model):
        """Return the codes of shared rows that need a consent of their own, and to what."""
        rows = self.env[f"integration.{model}"].search(
            [("company_id", "=", False), ("consent_purpose", "!=", False)]
        )
        return {row.code: row.consent_purpose for row in rows}

    def municipality(self, name):
        """Return the id of a municipality of the county."""
        if "municipality" not in self._codes:
            records = self.env["integration.municipality"].search([])
            self._codes["municipality"] = {record.name: record.id for record in records}
        return self._codes["municipality"][name]

    def load_mandates(self):
        """Load the county with the mandates of the three employers of the demo."""
        start = self.today.replace(year=self.today.year - MANDATE_YEARS, month=1, day=1)
        self.env["integration.county.preset"]._load_builtin(
            {name: self.companies[key] for name, key in EMPLOYERS.items()},
            start,
            county_company=self.env.ref(f"{MODULE}.demo_company_landratsamt"),
        )
        for company in self.companies.values():
            mandates = self.env["integration.mandate"].search([("company_id", "=", company.id)])
            mandates.fte = 2.0 / len(mandates)


def moment(day, hour=8):
    """Return the time of ``hour`` o'clock local time on ``day`` as the database stores it."""
    zone = pytz.timezone(LOCAL_ZONE)
    local = zone.localize(datetime(day.year, day.month, day.day, hour))
    return local.astimezone(pytz.utc).replace(tzinfo=None)
