"""The people and employers that most tests begin with; see IntegrationCommon in common.py.

Building them takes longer than many a test. So ``bin/test`` builds them once, when it prepares the
database, and the tests only find them; what a test changes about them is rolled back with the test.
In a database without them, e.g. under Odoo's own test runner, each class of tests builds its own.
"""

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.integration_management.tools import local_today

MODULE = "integration_management"
# Where the records are noted by name; no module, so neither updates nor translations ask for them.
NOTED = "__integration_tests__"
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "no_reset_password": True}
COMPANIES = {
    "company_a": {"name": "Town A", "integration_employer_type": "municipality"},
    "company_b": {"name": "Agency B", "integration_employer_type": "agency"},
    "company_county": {"name": "County Office", "integration_employer_type": "county"},
}
TOWNS = {
    "town_a": {"name": "Aheim", "ags": "08999001"},
    "town_b": {"name": "Bheim", "ags": "08999002"},
}
MANDATES = {
    "mandate_a": ("company_a", "town_a", "own"),
    "mandate_b": ("company_b", "town_b", "delegated"),
}
USERS = {
    "worker_a": (f"{MODULE}.group_caseworker", "company_a"),
    "colleague_a": (f"{MODULE}.group_caseworker", "company_a"),
    "lead_a": (f"{MODULE}.group_lead", "company_a"),
    "admin_a": (f"{MODULE}.group_admin", "company_a"),
    "reporting_a": (f"{MODULE}.group_reporting", "company_a"),
    "dpo_a": (f"{MODULE}.group_dpo", "company_a"),
    "worker_b": (f"{MODULE}.group_caseworker", "company_b"),
    "lead_b": (f"{MODULE}.group_lead", "company_b"),
    "county_user": (f"{MODULE}.group_county", "company_county"),
    "accommodation": (f"{MODULE}.group_accommodation", "company_county"),
    "municipality": (f"{MODULE}.group_municipality", "company_county"),
    "employee": ("base.group_user", "company_a"),
    "portal": ("base.group_portal", "company_a"),
}
LOGINS = {"portal": "portal_user"}


def start(env):
    """Return since when the mandates run: long before whatever the tests tell of."""
    return local_today(env) - timedelta(days=800)


def build(env):
    """Create everybody and everything, and return it by name."""
    env = env(context=dict(env.context, **QUIET))
    world = _named(COMPANIES, env["res.company"].create(list(COMPANIES.values())))
    world["county"] = env["integration.county"].create(
        {"name": "Test County", "ags": "08999", "company_id": world["company_county"].id}
    )
    world |= _named(
        TOWNS,
        env["integration.municipality"].create(
            [dict(town, county_id=world["county"].id) for town in TOWNS.values()]
        ),
    )
    world |= _named(
        MANDATES,
        env["integration.mandate"].create(
            [
                {
                    "company_id": world[company].id,
                    "municipality_id": world[town].id,
                    "mode": mode,
                    "date_start": start(env),
                }
                for company, town, mode in MANDATES.values()
            ]
        ),
    )
    for name, (groups, company) in USERS.items():
        world[name] = new_user(env, LOGINS.get(name, name), groups, world[company])
    world["municipality"].integration_municipality_id = world["town_a"]
    return world


def new_user(env, login, groups, company):
    """Create a user of one employer, whose password is the login."""
    return new_test_user(
        env,
        login=login,
        groups=groups,
        company_id=company.id,
        company_ids=[Command.set(company.ids)],
        tz="Europe/Berlin",
        email=f"{login}@example.com",
    )


def note(world):
    """Remember the records in their database, for :func:`find`."""
    env = world["county"].env
    env["ir.model.data"].create(
        [
            {"module": NOTED, "name": name, "model": record._name, "res_id": record.id}
            for name, record in world.items()
        ]
    )


def find(env):
    """Return what was noted in this database, as if built today; nothing if nothing was."""
    notes = env["ir.model.data"].search_read([("module", "=", NOTED)], ["name", "model", "res_id"])
    world = {row["name"]: env[row["model"]].browse(row["res_id"]) for row in notes}
    if world:
        _begin_today(world["mandate_a"] | world["mandate_b"])
    return world


def _begin_today(mandates):
    """Move the mandates as many days on as the database is old, past all guards of dates."""
    if set(mandates.mapped("date_start")) != {start(mandates.env)}:
        mandates.env.cr.execute(
            "UPDATE integration_mandate SET date_start = %s WHERE id IN %s",
            (start(mandates.env), tuple(mandates.ids)),
        )
        mandates.invalidate_recordset()
        mandates.company_id.integration_grant_times = False
        mandates._record_times()


def _named(names, records):
    return dict(zip(names, records, strict=True))
