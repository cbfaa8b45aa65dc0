from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestAccessLogPaths(IntegrationCommon):
    """A file is logged by whatever door it is entered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a, "Logged Person")
        cls.case = cls._case(cls.client_a)
        cls.contact = cls._talk(cls.case)
        cls.note = cls.case.env["integration.note"].create(
            {"case_id": cls.case.id, "body": "Plain words"}
        )
        cls.plan = cls.case.env["integration.plan"].create({"case_id": cls.case.id})
        cls.assessment = cls.case.env["integration.assessment"].create(
            {
                "case_id": cls.case.id,
                "line_ids": [
                    Command.create({"area_id": cls.env.ref(f"{MODULE}.area_housing").id, "need": 4})
                ],
            }
        )

    def setUp(self):
        super().setUp()
        self._forget()

    def _forget(self):
        self.env.cr.postcommit.clear()
        self.env.cr.postcommit.data.clear()

    def _logged(self):
        """Return kind and client of what the current transaction would write on commit."""
        pending = self.env.cr.postcommit.data.get("integration_access_log", {})
        return [key[1:3] for key in pending]

    def test_content_opened_without_its_case(self):
        for record, name in (
            (self.note, "body"),
            (self.plan, "line_ids"),
            (self.contact, "area_ids"),
            (self.assessment, "line_ids"),
        ):
            self._forget()
            record.with_user(self.worker_a).web_read({"display_name": {}, name: {}})
            self.assertEqual(self._logged(), [("open", self.client_a.id)], record._name)

    def test_lists_of_content_are_not_logged(self):
        for record in (self.note, self.plan, self.contact, self.assessment):
            record.with_user(self.worker_a).browse().web_search_read([], {"display_name": {}})
            record.with_user(self.worker_a).browse().search_read([], ["user_id", "case_id"])
        self.assertEqual(self._logged(), [])

    def test_lists_of_words_are_openings(self):
        """However many, and however they are asked for: anyone who reads notes reads files."""
        user = self._as(self.worker_a)
        notes, cases = user["integration.note"], user["integration.case"]
        many = [("id", "in", [self.note.id, *range(10**6, 10**6 + 20)])]
        words = {"body": {}}
        for read in (
            lambda: notes.search_read([], ["body"]),
            lambda: notes.search_read([]),
            lambda: notes.search_read(many, ["body"]),
            lambda: notes.web_search_read([], words),
            lambda: notes.web_search_read(many, words),
            lambda: cases.web_search_read([], {"note_ids": {"fields": words}}),
            lambda: notes.web_read_group(
                [],
                ["case_id"],
                auto_unfold=True,
                unfold_read_specification=words,
                opening_info=None,
            ),
            lambda: user["integration.contact"].search_read([], ["note_text"]),
            lambda: user["integration.assessment"].search_read([], ["resources"]),
            lambda: user["integration.assessment.line"].search_read([], ["need"]),
            lambda: user["integration.assessment.line"].web_search_read([], {"strength": {}}),
        ):
            self._forget()
            self.env.invalidate_all()
            read()
            self.assertEqual(self._logged(), [("open", self.client_a.id)])

    def test_screens_open_all_the_same(self):
        """The client asks of every field whether it can be grouped by, before it draws a view."""
        env = self._as(self.worker_a)
        for model, field in (("integration.contact", "note_text"), ("integration.note", "body")):
            self.assertIn(field, env[model].fields_get())

    def test_words_are_not_grouped(self):
        notes = self._as(self.worker_a)["integration.note"]
        for groups, aggregates in ((["body"], []), (["case_id"], ["body:array_agg"])):
            with self.assertRaises(UserError):
                notes.formatted_read_group([], groups, aggregates)
            with self.assertRaises(UserError):
                notes.formatted_read_grouping_sets([], [groups], aggregates)

    def test_what_is_asked_for_decides_and_not_how(self):
        """By number, by id, by ids filled up to a list, by the first of a list."""
        number = self.client_a.file_number
        for record, name in (
            (self.note, "body"),
            (self.case, "contact_ids"),
            (self.client_a, "street"),
            (self.contact, "interpreter_used"),
        ):
            model = record.with_user(self.worker_a).browse()
            for domain, limit in (
                ([("id", "=", record.id)], None),
                ([("id", "in", [record.id, *range(10**6, 10**6 + 20)])], None),
                ([("file_number", "=", number)], None),
                ([], 1),
                (["!", ("id", "=", 0)], 80),
            ):
                if domain and domain[0][0] == "file_number" and "file_number" not in model._fields:
                    continue
                for read in (
                    lambda m=model, d=domain, n=name, k=limit: m.search_read(d, [n], limit=k),
                    lambda m=model, d=domain, n=name, k=limit: m.web_search_read(
                        d, {n: {}}, limit=k
                    ),
                    lambda m=model, d=domain, n=name, k=limit: m.search(d, limit=k).read([n]),
                ):
                    self._forget()
                    self.env.invalidate_all()
                    read()
                    self.assertEqual(self._logged(), [("open", self.client_a.id)], (name, domain))

    def test_notes_searched_by_name(self):
        notes = self._as(self.worker_a)["integration.note"]
        notes.search([("case_id.client_id.name", "ilike", "logged")])
        self.assertEqual(self._logged(), [("search", 0)])

    def test_cases_searched_by_the_words_of_a_reference(self):
        self._as(self.worker_a)["integration.case"].search([("client_id", "ilike", "logged")])
        self.assertEqual(self._logged(), [("search", 0)])

    def test_client_found_among_the_contacts(self):
        contacts = self._as(self.worker_a)["res.partner"]
        for find in (
            lambda: contacts.name_search("Logged Per"),
            lambda: contacts.search_read([("name", "ilike", "logged per")], ["name"]),
            lambda: contacts.web_search_read([("name", "ilike", "logged per")], {"name": {}}),
        ):
            self._forget()
            find()
            self.assertIn(("search", self.client_a.id), self._logged())
        for find in (lambda: contacts.name_search("Town A"), lambda: contacts.name_search("")):
            self._forget()
            find()
            self.assertEqual(self._logged(), [])

    def test_client_opened_as_a_contact(self):
        contact = self._as(self.worker_a)["res.partner"].browse(self.client_a.partner_id.id)
        contact.web_read({"name": {}})
        self.assertEqual(self._logged(), [("open", self.client_a.id)])
        self._forget()
        contact._build_vcard()
        self.assertIn(("export", self.client_a.id), self._logged())
        self._forget()
        self._as(self.worker_a)["res.partner"].browse(self.worker_a.partner_id.id).web_read(
            {"name": {}}
        )
        self.assertEqual(self._logged(), [])

    def test_whole_list_of_cards(self):
        self._as(self.colleague_a)["integration.client.card"].web_search_read([], {"name": {}})
        self.assertEqual(self._logged(), [("card", 0)])
