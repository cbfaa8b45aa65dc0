from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import MODULE
from .common_master import MasterCommon


@tagged("post_install", "-at_install")
class TestMasterData(MasterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = cls.env["integration.topic"].create(
            {
                "name": "Shared topic",
                "code": "test_shared",
                "area_id": cls.env.ref(f"{MODULE}.area_housing").id,
            }
        )
        cls.own = cls.shared.copy(
            {"name": "Own topic", "code": "test_own", "company_id": cls.town.id}
        )
        cls.foreign = cls.shared.copy(
            {"name": "Foreign topic", "code": "test_foreign", "company_id": cls.agency.id}
        )

    def test_shipped_rows(self):
        """The twelve areas, ten channels and five rhythms of the trade are there."""
        expected = {"area": 12, "channel": 10, "case.stage": 5, "closure.reason": 10}
        for name, count in expected.items():
            rows = self.env["ir.model.data"].search_count(
                [("module", "=", MODULE), ("model", "=", f"integration.{name}")]
            )
            self.assertEqual(rows, count, name)
        stages = self.env["integration.case.stage"].search([("company_id", "=", False)])
        self.assertEqual(stages.mapped("rhythm_days"), [7, 7, 14, 30, 90])
        self.assertEqual(
            stages.filtered("is_intake"), self.env.ref(f"{MODULE}.stage_getting_to_know")
        )
        self.assertFalse(self.env.ref(f"{MODULE}.channel_case_work").counts_as_talk)
        self.assertTrue(self.env.ref(f"{MODULE}.channel_home_visit").is_outreach)
        self.assertTrue(self.env.ref(f"{MODULE}.closure_reason_handed_over").is_handover)
        self.assertEqual(self.env.ref(f"{MODULE}.language_prs").direction, "rtl")
        family = self.env.ref(f"{MODULE}.topic_family_reunification")
        self.assertEqual(family.area_id, self.env.ref(f"{MODULE}.area_asylum"))
        self.assertIn("at once", family.with_context(lang="en_US").hint)

    def test_every_area_has_topics(self):
        counts = dict(
            self.env["integration.topic"]._read_group(
                [("company_id", "=", False), ("id", "!=", self.shared.id)], ["area_id"], ["__count"]
            )
        )
        for area in self.env["integration.area"].search([("company_id", "=", False)]):
            self.assertTrue(3 <= counts.get(area, 0) <= 10, area.code)

    def test_update_leaves_edited_rows_alone(self):
        rows = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "integration.area")]
        )
        self.assertTrue(all(rows.mapped("noupdate")))
        area = self.env.ref(f"{MODULE}.area_housing")
        area.name = "Renamed by the county"
        data = {"xml_id": f"{MODULE}.area_housing", "values": {"name": "Housing"}}
        self.env["integration.area"]._load_records([data], update=True)
        self.assertEqual(area.name, "Renamed by the county")

    # Reading and writing

    def test_worker_reads_but_never_writes(self):
        topics = self.env["integration.topic"].with_user(self.worker)
        found = topics.search([("code", "=like", "test_%")])
        self.assertEqual(found, self.shared + self.own)
        self.assertDenied(found[0].write, {"name": "x"})
        self.assertDenied(found.unlink)
        self.assertDenied(topics.create, {"name": "x", "code": "x", "area_id": 1})
        self.assertFalse(any(found.mapped("can_edit")))

    def test_foreign_rows_are_invisible(self):
        self.assertDenied(self.foreign.with_user(self.worker).read, ["name"])
        self.assertDenied(self.foreign.with_user(self.coordinator).read, ["name"])

    def test_admin_writes_own_rows_only(self):
        own = self.own.with_user(self.admin)
        own.name = "Renamed"
        self.assertTrue(own.can_edit)
        self.assertFalse(self.shared.with_user(self.admin).can_edit)
        self.assertDenied(self.shared.with_user(self.admin).write, {"name": "x"})
        self.assertDenied(self.foreign.with_user(self.admin).write, {"name": "x"})
        self.assertDenied(self.shared.with_user(self.admin).unlink)

    def test_admin_creates_for_own_employer(self):
        topics = self.env["integration.topic"].with_user(self.admin)
        values = {"name": "New", "code": "test_new", "area_id": self.shared.area_id.id}
        self.assertEqual(topics.create(values).company_id, self.town)
        values["code"] = "test_new_2"
        self.assertDenied(topics.create, {**values, "company_id": False})
        self.assertDenied(topics.create, {**values, "company_id": self.agency.id})

    def test_admin_copies_a_shared_row(self):
        copy = self.shared.with_user(self.admin).copy()
        self.assertEqual((copy.company_id, copy.code), (self.town, "test_shared_copy"))

    def test_coordinator_writes_shared_rows(self):
        shared = self.shared.with_user(self.coordinator)
        shared.hint = "Mind the deadline"
        new = shared.create({"name": "N", "code": "test_n", "area_id": shared.area_id.id})
        self.assertFalse(new.company_id)
        self.assertDenied(self.own.with_user(self.coordinator).write, {"name": "x"})
        self.assertDenied(new.unlink)

    def test_form_of_each_classification(self):
        """Each form opens and saves an own row for an administrator."""
        for name in self.env.registry.descendants(["integration.master"], "_inherit"):
            if self.env[name]._abstract:
                continue
            with self.subTest(name), Form(self.env[name].with_user(self.admin)) as form:
                form.name = "From a form"
                form.code = "test_form"
                if name == "integration.area":
                    form.reporting_group = "test"
                if name in ("integration.topic", "integration.goal.template"):
                    form.area_id = self.shared.area_id
                if name == "integration.guard.rail":
                    form.words, form.source = "Ask there first", "County standard 3.2.2"
                if name == "integration.letter.template":
                    form.subject, form.body = "Termin", "Guten Tag"
            self.assertEqual(form.record.company_id, self.town)

    # What keeps rows meaningful

    def test_code_is_unique_among_shared_and_per_employer(self):
        values = {"name": "x", "area_id": self.shared.area_id.id}
        for company in (self.env["res.company"], self.town):
            with (
                self.subTest(company=company.name),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                code = "test_own" if company else "test_shared"
                self.env["integration.topic"].create(
                    {**values, "code": code, "company_id": company.id}
                )
        self.env["integration.topic"].create(
            {**values, "code": "test_own", "company_id": self.agency.id}
        )

    def test_employer_of_a_row_is_fixed(self):
        for company in (False, self.agency.id):
            with self.assertRaises(UserError):
                self.own.with_user(self.admin).company_id = company

    def test_code_with_blanks(self):
        with self.assertRaises(UserError):
            self.own.code = "own topic"

    def test_used_row_is_archived_not_deleted(self):
        area = self.env["integration.area"].create(
            {"name": "A", "code": "t", "reporting_group": "g", "company_id": self.town.id}
        )
        topic = self.own.copy({"code": "test_used", "area_id": area.id})
        area = area.with_user(self.admin)
        with self.assertRaisesRegex(UserError, "Archive or end it instead"):
            area.unlink()
        with self.assertRaisesRegex(UserError, "in use"):
            area.code = "other"
        area.active = False
        topic.with_user(self.admin).unlink()
        area.code = "other"
        area.unlink()
        self.assertFalse(area.exists())

    def test_channel_in_use_counts_as_ever(self):
        """Else the figures of past years would change without a word."""
        channel = (
            self.env["integration.channel"]
            .create({"name": "C", "code": "test_channel", "company_id": self.town.id})
            .with_user(self.admin)
        )
        channel.counts_as_talk = False
        channel.counts_as_talk = True
        self.env["integration.contact"].with_company(self.town).create(
            {
                "channel_id": channel.id,
                "unnamed_count": 1,
                "municipality_id": self.env["integration.municipality"].search([], limit=1).id,
            }
        )
        with self.assertRaisesRegex(UserError, "in use"):
            channel.counts_as_talk = False
        channel.write({"name": "Another name", "counts_as_talk": True})

    def test_use_in_a_many2many_counts(self):
        """The database itself would drop such a link without a word."""
        pairs = self.env["integration.topic"]._referring_fields()
        self.assertIn(("integration.contact", "topic_ids"), pairs)

    def test_shared_topic_needs_a_shared_area(self):
        area = self.env["integration.area"].create(
            {"name": "A", "code": "t", "reporting_group": "g", "company_id": self.town.id}
        )
        with self.assertRaises(UserError):
            self.shared.area_id = area
        self.own.area_id = area

    def test_one_shared_intake_stage_remains(self):
        stage = self.env.ref(f"{MODULE}.stage_getting_to_know")
        with self.assertRaises(UserError), self.cr.savepoint():
            stage.is_intake = False
        with self.assertRaises(UserError), self.cr.savepoint():
            stage.active = False

    def test_rhythm_is_positive(self):
        stage = self.env.ref(f"{MODULE}.stage_planning")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            stage.rhythm_days = 0
            stage.flush_recordset()
