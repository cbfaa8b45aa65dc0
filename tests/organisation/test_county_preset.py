import base64
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ...wizards.organisation.county_csv import MAX_BYTES, read_preset
from .common_master import MasterCommon

HEADER = "county,county_ags,municipality,ags,mode,principal,employer"
BERG = "Testkreis,09999,Berg,09999001,own,Stadt Berg,Town A"
SEE = "Testkreis,09999,See,09999002,delegated,Landratsamt,Agency B"
FERN = "Testkreis,09999,Fern,09999003,,,"


class PresetCase(MasterCommon):
    def _text(self, *lines):
        return "\n".join([HEADER, *lines]) + "\n"

    def _wizard(self, content, user=None, **values):
        content = content.encode() if isinstance(content, str) else content
        return (
            self.env["integration.county.preset"]
            .with_user(user or self.admin)
            .create(
                {
                    "source": "file",
                    "csv_file": base64.b64encode(content),
                    "date_start": "2025-01-01",
                    **values,
                }
            )
        )

    def _counts(self):
        return [
            self.env[f"integration.{name}"].with_context(active_test=False).search_count([])
            for name in ("county", "municipality", "mandate")
        ]


@tagged("post_install", "-at_install")
class TestCountyCsv(PresetCase):
    """Broken files: the lines are named, and nothing is loaded."""

    def assertBroken(self, content, *messages):
        before = self._counts()
        wizard = self._wizard(content)
        for action in (wizard.action_preview, wizard.action_load):
            with self.assertRaises(UserError) as error, self.cr.savepoint():
                action()
            for message in messages:
                self.assertIn(message, str(error.exception))
        self.assertEqual(self._counts(), before)

    def test_file_that_was_cut_off_on_its_way(self):
        wizard = self.env["integration.county.preset"].with_user(self.admin)
        wizard = wizard.new({"source": "file", "csv_file": b"Y291b", "date_start": "2025-01-01"})
        with self.assertRaisesRegex(UserError, "choose it again"):
            wizard._rows()

    def test_good(self):
        rows = read_preset(self._text(BERG, "", SEE, FERN).encode(), self.env)
        self.assertEqual([row.line for row in rows], [2, 4, 5])
        self.assertEqual(rows[0].principal, "Stadt Berg")
        self.assertEqual(rows[2].mode, "")

    def test_excel(self):
        """A byte order mark, semicolons, Windows line ends, blanks around the words."""
        text = self._text(BERG, SEE.replace("See", " See ")).replace(",", ";")
        content = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
        self.assertEqual(
            [row.municipality for row in read_preset(content, self.env)], ["Berg", "See"]
        )

    def test_quoted_comma_and_line_break(self):
        line = 'Testkreis,09999,Berg,09999001,own,Stadt Berg,"Verbund A,\nB"'
        rows = read_preset(self._text(line, SEE).encode(), self.env)
        self.assertEqual(rows[0].employer, "Verbund A,\nB")
        self.assertEqual(rows[1].line, 4)

    def test_column_count(self):
        self.assertBroken(self._text(BERG, "Testkreis,09999,See"), "Line 3: 3 columns instead of 7")
        self.assertBroken(self._text(BERG + ",x"), "Line 2: 8 columns")

    def test_mode(self):
        self.assertBroken(
            self._text(SEE, BERG.replace("own", "mine")), "Line 3: unknown mode “mine”"
        )

    def test_keys(self):
        self.assertBroken(
            self._text(BERG, SEE.replace("09999002", "0999902")), "Line 3: the municip"
        )
        self.assertBroken(self._text(BERG.replace("09999001", "0999900x")), "eight digits")
        self.assertBroken(self._text(BERG.replace("09999,", "9999,")), "Line 2: the county key")

    def test_key_of_another_county(self):
        self.assertBroken(
            self._text(BERG.replace("09999,", "09998,")),
            "Line 2",
            "does not belong to county 09998",
        )

    def test_conflicting_county(self):
        self.assertBroken(
            self._text(BERG, SEE, "Anderkreis,09999,Berg,09999001,,,"), "Line 4: another name"
        )
        self.assertBroken(
            self._text(BERG, SEE, "Testkreis,09998,Berg,09998001,,,"),
            "Line 4: the municipality of line 2 with another county, key or name",
        )

    def test_same_key_other_name(self):
        self.assertBroken(self._text(BERG, BERG.replace(",Berg", ",Tal")), "Line 3", "line 2")

    def test_same_line_again(self):
        self.assertBroken(
            self._text(BERG, SEE, BERG), "Line 4: the municipality and employer of line 2"
        )

    def test_several_employers_in_one_municipality(self):
        text = self._text(BERG, BERG.replace("Town A", "Agency B"))
        self.assertEqual(len(read_preset(text.encode(), self.env)), 2)

    def test_mode_without_employer(self):
        self.assertBroken(self._text(BERG.replace("Town A", "")), "Line 2: a mode without")
        self.assertBroken(self._text(FERN + "Town A"), "Line 2: an employer or principal")

    def test_names_missing(self):
        self.assertBroken(self._text(FERN.replace("Fern", "")), "Line 2: the name")

    def test_several_errors_at_once(self):
        self.assertBroken(
            self._text(BERG.replace("own", "x"), SEE, FERN.replace("09999003", "1")),
            "Line 2: unknown mode",
            "Line 4: the municipality key “1”",
        )

    def test_many_errors_are_cut(self):
        self.assertBroken(self._text(*["x"] * 30), "Line 2:", "Line 21:", "and 10 more")

    def test_not_utf8(self):
        content = self._text(BERG, SEE.replace("See", "Überlingen")).encode("latin-1")
        self.assertBroken(content, "Line 3: the file is not in UTF-8")

    def test_not_text(self):
        self.assertBroken(b"PK\x03\x04\0\0\0", "Line 1")

    def test_empty(self):
        self.assertBroken(b" \n", "empty")
        self.assertBroken(HEADER, "no municipality")

    def test_no_file(self):
        with self.assertRaisesRegex(UserError, "Choose a file"):
            self._wizard(b"").action_preview()

    def test_header(self):
        self.assertBroken(BERG, "Line 1: the first line must name the columns county, county_ags")

    def test_quotation_mark(self):
        self.assertBroken(self._text(BERG, SEE.replace("See", '"See')), "Line 3: a quotation mark")

    def test_too_large(self):
        self.assertBroken(self._text(BERG) + "\n" * MAX_BYTES, "larger than 1 MB")

    def test_large_file_is_read_fast(self):
        lines = [f"Testkreis,09999,Ort {i},09999{i:03},,," for i in range(1000)]
        with self.assertQueryCount(0):
            self.assertEqual(len(read_preset(self._text(*lines).encode(), self.env)), 1000)


