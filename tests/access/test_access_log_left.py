import warnings

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.integration_management.models.access.logged import FEW, LISTED, PLAIN, PLAIN_OF

from .walls_world import WallsWorld

# Lists and boards whose columns say no more than the table of what lists show
LISTS = ("list", "kanban", "calendar", "graph", "pivot", "activity")


@tagged("post_install", "-at_install")
class TestAccessLogLeft(WallsWorld):
    """What left the server decides whether a file was opened: which fields, of how many files."""

    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self._forget()

    def _forget(self):
        self.env.cr.postcommit.clear()
        self.env.cr.postcommit.data.clear()
        self.env.invalidate_all()

    def _logged(self, kind="open"):
        pending = self.env.cr.postcommit.data.get("integration_access_log", {})
        return {key[2] for key in pending if key[1] == kind}

    def _pending(self):
        return list(self.env.cr.postcommit.data.get("integration_access_log", {}))

    def _filed(self):
        """Return the records of the own file by model, of those with somebody's file."""
        kit = self.kits["mine"]
        for name in kit.models():
            records = kit.records(name)
            if name.startswith("integration.") and not records._transient:
                yield name, records

    def test_every_form_opens_its_file(self):
        """Every model of a file, found from the registry: goals, steps, consents, releases, …"""
        opened = set()
        for name, records in self._filed():
            record = records.with_user(self.worker_a)[:1]
            if not record._telling(record._fields) or not record.has_access("read"):
                continue
            clients = record._logged_clients().ids
            if not clients:
                continue
            views = record.get_views([(False, "form")])["models"][name]["fields"]
            if not record._telling(views):
                continue
            self._forget()
            record.web_read({field: {} for field in views})
            self.assertLessEqual(set(clients), self._logged(), name)
            opened.add(name)
        self.assertFalse(
            {
                f"integration.{name}"
                for name in (
                    "case", "client", "contact", "note", "plan", "plan.line", "plan.step",
                    "consent", "release", "disclosure", "residence", "housing",
                    "benefit", "language.level", "education", "employment",
                )
            }
            - opened,
        )  # fmt: skip

    def test_data_protection_opens_files_too(self):
        for name in ("consent", "release", "disclosure"):
            record = self.kits["mine"].records(f"integration.{name}").with_user(self.dpo_a)[:1]
            self._forget()
            record.web_read({field: {} for field in record._fields if field != "attachment"})
            self.assertEqual(self._logged(), set(record.sudo().client_id.ids), name)

    def test_a_list_of_many_opens_none(self):
        clients = [self._client(self.worker_a, f"Listed {n}") for n in range(FEW + 1)]
        env = self._as(self.dpo_a)
        consents = env["integration.consent"]
        names = consents.get_views([(False, "list")])["models"]["integration.consent"]["fields"]
        spec = {
            field: {"fields": {"display_name": {}}} if field.endswith("_id") else {}
            for field in names
        }
        consents.web_search_read([("client_id", "in", [c.id for c in clients])], spec)
        self.assertEqual(self._logged(), set())
        consents.web_search_read([("client_id", "=", clients[0].id)], spec)
        self.assertEqual(self._logged(), {clients[0].id})

    def test_lists_show_what_the_table_says(self):
        """A new column is plain, one that lists show, or words that are logged in any list."""
        views = self.env["ir.ui.view"].search(
            [("type", "in", LISTS), ("model", "=like", "integration.%"), ("mode", "=", "primary")]
        )
        checked = 0
        for view in views:
            model = self.env[view.model]
            if not isinstance(model, self.env.registry["integration.logged"]) or model._transient:
                continue
            if model._name == "integration.client.card":
                continue
            known = PLAIN | PLAIN_OF.get(view.model, set()) | LISTED.get(view.model, set())
            shown = model.get_view(view.id, view.type)["models"][view.model]
            self.assertLessEqual(set(shown) - model._content_fields, known, view.name)
            checked += 1
        self.assertGreater(checked, 8)

    def test_the_table_names_fields_that_are_there(self):
        for table in (PLAIN_OF, LISTED):
            for name, fields in table.items():
                self.assertLessEqual(fields, set(self.env[name]._fields), name)
        everywhere = {name for model in self.env.registry.values() for name in model._fields}
        self.assertLessEqual(PLAIN, everywhere)

    def test_groups_that_tell_values(self):
        env = self._as(self.worker_a)
        client = self.kits["mine"].records("integration.client").with_user(self.worker_a)[:1]
        clients = env["integration.client"]
        one = [("id", "=", client.id)]
        for groupby, aggregates in (
            (["birthdate:day"], ["__count"]),
            ([], ["birthdate:array_agg"]),
            ([], ["birthdate:max"]),
            (["file_number", "residence_status_id"], ["__count"]),
        ):
            self._forget()
            clients.formatted_read_group(one, groupby, aggregates)
            self.assertEqual(self._logged(), {client.id}, (groupby, aggregates))
            self._forget()
            clients.formatted_read_grouping_sets(one, [groupby], aggregates)
            self.assertEqual(self._logged(), {client.id}, (groupby, aggregates))
        for n in range(FEW + 1):
            self._client(self.worker_a, f"Counted {n}")
        self._forget()
        clients.formatted_read_group([], ["gender"], ["__count"])
        clients.formatted_read_group([], ["gender"], ["birthdate:count_distinct"])
        env["integration.case"].formatted_read_group([], ["stage_id"], ["__count"])
        self.assertEqual(self._logged(), set(), "counting many is no opening")
        clients.formatted_read_group([], ["file_number"], ["birthdate:array_agg"])
        self.assertLessEqual(set(clients.search([]).ids), self._logged())

    def test_groups_by_every_way(self):
        """The deprecated way, the bars of a board, and whatever else ends in the same groups."""
        env = self._as(self.worker_a)
        for n in range(FEW + 1):
            self._client(self.worker_a, f"Grouped {n}")
        self.env.flush_all()
        clients, cases = env["integration.client"], env["integration.case"]
        mine = set(clients.search([]).ids)
        whose = set(cases.search([]).client_id.ids)
        colors = {"colors": {"given": "success", "unknown": "muted"}}
        referrals = env["integration.referral"]
        for group, logged in (
            (lambda: clients.read_group([], ["b:array_agg(birthdate)"], ["file_number"]), mine),
            (
                lambda: clients.read_group([], ["p:array_agg(phone)"], ["file_number"], lazy=False),
                mine,
            ),
            (
                lambda: env["integration.consent"].read_progress_bar(
                    [], "client_id", {"field": "decision", **colors}
                ),
                set(env["integration.consent"].search([]).client_id.ids),
            ),
            (
                lambda: clients.read_progress_bar(
                    [], "birthdate:day", {"field": "gender", **colors}
                ),
                mine,
            ),
            (
                lambda: referrals.read_group([], ["n:array_agg(recipient_name)"], ["case_id"]),
                set(referrals.search([]).client_id.ids),
            ),
            (
                lambda: cases.formatted_read_group(
                    [], ["client_id.name", "client_id.birthdate:day"], ["__count"]
                ),
                whose,
            ),
            (
                lambda: cases.formatted_read_grouping_sets([], [["client_id.street"]], ["__count"]),
                whose,
            ),
            (
                lambda: cases.formatted_read_group(
                    [], ["client_id.partner_id.street"], ["__count"]
                ),
                whose,
            ),
            (
                lambda: env["integration.note"].formatted_read_group(
                    [], ["case_id.client_id.name"], ["__count"]
                ),
                set(env["integration.note"].search([]).case_id.client_id.ids),
            ),
            (
                lambda: env["integration.case.access"].formatted_read_group(
                    [], ["client_id.name"], ["__count"]
                ),
                set(env["integration.case.access"].search([]).client_id.ids),
            ),
        ):
            self._forget()
            with mute_logger("py.warnings"), warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                group()
            self.assertEqual(self._logged(), logged)

    def test_groups_that_tell_nobody_claim_nothing(self):
        env = self._as(self.worker_a)
        for n in range(FEW + 1):
            self._case(self._client(self.worker_a, f"Counted {n}"))
        self.env.flush_all()
        self._forget()
        for model, groupby in (
            ("integration.case", ["client_id.gender"]),
            ("integration.case", ["client_id", "stage_id"]),
            ("integration.client", ["birthdate:year"]),
            ("integration.consent", ["decision"]),
        ):
            env[model].formatted_read_group([], groupby, ["__count"])
            self.assertEqual(self._logged(), set(), groupby)
        nothing = [("id", "=", 0)]
        env["integration.referral"].formatted_read_group(nothing, ["topic_id", "case_id"], [])
        env["integration.note"].formatted_read_group(nothing, ["case_id.client_id.name"], [])
        self.assertEqual(self._pending(), [])
        # What is compared and not shown
        env["integration.release"]._named("Anybody")
        self.assertEqual(self._pending(), [])

    def test_dialogs_lead_to_files_as_well(self):
        """Rows of a dialog are anybody's: grouped by a path they tell of the case they name."""
        case = self.kits["mine"].records("integration.case").with_user(self.worker_a)[:1]
        dialog = case.env["integration.contact.quick"].create(
            {"case_id": case.id, "channel_id": self.home_visit.id}
        )
        self._forget()
        dialog.formatted_read_group(
            [("id", "=", dialog.id)], ["case_id.client_id.name"], ["__count"]
        )
        self.assertEqual(self._logged(), set(case.sudo().client_id.ids))
        plan = self.kits["mine"].records("integration.plan").with_user(self.worker_a)[:1]
        review = case.env["integration.plan.review.wizard"].create({"plan_id": plan.id})
        line = review.line_ids.create({"wizard_id": review.id, "goal_id": plan.line_ids[:1].id})
        self._forget()
        line.read(["name"])
        self.assertEqual(self._logged(), set(plan.sudo().case_id.client_id.ids))

    def test_names_that_the_context_asks_for(self):
        """Of few they are logged like the field, of many they are a list; pickers log nothing."""
        env = self._as(self.worker_a)
        clients = [self._client(self.worker_a, f"Named {n}") for n in range(FEW + 1)]
        cases = env["integration.case"].browse([self._case(client).id for client in clients])
        self.env.flush_all()
        shown = {"integration_show_name": True}
        nested = {"client_id": {"fields": {"display_name": {}}, "context": shown}}
        step = self.kits["mine"].records("integration.plan.step").with_user(self.worker_a)[:1]
        steps = step.with_context(**shown)
        named = cases.with_context(**shown)
        for read in (
            lambda some: some.read(["display_name"]),
            lambda some: some.read(["client_id"]),
            lambda some: some.with_context(integration_show_name=False).web_read(nested),
            lambda some: some.client_id.read(["display_name"]),
            lambda some: some.client_id.partner_id.read(["display_name"]),
            lambda some: some.formatted_read_group(
                [("id", "in", some.ids)], ["client_id"], ["__count"]
            ),
        ):
            for some, logged in ((named[:1], {clients[0].id}), (named, set())):
                self._forget()
                read(some)
                self.assertEqual(self._logged(), logged)
        self._forget()
        steps.read(["display_name"])
        self.assertEqual(self._logged(), set(step.sudo().case_id.client_id.ids))
        self._forget()
        for some in (cases[:1], cases):
            some.read(["display_name", "client_id"])
        step.read(["display_name"])
        named.name_search("")
        named.client_id.web_name_search("", {"display_name": {}})
        named.client_id.partner_id.name_search("")
        self.assertEqual(self._pending(), [])

    def test_a_lead_who_looks_up_a_name(self):
        case = self._case(self._client(self.worker_a, "Looked Up")).with_env(self._as(self.lead_a))
        self.env.flush_all()
        self._forget()
        case.with_context(integration_show_name=True).read(["display_name"])
        self.assertEqual(self._logged(), set(case.sudo().client_id.ids))

    def test_whoever_is_shown_the_number_has_opened_nothing(self):
        entries = self._as(self.dpo_a)["integration.case.access"]
        entry = entries.search([], limit=1).with_context(integration_show_name=True)
        self._forget()
        number = entry.sudo().client_id.file_number
        self.assertEqual(entry.read(["client_id"])[0]["client_id"][1], number)
        self.assertEqual(self._logged(), set())

    def test_what_forms_begin_with_and_what_is_copied(self):
        """Two requests that answer with what a record holds, and read nothing by name."""
        client = self.kits["mine"].records("integration.client").with_user(self.worker_a)[:1]
        note = self.kits["mine"].records("integration.note").with_user(self.worker_a)[:1]
        for read, logged in (
            (lambda: client.onchange({}, [], {"street": {}, "name": {}}), client),
            (lambda: note.onchange({}, [], {"body": {}}), note.sudo().case_id.client_id),
            (lambda: note.copy_data(), note.sudo().case_id.client_id),
        ):
            self._forget()
            read()
            self.assertEqual(self._logged(), set(logged.ids))

    def test_the_contact_behind_a_client(self):
        client = self.kits["mine"].records("integration.client").with_user(self.worker_a)[:1]
        partner = client.partner_id.id
        contacts = self._as(self.worker_a)["res.partner"]
        one = [("id", "=", partner)]
        for read in (
            lambda: contacts.search_read(one, ["street"]),
            lambda: contacts.web_search_read(one, {"street": {}}),
            lambda: contacts.browse(partner).read(["phone"]),
            lambda: contacts.formatted_read_group(one, ["phone"], ["__count"]),
            lambda: contacts.formatted_read_group(one, [], ["phone:array_agg"]),
            lambda: contacts.formatted_read_grouping_sets(one, [["street"]], ["__count"]),
            lambda: contacts._read_group(one, [], ["street:array_agg"]),
        ):
            self._forget()
            read()
            self.assertEqual(self._logged(), {client.id})
        self._forget()
        contacts.browse(partner).read(["display_name"])
        self.assertEqual(self._logged(), set())

    def test_documents_and_activities(self):
        case = self.kits["mine"].records("integration.case").with_user(self.worker_a)[:1]
        client = case.client_id.id
        document = self._scan_at(case, "Letter")
        activity = case.activity_schedule(
            "mail.mail_activity_data_todo", summary="Call", note="Words", user_id=self.worker_a.id
        )
        planned, scan = [("id", "=", activity.id)], [("id", "=", document.id)]
        for read, opened in (
            (lambda: document.read(["raw"]), True),
            (lambda: document.search_read([("id", "=", document.id)], ["index_content"]), True),
            (lambda: case.env["ir.binary"]._log_handed_out(document), True),
            (lambda: document.read(["name"]), False),
            (lambda: activity.read(["note"]), True),
            (lambda: activity._read_group(planned, [], ["note:array_agg"]), True),
            (lambda: document._read_group(scan, ["res_id"], ["index_content:array_agg"]), True),
            (lambda: activity._read_group(planned, ["res_id"], ["__count"]), False),
            (lambda: activity.read(["summary", "date_deadline"]), False),
        ):
            self._forget()
            read()
            self.assertEqual(self._logged(), {client} if opened else set())

    def test_a_refused_reading_is_none(self):
        case = self.kits["other"].records("integration.case")[:1]
        with self.assertRaises(Exception):  # noqa: B017 - whatever refuses it
            case.with_user(self.worker_a).read(["contact_ids"])
        self.assertEqual(self._logged(), set())

    def test_exports_of_what_lies_in_a_file(self):
        self.worker_a.group_ids = [Command.link(self.env.ref("base.group_allow_export").id)]
        note = self.kits["mine"].records("integration.note").with_user(self.worker_a)[:1]
        note.export_data(["date"])
        self.assertEqual(self._logged("export"), set(note.sudo().case_id.client_id.ids))

    def test_exports_of_what_columns_lead_to(self):
        """The children of a family by the case of their mother; and none by a number alone."""
        self.worker_a.group_ids = [Command.link(self.env.ref("base.group_allow_export").id)]
        mother, child = (self._client(self.worker_a, f"Exported {n}") for n in range(2))
        case = self._case(mother)
        child.family_case_id = case
        self.env.flush_all()
        for columns, logged in (
            (["file_number"], mother),
            (["file_number", "member_ids/file_number"], mother),
            (["member_ids/name", "member_ids/birthdate"], mother | child),
            (["client_id/name", "member_ids/partner_id/street"], mother | child),
        ):
            self._forget()
            case.with_context(import_compat=False).export_data(columns)
            self.assertEqual(self._logged("export"), set(logged.ids), columns)
