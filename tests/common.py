from datetime import timedelta

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.integration_management.models.consent.client import DESCRIPTION
from odoo.addons.integration_management.tools import local_today

MODULE = "integration_management"


class IntegrationCommon(TransactionCase):
    """Two employers in one county, each with a mandate and its people.

    Town (employer A): worker_a, colleague_a (no access to worker_a's files), lead_a, admin_a,
    reporting_a, dpo_a. Agency (employer B): worker_b, lead_b. County: county_user.
    Beside them a plain employee and a portal user.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context=dict(
                cls.env.context,
                tracking_disable=True,
                mail_create_nolog=True,
                no_reset_password=True,
            )
        )
        cls.today = local_today(cls.env)
        cls.company_a, cls.company_b, cls.company_county = cls.env["res.company"].create(
            [
                {"name": "Town A", "integration_employer_type": "municipality"},
                {"name": "Agency B", "integration_employer_type": "agency"},
                {"name": "County Office", "integration_employer_type": "county"},
            ]
        )
        cls.county = cls.env["integration.county"].create(
            {"name": "Test County", "ags": "08999", "company_id": cls.company_county.id}
        )
        cls.town_a, cls.town_b = cls.env["integration.municipality"].create(
            [
                {"name": "Aheim", "ags": "08999001", "county_id": cls.county.id},
                {"name": "Bheim", "ags": "08999002", "county_id": cls.county.id},
            ]
        )
        cls.start = cls.today - timedelta(days=800)
        cls.mandate_a, cls.mandate_b = cls.env["integration.mandate"].create(
            [
                {
                    "company_id": cls.company_a.id,
                    "municipality_id": cls.town_a.id,
                    "mode": "own",
                    "date_start": cls.start,
                },
                {
                    "company_id": cls.company_b.id,
                    "municipality_id": cls.town_b.id,
                    "mode": "delegated",
                    "date_start": cls.start,
                },
            ]
        )
        for name, group, company in (
            ("worker_a", "group_caseworker", cls.company_a),
            ("colleague_a", "group_caseworker", cls.company_a),
            ("lead_a", "group_lead", cls.company_a),
            ("admin_a", "group_admin", cls.company_a),
            ("reporting_a", "group_reporting", cls.company_a),
            ("dpo_a", "group_dpo", cls.company_a),
            ("worker_b", "group_caseworker", cls.company_b),
            ("lead_b", "group_lead", cls.company_b),
            ("county_user", "group_county", cls.company_county),
        ):
            setattr(cls, name, cls._new_user(name, f"{MODULE}.{group}", company))
        cls.employee = cls._new_user("employee", "base.group_user", cls.company_a)
        cls.portal = cls._new_user("portal_user", "base.group_portal", cls.company_a)
        cls.home_visit = cls.env.ref(f"{MODULE}.channel_home_visit")
        cls.stage_intake = cls.env.ref(f"{MODULE}.stage_getting_to_know")

    @classmethod
    def _new_user(cls, login, groups, company):
        return new_test_user(
            cls.env,
            login=login,
            groups=groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            tz="Europe/Berlin",
            email=f"{login}@example.com",
        )

    @classmethod
    def _as(cls, user):
        """Return an environment of ``user`` in her own company."""
        return cls.env(user=user, su=False, context={"allowed_company_ids": user.company_id.ids})

    @classmethod
    def _client(cls, user, name="Invented Person", consent=True, **values):
        """Enter a client as ``user``, with consent to the file unless told otherwise."""
        described = {key: values.pop(key) for key in DESCRIPTION if consent and key in values}
        client = cls._as(user)["integration.client"].create({"name": name, **values})
        if consent:
            # What most clients tick, so that a lead may hand the case over.
            cls._consent(client, purpose="transfer")
            cls._consent(client)
            client.write(described)
        return client

    @classmethod
    def _consent(cls, client, decision="given", **values):
        values.setdefault(
            "date", cls.today - timedelta(days=100) if decision == "given" else cls.today
        )
        return client.env["integration.consent"].create(
            {"client_id": client.id, "decision": decision, **values}
        )

    @classmethod
    def _household(cls, *clients):
        """Let ``clients`` live together since long ago; return the household."""
        env = clients[0].env
        household = env["integration.household"].create({})
        env["integration.household.member"].create([
            {"household_id": household.id, "client_id": client.id, "date_from": cls.start}
            for client in clients
        ])
        return household

    @classmethod
    def _agree_beside_file(cls, client, **values):
        """Let ``client`` agree to everything the form names beside the file."""
        for purpose in ("team", "transfer", "messenger", "health"):
            cls._consent(client, purpose=purpose, **values)

    @classmethod
    def _case(cls, client, municipality=None, days_ago=100, **values):
        """Open a case for ``client`` as the user of its environment."""
        towns = {cls.company_a: cls.town_a, cls.company_b: cls.town_b}
        town = municipality or towns[client.company_id.with_env(cls.env)]
        return client.env["integration.case"].create(
            {
                "client_id": client.id,
                "municipality_id": town.id,
                "date_start": cls.today - timedelta(days=days_ago),
                **values,
            }
        )

    @classmethod
    def _talk(cls, case, clients=None, days_ago=1, **values):
        """Document a talk in ``case`` with ``clients`` (the case's client) present."""
        clients = case.client_id if clients is None else clients
        return case.env["integration.contact"].create(
            {
                "case_id": case.id,
                "date": cls.today - timedelta(days=days_ago),
                "channel_id": cls.home_visit.id,
                "duration": 30,
                "person_ids": [Command.create({"client_id": client.id}) for client in clients],
                **values,
            }
        )