@tagged("post_install", "-at_install")
class TestCountyPreset(PresetCase):
    def test_dialog_shows_before_it_loads(self):
        wizard = self._wizard(self._text(BERG, SEE, FERN))
        before = self._counts()
        wizard.action_preview()
        self.assertEqual(self._counts(), before)
        self.assertRecordValues(
            wizard.line_ids,
            [
                {"name": "Town A", "mandate_count": 1, "company_id": self.town.id},
                {"name": "Agency B", "mandate_count": 1, "company_id": False},
            ],
        )
        self.assertIn("Municipalities: 3 new", wizard.preview)
        self.assertIn("Mandates: 1 new", wizard.preview)
        self.assertIn("Agency B: See", wizard.preview)
        self.assertIn("without a mandate: Fern", wizard.preview)
        wizard.action_load()
        self.assertEqual(wizard.state, "done")
        self.assertIn("Mandates: 1 new", wizard.result)
        mandate = self.env["integration.mandate"].search([("county_id.ags", "=", "09999")])
        self.assertRecordValues(
            mandate,
            [
                {
                    "company_id": self.town.id,
                    "mode": "own",
                    "principal": "Stadt Berg",
                    "date_start": date(2025, 1, 1),
                    "date_end": False,
                }
            ],
        )

    def test_mapping_is_editable(self):
        wizard = self._wizard(self._text(BERG.replace("Town A", "Stadt Berg")))
        wizard.action_preview()
        self.assertFalse(wizard.line_ids.company_id)
        self.assertIn("Mandates: 0 new", wizard.preview)
        with Form(wizard) as form, form.line_ids.edit(0) as line:
            line.company_id = self.town
        self.assertIn("Mandates: 1 new", wizard.preview)

    def test_second_run_changes_nothing_and_says_so(self):
        self.assertIn("Created:", self._load(self.admin).result)
        counts = self._counts()
        wizard = self._load(self.admin)
        self.assertEqual(self._counts(), counts)
        self.assertIn("nothing was changed", wizard.result)
        self.assertIn("Municipalities: 0 new, 3 already there", wizard.result)

    def test_existing_rows_stay_as_they_are(self):
        county = self.env["integration.county"].create({"name": "Alt", "ags": "09999"})
        berg = self.env["integration.municipality"].create(
            {"name": "Umbenannt", "ags": "09999001", "county_id": county.id, "active": False}
        )
        self.env["integration.mandate"].create(
            {
                "municipality_id": berg.id,
                "company_id": self.town.id,
                "mode": "commissioned",
                "date_start": "2025-06-01",
            }
        )
        wizard = self._wizard(self._text(BERG, SEE))
        wizard.action_preview()
        wizard.action_load()
        self.assertEqual((county.name, berg.name, berg.active), ("Alt", "Umbenannt", False))
        self.assertEqual(berg.mandate_ids.mode, "commissioned")
        self.assertIn("Mandates: 0 new, 1 already there", wizard.result)

    def test_ended_mandate_is_not_in_the_way(self):
        self._load(self.admin, "2025-01-01")
        self.env["integration.mandate"].search(
            [("county_id.ags", "=", "09999")]
        ).date_end = "2025-12-31"
        self._load(self.admin, "2026-01-01")
        self.assertEqual(
            self.env["integration.mandate"].search_count([("county_id.ags", "=", "09999")]), 2
        )

    def _load(self, user, start="2025-01-01", lines=(BERG, SEE, FERN)):
        wizard = self._wizard(self._text(*lines), user=user, date_start=start)
        wizard.action_preview()
        wizard.action_load()
        return wizard

    # Who may load what for whom

    def test_worker_may_not(self):
        self.assertDenied(self.env["integration.county.preset"].with_user(self.worker).create, {})
        with self.assertRaises(AccessError):
            self.env["integration.county.preset"].with_user(self.worker)._load_builtin(
                {}, date(2025, 1, 1)
            )

    def test_admin_cannot_load_for_another_employer(self):
        wizard = self._wizard(self._text(SEE))
        wizard.action_preview()
        wizard.line_ids.company_id = self.agency
        before = self._counts()
        with self.assertRaises(AccessError), self.cr.savepoint():
            wizard.action_load()
        self.assertEqual(self._counts(), before)

    def test_coordinator_loads_for_all_employers_and_keeps_the_county(self):
        self._load(self.coordinator)
        county = self.env["integration.county"].search([("ags", "=", "09999")])
        self.assertEqual(county.company_id, self.office)
        mandates = self.env["integration.mandate"].search([("county_id", "=", county.id)])
        self.assertEqual(mandates.company_id, self.town + self.agency)

    def test_admin_leaves_the_county_without_keeper(self):
        self._load(self.admin)
        self.assertFalse(self.env["integration.county"].search([("ags", "=", "09999")]).company_id)

    def test_coordinator_takes_over_a_county_nobody_works_in(self):
        county = self.env["integration.county"].create({"name": "Testkreis", "ags": "09999"})
        wizard = self._load(self.coordinator)
        self.assertEqual(county.company_id, self.office)
        self.assertIn("now keeps: Testkreis", wizard.result)

    def test_coordinator_cannot_take_over_a_county_others_work_in(self):
        """Keeping a county opens the figures of its employers."""
        self._load(self.admin)
        with self.assertRaisesRegex(UserError, "not kept by your county office"):
            self._load(self.coordinator)
        self.assertFalse(self.env["integration.county"].search([("ags", "=", "09999")]).company_id)

    def test_coordinator_of_another_county(self):
        self._load(self.coordinator)
        office = self.env["res.company"].create(
            {"name": "Other Office", "integration_employer_type": "county"}
        )
        stranger = self._user("master_stranger", "county", office)
        with self.assertRaisesRegex(UserError, "not kept by your county office"):
            self._load(stranger)

    def test_coordinator_of_an_agency_keeps_no_county(self):
        user = self._user("master_false_county", "county", self.agency)
        with self.assertRaisesRegex(UserError, "not kept by your county office"):
            self._load(user)

    def test_dialog_of_another_user(self):
        wizard = self._wizard(self._text(BERG))
        self.assertDenied(wizard.with_user(self.agency_admin).action_preview)

    def test_company_that_is_no_employer(self):
        self.town.integration_employer_type = False
        with self.assertRaisesRegex(UserError, "not set up as an employer"):
            self._load(self.admin)


