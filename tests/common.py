from datetime import timedelta

from odoo.fields import Command
from odoo.tests import TransactionCase

from odoo.addons.integration_management.models.consent.client import DESCRIPTION
from odoo.addons.integration_management.tools import local_today

from . import world
from .caches import CachesRollBack
from .one_browser import OneBrowser

MODULE = "integration_management"


class IntegrationCommon(CachesRollBack, OneBrowser, TransactionCase):
    """Two employers in one county, each with a mandate and its people.

    Town (employer A): worker_a, colleague_a (no access to worker_a's files), lead_a, admin_a,
    reporting_a, dpo_a. Agency (employer B): worker_b, lead_b. County: county_user, and
    accommodation, who enters moves for whatever employer; municipality, who speaks for the town of
    employer A.
    Beside them a plain employee and a portal user (world.py).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, **world.QUIET))
        cls.today = local_today(cls.env)
        cls.start = world.start(cls.env)
        for name, record in (world.find(cls.env) or world.build(cls.env)).items():
            setattr(cls, name, record)
        cls.home_visit = cls.env.ref(f"{MODULE}.channel_home_visit")
        cls.stage_intake = cls.env.ref(f"{MODULE}.stage_getting_to_know")

    @classmethod
    def _new_user(cls, login, groups, company):
        return world.new_user(cls.env, login, groups, company)

    @classmethod
    def _as(cls, user):
        """Return an environment of ``user`` in her own company."""
        return cls.env(user=user, su=False, context={"allowed_company_ids": user.company_id.ids})

    @classmethod
    def _archive_with_cases(cls, user):
        """Let somebody have left with open cases, as in years in which nobody was stopped."""
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE res_users SET active = false WHERE id = %s", (user.id,))
        cls.env.invalidate_all()
        cls.env.registry.clear_cache()

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
    def _scan_at(cls, case, name="Scan", raw=b"A scan"):
        """Attach a scan to a case, as it came in years in which nobody was stopped."""
        values = {"name": name, "raw": raw, "res_model": case._name, "res_id": case.id}
        return cls.env["ir.attachment"].create(values).with_env(case.env)

    @classmethod
    def _household(cls, *clients):
        """Let ``clients`` live together since long ago; return the household."""
        env = clients[0].env
        household = env["integration.household"].create({})
        env["integration.household.member"].create(
            [
                {"household_id": household.id, "client_id": client.id, "date_from": cls.start}
                for client in clients
            ]
        )
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
