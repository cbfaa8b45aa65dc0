import csv
import io
import zipfile
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ...models.intake.reader import read_table
from ...reports.intake.export_pack import write_pack
from ..common import IntegrationCommon

SECRET = "Planted-7f31"


@tagged("post_install", "-at_install")
class TestExport(IntegrationCommon, HttpCase):
    """Whoever leaves takes along what she may read, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother = cls._client(
            cls.worker_a,
            "=Erfunden; Olena",
            birthdate=date(1986, 4, 12),
            gender="female",
            phone="07541 1",
            street="Musterweg 1",
        )
        cls.child = cls._client(cls.worker_a, "Taras Erfunden", birthdate=date(1999, 9, 30))
        cls._household(cls.mother, cls.child)
        cls._agree_beside_file(cls.mother)
        cls.case = cls._case(cls.mother)
        cls.contact = cls._talk(cls.case)
        cls.note = cls.case.env["integration.note"].create(
            {"contact_id": cls.contact.id, "body": "First line\nsecond; line"}
        )
        cls.colleagues = cls._client(cls.colleague_a, f"{SECRET} Colleague")
        cls.others = cls._client(cls.worker_b, f"{SECRET} Other", street=SECRET)
        for client, town in ((cls.colleagues, cls.town_a), (cls.others, cls.town_b)):
            case = cls._case(client, town)
            contact = cls._talk(case)
            case.env["integration.note"].create({"contact_id": contact.id, "body": SECRET})

    def _written(self, user=None, contents="all"):
        env = self._as(user or self.worker_a)
        dialog = env["integration.export"].create({"contents": contents})
        stream = io.BytesIO()
        dialog._write_to(stream)
        return stream.getvalue()

    def _unpacked(self, user=None):
        with zipfile.ZipFile(io.BytesIO(self._written(user))) as pack:
            return {name: pack.read(name) for name in pack.namelist()}

    def _table(self, content):
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))

    def _row_of(self, client):
        rows = self._table(self._written(contents="people"))
        return next(row for row in rows if row["file_number"] == client.file_number)

    def test_people_are_read_again_by_the_import(self):
        """What one employer takes along another one enters, households and consents with it."""
        batch = self._as(self.worker_b)["integration.import.batch"].create(
            {"file": False, "municipality_id": self.town_b.id}
        )
        content = self._written(contents="people")
        columns, rows = read_table(content)
        self.assertEqual(len(rows), 2)
        targets = self._as(self.worker_b)["integration.import.mapping"]._for_columns(
            self.company_b, columns
        )
        known = targets._targets()
        self.assertNotIn("file_number", known)
        verdicts = self._as(self.worker_b)["integration.import.row"]._judge(batch, known, rows)
        mother, child = (vals["says"] for vals in verdicts)
        self.assertEqual({vals["verdict"] for vals in verdicts}, {"new"})
        self.assertEqual(mother["name"], "=Erfunden; Olena")
        self.assertEqual(mother["birthdate"], "1986-04-12")
        self.assertEqual((mother["gender"], mother["phone"]), ("female", "07541 1"))
        self.assertEqual(mother["case_start"], self.case.date_start.isoformat())
        self.assertEqual(mother["municipality"], self.town_a.id)
        self.assertLessEqual(mother["consent_date"], self.case.date_start.isoformat())
        self.assertNotIn("case_start", child)
        self.assertEqual(verdicts[0]["household_key"], verdicts[1]["household_key"])
        self.assertTrue(verdicts[0]["household_key"])

    def test_a_consent_without_paper_is_none_elsewhere(self):
        oral = self._client(self.worker_a, "Orally Agreed", consent=False)
        self._consent(oral, form="oral", witness="Somebody", date=self.today)
        self.assertEqual(self._row_of(oral)["consent_paper"], "no")
        self._consent(oral, decision="withdrawn", date=self.today)
        self.assertEqual(self._row_of(oral)["consent_date"], "")

    def test_everything_is_in_the_tables(self):
        files = self._unpacked()
        notes = self._table(files["tables/integration.note.csv"])
        self.assertEqual([row["body"] for row in notes], ["First line\nsecond; line"])
        self.assertEqual(notes[0]["contact_id"], str(self.contact.id))
        contacts = self._table(files["tables/integration.contact.csv"])
        self.assertEqual(contacts[0]["date"], self.contact.date.isoformat())
        self.assertEqual(contacts[0]["channel_id"], self.contact.channel_id.display_name)
        # A name that a spreadsheet would compute with is words.
        self.assertIn("'=Erfunden; Olena", files["people.csv"].decode("utf-8-sig"))

    def test_scans_are_taken_along_without_their_names(self):
        self.env["ir.attachment"].create(
            {
                "name": f"Pass {self.mother.name}.pdf",
                "raw": b"%PDF-1.4 a scan",
                "res_model": "integration.case",
                "res_id": self.case.id,
            }
        )
        files = self._unpacked()
        papers = self._table(files["papers.csv"])
        scan = next(row for row in papers if row["model"] == "integration.case")
        self.assertEqual(files[scan["path"]], b"%PDF-1.4 a scan")
        self.assertFalse([name for name in files if "Erfunden" in name])

    def test_nothing_closed_is_in_it(self):
        """The colleague's and the other employer's secrets, in whatever table they stand."""
        for name, content in self._unpacked().items():
            self.assertNotIn(SECRET.encode(), content, name)
        # The very search finds it where it is open.
        self.assertTrue(
            any(SECRET.encode() in part for part in self._unpacked(self.colleague_a).values())
        )

    def test_the_operator_takes_along_one_employer(self):
        stream = io.BytesIO()
        write_pack(self.env(su=True), self.company_a, stream)
        with zipfile.ZipFile(stream) as pack:
            notes = self._table(pack.read("tables/integration.note.csv"))
            people = self._table(pack.read("people.csv"))
        self.assertEqual({row["company_id"] for row in notes}, {self.company_a.name})
        self.assertEqual({row["body"] for row in notes}, {"First line\nsecond; line", SECRET})
        names = {row["name"] for row in people}
        self.assertIn(self.colleagues.name, names)
        self.assertNotIn(self.others.name, names)

    def test_an_ended_access_exports_nothing_any_more(self):
        self.case.sudo().access_ids._as_system().write(
            {"date_until": self.env.cr.now() - timedelta(minutes=1)}
        )
        files = self._unpacked()
        self.assertNotIn("tables/integration.note.csv", files)

    def test_each_file_is_logged(self):
        self._written(contents="people")
        self.env.cr.postcommit.run()
        logs = self.env["integration.access.log"].search(
            [("kind", "=", "export"), ("user_id", "=", self.worker_a.id)]
        )
        self.assertEqual(
            set(logs.mapped("file_number")), set((self.mother | self.child).mapped("file_number"))
        )

    def test_only_the_own_dialog_is_answered(self):
        dialog = self._as(self.worker_a)["integration.export"].create({"contents": "all"})
        url = f"/integration/export/{dialog.id}"
        for user in (self.worker_a, self.colleague_a, self.lead_a, self.admin_a, self.dpo_a):
            with self.subTest(user.login):
                user.sudo().password = user.login
                self.authenticate(user.login, user.login)
                answer = self.url_open(url)
                if user != self.worker_a:
                    self.assertIn(answer.status_code, (403, 404))
                    continue
                self.assertEqual(answer.status_code, 200)
                self.assertIn("no-store", answer.headers["Cache-Control"])
                self.assertIn("attachment", answer.headers["Content-Disposition"])
                with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
                    self.assertIn("people.csv", pack.namelist())

    def test_the_employer_of_a_dialog_is_not_chosen(self):
        with self.assertRaises(UserError):
            self._as(self.worker_a)["integration.export"].create({"company_id": self.company_b.id})
        for user in (self.lead_a, self.reporting_a, self.admin_a, self.dpo_a, self.county_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._as(user)["integration.export"].create({})
