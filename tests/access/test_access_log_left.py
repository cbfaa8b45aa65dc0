from odoo.fields import Command
from odoo.tests import tagged

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
        document = case.env["ir.attachment"].create(
            {"name": "Letter", "raw": b"x", "res_model": case._name, "res_id": case.id}
        )
        activity = case.activity_schedule(
            "mail.mail_activity_data_todo", summary="Call", note="Words", user_id=self.worker_a.id
        )
        for read, opened in (
            (lambda: document.read(["raw"]), True),
            (lambda: document.search_read([("id", "=", document.id)], ["index_content"]), True),
            (lambda: case.env["ir.binary"]._log_handed_out(document), True),
            (lambda: document.read(["name"]), False),
            (lambda: activity.read(["note"]), True),
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