@tagged("post_install", "-at_install")
class TestBuiltinCounty(PresetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.preset = cls.env["integration.county.preset"]

    def _municipalities(self):
        return self.env["integration.municipality"].search([("county_id.ags", "=", "08435")])

    def test_rows(self):
        rows = read_preset(self.preset._builtin_content("bodenseekreis"), self.env)
        self.assertEqual(len(rows), 23)
        modes = [row.mode for row in rows]
        self.assertEqual(
            [modes.count(mode) for mode in ("own", "commissioned", "delegated", "")], [5, 2, 14, 2]
        )
        self.assertEqual(
            {row.municipality for row in rows if not row.mode}, {"Owingen", "Sipplingen"}
        )
        association = {row.municipality for row in rows if row.employer.startswith("Gemeindeverb")}
        self.assertEqual(association, {"Eriskirch", "Langenargen", "Kressbronn am Bodensee"})

    def test_load(self):
        companies = {
            "Stadt Friedrichshafen": self.town,
            "Träger im Auftrag des Landratsamts": self.agency,
        }
        report = self.preset._load_builtin(companies, date(2024, 1, 1))
        self.assertEqual(len(self._municipalities()), 23)
        mandates = self.env["integration.mandate"].search(
            [("county_id.ags", "=", "08435"), ("company_id", "in", (self.town + self.agency).ids)]
        )
        self.assertEqual(len(mandates), 15)
        self.assertEqual(
            mandates.filtered(lambda m: m.company_id == self.town).municipality_id.name,
            "Friedrichshafen",
        )
        self.assertIn("Mandates: 15 new", report)
        self.assertIn("Stadt Meersburg: Meersburg", report)
        self.assertIn("Owingen, Sipplingen", report)
        again = self.preset._load_builtin(companies, date(2024, 1, 1))
        self.assertIn("nothing was changed", again)

    def test_german_order(self):
        """Überlingen stands before Uhldingen, not at the end."""
        self.preset._load_builtin({}, date(2024, 1, 1))
        names = self._municipalities().mapped("name")
        self.assertEqual(names[-2:], ["Überlingen", "Uhldingen-Mühlhofen"])

    def test_dialog(self):
        with Form(self.preset.with_user(self.admin)) as form:
            self.assertEqual(form.builtin, "bodenseekreis")
        form.record.action_preview()
        self.assertEqual(len(form.record.line_ids), 6)

    def test_example(self):
        wizard = self.preset.with_user(self.admin).create({})
        content = base64.b64decode(wizard.example_file)
        self.assertEqual(len(read_preset(content, self.env)), 23)
