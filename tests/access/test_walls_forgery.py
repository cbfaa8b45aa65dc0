import logging

from psycopg2 import IntegrityError
from psycopg2.errors import UndefinedTable

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import IntegrationCommon
from .walls_count import count

QUIET = ("odoo.addons.base.models.ir_rule", "odoo.sql_db")


@tagged("post_install", "-at_install")
class TestWallsForgery(IntegrationCommon):
    """Attacks that once went through, each with what it would have opened."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._client(cls.worker_a, "Own Person")
        cls.case = cls._case(cls.client)
        cls.closed_client = cls._client(cls.colleague_a, "Secret Person")
        cls.closed_case = cls._case(cls.closed_client)
        cls.foreign_client = cls._client(cls.worker_b, "Secret Foreigner")
        cls.foreign_case = cls._case(cls.foreign_client)
        cls.mine = cls._as(cls.worker_a)

    def _refused(self, function, *args):
        count("forgeries")
        self.env.invalidate_all()
        with self.assertRaises(UserError) as caught, mute_logger(*QUIET), self.env.cr.savepoint():
            function(*args)
            self.env.flush_all()
        self.assertNotIn("Secret", str(caught.exception))
        self.assertNotIn(self.foreign_client.sudo().file_number, str(caught.exception))
        return caught.exception

    def _assert_closed(self, record, user=None):
        self.env.invalidate_all()
        own = record.sudo(False).with_env(self._as(user or self.worker_a))
        self.assertFalse(own.has_access("read"), "the forgery opened a file")

    # ------------------------------------------------------------
    # Values from the context
    # ------------------------------------------------------------

    def test_default_case_gives_no_entry(self):
        """The entry of a new client is written as superuser: whose case it opens is not asked."""
        clients = self.mine["integration.client"].with_context(
            default_case_id=self.closed_case.id, default_user_id=self.worker_a.id
        )
        clients.create({"name": "New Person"})
        self._assert_closed(self.closed_case)
        self.assertNotIn(self.worker_a, self.closed_case.sudo().access_ids.user_id)

    def test_default_client_gives_no_case(self):
        """Anyone who opens a case for a client becomes responsible for her."""
        town = self.town_a.id
        for client in (self.closed_client, self.foreign_client):
            client.sudo().case_ids._as_system().write({"state": "closed", "date_end": self.today})
            self._refused(
                self.mine["integration.case"].with_context(default_client_id=client.id).create,
                {"municipality_id": town},
            )
            self._refused(
                self.mine["integration.case"].create,
                {"municipality_id": town, "client_id": client.id},
            )
            self._assert_closed(client)

    def test_open_case_of_a_stranger_is_not_told(self):
        """Whether a client of another employer has a case is her business alone."""
        error = self._refused(
            self.mine["integration.case"].create,
            {"client_id": self.foreign_client.id, "municipality_id": self.town_a.id},
        )
        self.assertIsInstance(error, AccessError)

    def test_defaults_set_no_internal_field(self):
        client = self._client(self.worker_a, "Second Person", consent=False)
        case = (
            self.mine["integration.case"]
            .with_context(
                default_state="closed",
                default_date_end=self.today,
                default_date_opened=self.today,
                default_previous_case_id=self.case.id,
                default_company_id=self.company_b.id,
            )
            .create({"client_id": client.id, "municipality_id": self.town_a.id})
        )
        self.assertEqual(
            (case.state, case.date_end, case.date_opened, case.company_id),
            ("open", False, False, self.company_a),
        )
        self.assertFalse(case.previous_case_id)

    def test_defaults_reach_no_contact(self):
        client = (
            self.mine["integration.client"]
            .with_context(
                default_parent_id=self.company_b.partner_id.id,
                default_comment="Words",
                default_user_ids=[Command.create({"name": "Backdoor", "login": "backdoor"})],
                default_message_follower_ids=[Command.create({"partner_id": 3})],
            )
            .create({"name": "Third Person"})
        )
        contact = client.partner_id.sudo()
        self.assertFalse(contact.parent_id or contact.comment or contact.user_ids)
        self.assertFalse(self.env["res.users"].search([("login", "=", "backdoor")]))

    # ------------------------------------------------------------
    # Defaults that somebody keeps for herself
    # ------------------------------------------------------------

    def _keep(self, user, model, name, value):
        self._as(user)["ir.default"].set(model, name, value, user_id=True)

    def test_kept_defaults_set_no_internal_field(self):
        """Stored closed, and counted from a day on which nobody worked."""
        for name, value in (("date_opened", "2024-01-01"), ("state", "closed"), ("episode", 7)):
            self._keep(self.worker_a, "integration.case", name, value)
        client = self._client(self.worker_a, "Fourth Person", consent=False)
        case = self.mine["integration.case"].create(
            {"client_id": client.id, "municipality_id": self.town_a.id}
        )
        self.assertEqual(
            (case.state, case.date_opened, case.episode, bool(case.access_ids)),
            ("open", False, 1, True),
        )

    def test_no_kept_default_for_what_only_the_system_sets(self):
        """Each such field of each of our models, and what is derived from others."""
        values = {
            "boolean": True, "integer": 7, "float": 7.0, "char": "Forged", "text": "Forged",
            "date": "2024-01-01", "datetime": "2024-01-01 00:00:00", "json": {"forged": 1},
        }  # fmt: skip
        kept = {}
        for name, model in self.env.registry.items():
            if not issubclass(model, self.env.registry["integration.door"]) or model._abstract:
                continue
            for field in map(model._fields.get, self.mine[name]._never_default_fields()):
                value = values.get(field.type)
                if field.type == "selection":
                    value = field.get_values(self.env)[-1]
                if field.type in ("many2one", "many2one_reference"):
                    value = 1
                if value is None or name == "integration.client.card":
                    continue
                self._keep(self.worker_a, name, field.name, value)
                kept.setdefault(name, set()).add(field.name)
        self.assertGreater(sum(map(len, kept.values())), 100)
        for name, fields in kept.items():
            model = self.mine[name]
            own = {
                field: model._fields[field].default(model)
                for field in fields
                if model._fields[field].default
            }
            given = model.default_get(list(fields))
            self.assertEqual(set(given), set(own), name)
            self.assertFalse(
                self.mine["ir.default"]._get_model_defaults(name).keys() & fields, name
            )

    def test_a_kept_default_for_what_may_be_entered_counts(self):
        self._keep(self.worker_a, "integration.contact", "duration", 45)
        self.assertEqual(self.mine["integration.contact"].default_get(["duration"])["duration"], 45)

    def test_no_kept_default_in_what_is_created_as_superuser(self):
        """An entry for access, and the contact behind a client."""
        for name, value in (("reason", "Forged"), ("date_until", "2035-01-01 00:00:00")):
            self._keep(self.worker_a, "integration.case.access", name, value)
        for name, value in (("comment", "Words"), ("parent_id", self.company_b.partner_id.id)):
            self._keep(self.worker_a, "res.partner", name, value)
        client = self._client(self.worker_a, "Fifth Person", consent=False)
        entry = client.sudo().access_ids
        self.assertFalse(entry.reason or entry.date_until)
        self.assertFalse(client.partner_id.sudo().comment or client.partner_id.sudo().parent_id)

    def test_no_kept_default_marks_a_contact(self):
        """Of an ordinary employee: a contact behind the walls that no client stands before."""
        self._keep(self.employee, "res.partner", "is_integration_client", True)
        given = self._as(self.employee)["res.partner"].default_get(["is_integration_client"])
        self.assertFalse(given["is_integration_client"])

    # ------------------------------------------------------------
    # Forms
    # ------------------------------------------------------------

    def test_forms_show_nothing_of_what_they_pretend(self):
        """A form that is being filled in computes whatever it is told to refer to."""
        for client, case in (
            (self.closed_client, self.closed_case),
            (self.foreign_client, self.foreign_case),
        ):
            for model, values in {
                "integration.case": {"client_id": client.id},
                "integration.note": {"case_id": case.id},
                "integration.plan": {"case_id": case.id},
                "integration.consent": {"client_id": client.id},
                "integration.contact": {"person_ids": [[0, "virtual_1", {"client_id": client.id}]]},
                "integration.contact.quick": {"case_id": case.id},
                "integration.case.close": {"case_id": case.id},
                "integration.family.new.line": {
                    "wizard_id": {"id": 0, "line_ids": [[0, "virtual_2", {"client_id": client.id}]]}
                },
            }.items():
                with self.subTest(model):
                    record = self.mine[model]
                    names = list(values)
                    self._refused(record.onchange, values, names, {name: {} for name in names})
                    if "wizard_id" in values:
                        continue  # a parent that is not saved cannot be a default
                    self._refused(
                        record.with_context(
                            **{f"default_{name}": value for name, value in values.items()}
                        ).onchange,
                        {},
                        [],
                        {name: {} for name in names},
                    )

    def test_lead_still_edits_the_form_of_a_case(self):
        """What the case refers to anyway is no pretence."""
        lead = self._as(self.lead_a)["integration.case"].browse(self.closed_case.id)
        values = {"client_id": self.closed_client.id, "user_id": self.worker_a.id}
        self.assertIn("value", lead.onchange(values, ["user_id"], {"user_id": {}}))

    # ------------------------------------------------------------
    # Values that are no ids
    # ------------------------------------------------------------

    def test_texts_are_no_ids(self):
        """The database takes “12” for 12, after the wall has looked for the text."""
        id_ = str(self.closed_client.id)
        household = self.mine["integration.household"].create({})
        for values in (
            {"household_id": household.id, "client_id": id_},
            {"household_id": household.id, "client_id": [id_, "Name"]},
        ):
            self._refused(self.mine["integration.household.member"].create, values)
        contact = self._talk(self.case)
        for commands in (
            [[6, 0, [id_]]],
            [[4, id_]],
            [[4, id_, 0]],
            [id_],
            [[6, 0, [None]]],
            [[4]],
            [[]],
            [[6, 0]],
        ):
            with self.subTest(commands):
                self._refused_or_nothing(contact, commands)

    def _refused_or_nothing(self, contact, commands):
        count("forgeries")
        try:
            with self.env.cr.savepoint(), mute_logger(*QUIET):
                contact.write({"client_ids": commands})
                self.env.flush_all()
        except (UserError, ValueError):
            return
        self.assertNotIn(self.closed_client, contact.sudo().person_ids.client_id)

    # ------------------------------------------------------------
    # Rows at the edge of a file
    # ------------------------------------------------------------

    def test_nobody_is_added_to_a_talk_of_a_colleague(self):
        """Her own client was there, so she reads the talk; she does not rewrite it."""
        self._household(self.closed_client.sudo(), self.client.sudo())
        talk = (
            self.env["integration.contact"]
            .sudo()
            .create(
                {
                    "case_id": self.closed_case.id,
                    "date": self.today,
                    "channel_id": self.home_visit.id,
                    "user_id": self.colleague_a.id,
                    "person_ids": [
                        Command.create({"client_id": client.id})
                        for client in self.client.sudo() | self.closed_client.sudo()
                    ],
                }
            )
        )
        self.env.invalidate_all()
        talk = self.mine["integration.contact"].browse(talk.id)
        self.assertEqual(talk.person_ids.client_id, self.client)
        self._refused(talk.person_ids.unlink)
        self._refused(talk.write, {"duration": 5})
        other = self._client(self.worker_a, "Fourth Person")
        self._case(other)
        self._refused(
            self.mine["integration.contact.person"].create,
            {"contact_id": talk.id, "client_id": other.id},
        )

    def test_entries_end_with_role_and_employer(self):
        """Nobody ends the entries of anyone who changes; they must not matter any more."""
        groups = self.worker_a.sudo()
        groups.group_ids = [
            Command.unlink(self.env.ref("integration_management.group_caseworker").id),
            Command.link(self.env.ref("integration_management.group_reporting").id),
        ]
        for record in (self.case, self.client, self.client.sudo().partner_id):
            self._assert_closed(record)
        self._assert_masked(self.client)
        groups.write(
            {
                "group_ids": [
                    Command.link(self.env.ref("integration_management.group_caseworker").id)
                ],
                "company_id": self.company_b.id,
                "company_ids": [Command.set(self.company_b.ids)],
            }
        )
        for record in (self.case, self.client, self.client.sudo().partner_id):
            self._assert_closed(record)
        self._assert_masked(self.client)

    def _assert_masked(self, client):
        """A many2one shows the name of its target as superuser, to the user who asks."""
        self.env.invalidate_all()
        asked = client.with_env(self._as(self.worker_a)).with_context(integration_show_name=True)
        for record in (asked, asked.sudo().partner_id.sudo()):
            self.assertEqual(record.sudo().display_name, client.sudo().file_number)

    def test_number_of_a_household_stays_neutral(self):
        household = self.mine["integration.household"].create({})
        self.mine["integration.household.member"].create(
            {"household_id": household.id, "client_id": self.client.id}
        )
        self._refused(household.write, {"name": "The Persons of Own Street"})
        self._refused(household.write, {"company_id": self.company_b.id})

    def test_entries_are_not_sorted_by_name(self):
        """Who may see the entries of the employer would read the alphabet of its clients."""
        for user in (self.lead_a, self.dpo_a):
            entries = self._as(user)["integration.case.access"]
            self._refused(lambda e=entries: e.search([], order="partner_id"))
            self._refused(lambda e=entries: e.search([("partner_id.name", "like", "S%")]))
            self._refused(lambda e=entries: e.formatted_read_group([], ["partner_id"], ["__count"]))

    # ------------------------------------------------------------
    # Log
    # ------------------------------------------------------------

    def test_failed_query_is_logged_without_values(self):
        """PostgreSQL quotes the whole row, Odoo the whole statement."""
        for values in (
            {"name": "Secret Person", "street": "Secret Street", "country_id": 99999999},
            {"name": "Secret Person", "gender": False, "occupations": "Secret Trade"},
        ):
            count("forgeries")
            with (
                self.assertLogs("odoo.sql_db", logging.ERROR) as logs,
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.mine["integration.client"].create(values)
                self.env.flush_all()
            text = "\n".join(logs.output)
            self.assertNotIn("Secret", text)
            self.assertIn("constraint", text, "what went wrong is still said")

    def test_other_failed_queries_are_logged_as_ever(self):
        with (
            self.assertLogs("odoo.sql_db", logging.ERROR) as logs,
            self.assertRaises(UndefinedTable),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("SELECT 'plain words' FROM no_such_table")
        self.assertIn("plain words", "\n".join(logs.output))
