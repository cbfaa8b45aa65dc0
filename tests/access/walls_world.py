"""The world the walls are attacked in: files, dialogs and figures of several people."""

import base64
from contextlib import contextmanager
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tools import SQL

from ..caches import collect_often
from ..common import MODULE, IntegrationCommon
from ..walls_rooms import rows_of_rooms
from .walls_registry import dialog_models, file_models
from .walls_words import PLANTED, WallsWords


class Kit(dict):
    """All records of one file: a key of the table -> its records."""

    def __init__(self, tag, owner):
        super().__init__()
        self.tag, self.owner, self.company = tag, owner, owner.company_id

    def models(self):
        """Return the models the file is made of."""
        return sorted({key.split(":")[0] for key in self})

    def records(self, model):
        """Return all records of ``model``, of whatever class of the table."""
        found = [records for key, records in self.items() if key.split(":")[0] == model]
        return found[0].union(*found[1:]) if found else None


class WallsWorld(WallsWords, IntegrationCommon):
    """One user per role at employer A, and six files that differ in who may read them.

    mine: kept by worker_a; team: everybody has a team entry; colleague: nobody has; ended:
    everybody's entry ended yesterday, or begins tomorrow only; stray: an entry to a file of
    employer B; other: employer B without any entry.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        collect_often(cls)
        cls.users = cls._people()
        cls.words, cls.planted = [], {}
        cls.kits = {
            "mine": cls._kit("mine", cls.worker_a),
            "team": cls._kit("team", cls.colleague_a),
            "colleague": cls._kit("colleague", cls.colleague_a),
            "ended": cls._kit("ended", cls.colleague_a),
            "stray": cls._kit("stray", cls.worker_b),
            "other": cls._kit("other", cls.worker_b),
        }
        now = fields.Datetime.now()
        yesterday, tomorrow = now - timedelta(days=1), now + timedelta(days=1)
        for tag, periods in {
            "team": [(yesterday, False)],
            "stray": [(yesterday, False)],
            "ended": [(yesterday - timedelta(days=1), yesterday), (tomorrow, False)],
        }.items():
            for user in cls.users.values():
                cls._enter(cls.kits[tag], user, periods)
        for tag in ("mine", "team"):
            cls._meet_elsewhere(cls.kits[tag], cls.kits["colleague"])
        cls._leave_activities(cls.kits["ended"])
        for kit in cls.kits.values():
            cls._plant(kit)
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _people(cls):
        """Return {role: user} of everybody who tries the walls."""
        return {
            "worker": cls.worker_a,
            "lead": cls.lead_a,
            "reporting": cls.reporting_a,
            "admin": cls.admin_a,
            "dpo": cls.dpo_a,
            "county": cls.county_user,
            "accommodation": cls.accommodation,
            "municipality": cls.municipality,
            **{"employee": cls.employee, "portal": cls.portal},
            "public": cls.env.ref("base.public_user"),
        }

    @contextmanager
    def acting(self, user):
        """Be ``user`` for the ORM, as after a login: also where it asks for the first user."""
        former = self.env
        self.uid = user.id
        self.env.invalidate_all()
        try:
            yield self.env
        finally:
            self.env.invalidate_all()
            self.uid = former.uid
            self.env = former

    # ------------------------------------------------------------
    # Files
    # ------------------------------------------------------------

    @classmethod
    def _kit(cls, tag, owner):
        """Build one record of every model of a file, as ``owner`` and with consent."""
        kit = Kit(tag, owner)
        client = cls._client(owner, f"Person {tag}", email=f"{tag}@client.example", phone="07541 1")
        relative = cls._client(owner, f"Relative {tag}")
        env = client.env
        case = cls._case(client)
        case._accompany(relative)
        day = cls.today - timedelta(days=30)
        household = env["integration.household"].create({})
        members = env["integration.household.member"].create(
            [
                {"household_id": household.id, "client_id": person.id, "date_from": day}
                for person in client | relative
            ]
        )
        kit.update(
            {
                "integration.client": client | relative,
                "integration.household": household,
                "integration.household.member": members,
                "integration.case": case,
                "integration.client.card": env["integration.client.card"].browse(
                    (client | relative).ids
                ),
                "res.partner": client.partner_id | relative.partner_id,
                **cls._histories(client, day),
                **cls._contacts(case, client | relative),
                **cls._assessments(case),
                **cls._plans(kit, case, day),
                **rows_of_rooms(case, client),
            }
        )
        kit.update(cls._trust(kit, client))
        kit["ir.attachment:case"] = cls._scan_at(case)
        kit["integration.consent"] |= (client | relative).consent_ids
        # Written by a withdrawal alone
        recipients = cls.env["integration.withdrawal.recipient"]
        kit[recipients._name] = (
            recipients._as_system()
            .create({"consent_id": kit["integration.consent"][:1].id, "recipient_name": "Somebody"})
            .with_env(env)
        )
        kit["mail.activity"] = case.activity_schedule(
            "mail.mail_activity_data_todo", summary="Words", user_id=owner.id
        )
        kit["integration.case.access"] = case.sudo().access_ids | client.sudo().access_ids
        kit["integration.case.assignment"] = case.sudo().assignment_ids
        return kit

    @classmethod
    def _histories(cls, client, day):
        """Return one entry of every history that stands behind the consent gate."""
        return {
            model: client.env[model].create(
                dict(cls._required(client.env[model]), client_id=client.id, date_from=day)
            )
            for model in file_models(cls.env)
            if issubclass(cls.env.registry[model], cls.env.registry["integration.dated"])
            and model != "integration.household.member"
        }

    @classmethod
    def _contacts(cls, case, persons):
        contact = cls._talk(case, persons)
        # An exception of this quarter, and one of a quarter that is over
        rail = cls.env.ref(f"{MODULE}.guard_rail_accompanying")
        former = cls._talk(case, persons, days_ago=95)
        (contact | former)._as_system().overridden_rail_ids = rail
        note = {"contact_id": contact.id, "body": "Words"}
        notes = {
            name: case.env["integration.note"].create(dict(note, confidentiality=name))
            for name in ("file", "confidential", "supervision")
        }
        return {
            "integration.contact": contact | former,
            "integration.contact.person": (contact | former).person_ids,
            "integration.contact.change": cls._corrections(contact),
            "integration.contact.draft": cls._draft(case, persons),
            "integration.referral": case.env["integration.referral"].create(
                {"case_id": case.id, "contact_id": contact.id, "recipient_name": "Somebody"}
            ),
            "integration.course.enrolment": case.env["integration.course.enrolment"].create(
                {"case_id": case.id, "kind_id": cls.env.ref(f"{MODULE}.course_kind_other").id}
            ),
            **{f"integration.note:{name}": record for name, record in notes.items()},
        }

    @classmethod
    def _corrections(cls, contact):
        contact.duration += 5
        return contact.change_ids

    @classmethod
    def _draft(cls, case, persons):
        """Return what the owner of the file was writing about its people."""
        drafts = case.env["integration.contact.draft"]
        drafts._remember(f"{case.id:032x}", "1" * 32, True, case, persons, {"note": "Words"})
        return drafts.search([("case_id", "=", case.id)])

    @classmethod
    def _assessments(cls, case):
        assessment = case.env["integration.assessment"].create(
            {
                "case_id": case.id,
                "line_ids": [
                    Command.create({"area_id": cls.env.ref(f"{MODULE}.area_housing").id, "need": 4})
                ],
            }
        )
        return {
            "integration.assessment": assessment,
            "integration.assessment.line": assessment.line_ids,
        }

    @classmethod
    def _plans(cls, kit, case, day):
        plan = case.env["integration.plan"].create(
            {
                "case_id": case.id,
                "line_ids": [
                    Command.create(
                        {
                            "area_id": cls.env.ref(f"{MODULE}.area_housing").id,
                            # What is frozen with the agreement
                            "name": cls._word(kit, "integration.agreement", "words"),
                            "step_ids": [Command.create({"name": "Look for one"})],
                        }
                    )
                ],
            }
        )
        plan.action_agree(day)
        return {
            **cls._sheets(kit, plan),
            "integration.plan": plan,
            "integration.plan.line": plan.line_ids,
            "integration.plan.step": plan.step_ids,
            "integration.plan.review": plan.review_ids.create({"plan_id": plan.id}),
            "integration.deadline": case.env["integration.deadline"].create(
                {
                    "case_id": case.id,
                    "kind_id": cls.env.ref(f"{MODULE}.deadline_kind_appeal").id,
                    "date": cls.today,
                    "note": "Words",
                }
            ),
        }

    @classmethod
    def _trust(cls, kit, client):
        """Return what was agreed to and passed on, with the secrets that never change again."""
        consents = client.env["integration.consent"]
        disclosures = client.env["integration.disclosure"]
        paper = cls._word(kit, "integration.consent", "attachment")
        kind = cls.env["integration.information.kind"].search([("special", "=", False)], limit=1)
        consent = consents.create(
            {
                "client_id": client.id,
                "purpose": "messenger",
                "attachment": base64.b64encode(f"%PDF-1.4 {paper}".encode()),
                **{
                    name: cls._word(kit, consents._name, name) for name in cls._free_texts(consents)
                },
            }
        )
        return {
            consents._name: consent,
            "integration.release": client.env["integration.release"].create(
                {
                    "client_id": client.id,
                    "recipient_name": "Somebody",
                    "purpose": "Something",
                    "kind_ids": kind.ids,
                    "valid_until": cls.today + timedelta(days=30),
                }
            ),
            disclosures._name: disclosures.create(
                {
                    "client_id": client.id,
                    "basis": "emergency",
                    "kind_ids": kind.ids,
                    **{
                        name: cls._word(kit, disclosures._name, name)
                        for name in cls._free_texts(disclosures)
                    },
                }
            ),
            "ir.attachment": cls.env["ir.attachment"]
            .search(
                [
                    ("res_model", "=", consents._name),
                    ("res_id", "=", consent.id),
                    ("res_field", "=", "attachment"),
                ]
            )
            .with_env(client.env),
        }

    @classmethod
    def _enter(cls, kit, user, periods):
        """Write access entries by hand, as nobody but the system may."""
        case = kit["integration.case"].sudo()
        cls.env["integration.case.access"].sudo().create(
            [
                {
                    "case_id": case.id,
                    "client_id": client.id,
                    "user_id": user.id,
                    "kind": "team",
                    "date_from": start,
                    "date_until": end,
                }
                for client in case.client_id | case.member_ids
                for start, end in periods
            ]
        )

    @classmethod
    def _meet_elsewhere(cls, kit, other):
        """Let the kit's client be present at a talk that belongs to another file."""
        contact = cls._talk(other["integration.case"].sudo(), kit["integration.client"][:1].sudo())
        env = kit["integration.case"].env
        kit["integration.contact:elsewhere"] = contact.with_env(env)
        kit["integration.contact.person:elsewhere"] = contact.person_ids.with_env(env)

    @classmethod
    def _leave_activities(cls, kit):
        """Leave an activity on a file that is closed to her with everybody but leads.

        Who leads reads what is assigned to her, without the file.
        """
        lead = f"{MODULE}.group_lead"
        for user in (user for user in cls.users.values() if not user.has_group(lead)):
            activity = kit["mail.activity"][:1].sudo().copy()
            cls.env.flush_all()
            cls.env.cr.execute(
                SQL("UPDATE mail_activity SET user_id = %s WHERE id = %s", user.id, activity.id)
            )
            kit["mail.activity"] |= activity.with_env(kit["mail.activity"].env)

    # ------------------------------------------------------------
    # Dialogs
    # ------------------------------------------------------------

    @classmethod
    def _dialogs(cls, user, kit):
        """Return one row of every dialog as ``user`` would have opened it on ``kit``."""
        rows = {}
        for name in dialog_models(cls.env):
            model = cls.env[name].with_context(tracking_disable=True)
            rows[name] = model.create(cls._required(model, kit, rows))
        cls.env.flush_all()
        for records in rows.values():
            cls.env.cr.execute(
                SQL(
                    "UPDATE %s SET create_uid = %s WHERE id IN %s",
                    SQL.identifier(records._table),
                    user.id,
                    tuple(records.ids),
                )
            )
        cls.env.invalidate_all()
        return rows

    @classmethod
    def _required(cls, model, kit=None, rows=None):
        """Return values for the fields that ``model`` cannot do without."""
        values = {}
        required = [n for n, f in model._fields.items() if f.required and not f.compute]
        given = model.default_get(required)
        for name in required:
            field = model._fields[name]
            if given.get(name):
                continue
            if field.type == "many2one":
                records = (rows or {}).get(field.comodel_name)
                if records is None and kit:
                    records = kit.records(field.comodel_name)
                if records is None:
                    records = cls.env[field.comodel_name].search([], limit=1)
                values[name] = records[:1].id
            elif field.type == "selection":
                values[name] = field.get_values(cls.env)[0]
            elif field.type in PLANTED:
                values[name] = f"Words of {name}"
            elif field.type == "date":
                values[name] = cls.today
        return values

    # ------------------------------------------------------------
    # Secrets
    # ------------------------------------------------------------
