import re
import subprocess

from lxml import etree

from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import MODULE
from .assessment_common import AssessmentCase


@tagged("post_install", "-at_install")
class TestAssessment(AssessmentCase):
    def test_everything_is_voluntary(self):
        empty = self.Assessment.create({"case_id": self.case.id})
        self.assertRecordValues(
            empty, [{"kind": "start", "date": self.today, "user_id": self.worker_a.id}]
        )
        empty.line_ids = [Command.create({"area_id": self.housing.id})]
        self.assertEqual((empty.line_ids.strength, empty.line_ids.need), (0, 0))

    def test_kind_follows_what_there_is(self):
        self._assess({self.housing: (2, 4)}, days_ago=30)
        form = Form(self.Assessment.with_context(default_case_id=self.case.id))
        self.assertEqual(form.kind, "review")
        self.case._close(self.goals_reached, self.today)
        form = Form(self.Assessment.with_context(default_case_id=self.case.id))
        self.assertEqual(form.kind, "end")

    def test_ratings_out_of_range(self):
        for level in (6, -1, 99, "7"):
            with self.subTest(level):
                self.assertRefused("between 1 and 5", self._assess, {self.housing: (level, 3)})
        line = self._assess({self.housing: (5, 1)}).line_ids
        self.assertRefused("between 1 and 5", line.write, {"need": 6})
        self.assertEqual((line.strength, line.need), (5, 1))

    def test_days(self):
        self.assertRefused("future", self._assess, {self.housing: (1, 1)}, days_ago=-1)
        self.assertRefused(
            "before the start of the case", self._assess, {self.housing: (1, 1)}, days_ago=401
        )
        self._assess({self.housing: (1, 1)}, days_ago=400)
        self.case._close(self.goals_reached, self._day(3))
        self.assertRefused("after the end", self._assess, {self.housing: (1, 1)}, days_ago=2)
        self.assertEqual(self._assess({self.housing: (1, 1)}, days_ago=3).kind, "end")

    def test_before_the_consent(self):
        client = self._client(self.worker_a, "Late Consent", consent=False)
        case = self._case(client, days_ago=50)
        self._consent(client, date=self._day(20))
        self.assertRefused(
            "or the consent", self._assess, {self.housing: (1, 1)}, days_ago=21, case=case
        )
        self._assess({self.housing: (1, 1)}, days_ago=20, case=case)

    def test_case_does_not_end_before_its_assessment(self):
        self._assess({self.housing: (1, 1)}, days_ago=5)
        self.assertRefused(
            f"{self.case.file_number}.*assessment after that day",
            self.case._close, self.goals_reached, self._day(6),
        )  # fmt: skip

    def test_same_area_twice(self):
        assessment = self._assess({self.housing: (1, 1)})
        again = {"assessment_id": assessment.id, "area_id": self.housing.id}
        self.assertRefused("already", assessment.line_ids.create, again)
        self.assertRefused(
            "already",
            self.Assessment.create,
            {
                "case_id": self.case.id,
                "date": self._day(4),
                "line_ids": [Command.create({"area_id": self.work.id}) for _ in range(2)],
            },
        )

    def test_same_talk_twice(self):
        """A second press, or a second worker, records nothing twice."""
        self._assess({self.housing: (1, 1)})
        self.assertRefused(
            "of this kind on that day", self._assess, {self.work: (1, 1)}, kind="start"
        )

    def test_only_a_slip_of_today_disappears(self):
        slip = self._assess({self.housing: (1, 1)})
        old = self._assess({self.housing: (1, 1)}, days_ago=9)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE integration_assessment SET create_date = create_date - interval '9 days'"
            " WHERE id = %s",
            [old.id],
        )
        old.invalidate_recordset()
        slip.unlink()
        self.assertRefused("only a slip of today", old.unlink)

    def test_former_ratings(self):
        self._assess({self.housing: (1, 5), self.work: (2, 2)}, days_ago=100)
        self._assess({self.housing: (2, 4)}, days_ago=50)
        latest = self._assess({self.housing: (4, 2), self.work: (3, 1), self.language: (1, 1)})
        self.assertEqual(
            [(line.strength_before, line.need_before) for line in latest.line_ids],
            [(2, 4), (2, 2), (0, 0)],
        )

    def test_words_of_the_county(self):
        ratings = self._as(self.county_user)["integration.rating"]
        row = ratings.browse(self.env.ref(f"{MODULE}.rating_need_5").id)
        row.name = "At once"
        anchors = self._as(self.worker_a)["integration.rating"].get_anchors()
        self.assertEqual({len(words) for words in anchors.values()}, {5})
        self.assertEqual(anchors["need"]["5"], "At once")
        with self.assertRaisesRegex(Exception, "Not to be set by hand"):
            row.level = 4
        self._as(self.admin_a)["integration.rating"].create(
            {"name": "Ours", "code": "ours", "scale": "need", "level": 5}
        )
        self.assertEqual(
            self._as(self.worker_a)["integration.rating"].get_anchors()["need"]["5"], "Ours"
        )
        other = self._as(self.worker_b)["integration.rating"].get_anchors()
        self.assertEqual(other["need"]["5"], "At once")


@tagged("post_install", "-at_install")
class TestProfile(AssessmentCase):
    def test_picture(self):
        self._assess({self.housing: (1, 5)}, days_ago=100)
        latest = self._assess({self.housing: (3, 2), self.work: (4, 0)})
        for drawing in (latest._draw(780), latest._draw(330)):
            svg = etree.fromstring(str(drawing))
            bars = svg.findall("{*}rect")
            # Housing now and before, twice each; work has a strength only.
            self.assertEqual(len(bars), 5)
            words = [text.text for text in svg.findall("{*}text")]
            self.assertIn(self.housing.name, words)
            self.assertEqual([w for w in words if w.isdecimal()], ["3", "1", "2", "5", "4"])
            width = float(svg.get("width"))
            for bar in bars:
                self.assertLessEqual(float(bar.get("x")) + float(bar.get("width")), width)
        self.assertEqual(latest.profile.count("<svg"), 2)
        self.assertFalse(self._assess({}, days_ago=50).profile)

    def test_names_of_areas_are_text(self):
        self.work.name = "Work <script>&"
        self.assertNotIn("<script>", self._assess({self.work: (1, 1)}).profile)

    def test_paper(self):
        """The real PDF has areas, ratings in words, and the file number alone as its title."""
        assessment = self._assess({self.housing: (3, 2)}, resources="She speaks five languages.")
        report = self.env.ref(f"{MODULE}.integration_assessment_report")
        self.assertNotIn("name", report.print_report_name.replace("file_number", ""))
        content = (
            report.with_user(self.worker_a)
            .with_context(force_report_rendering=True, allowed_company_ids=self.company_a.ids)
            ._render_qweb_pdf(report.report_name, assessment.ids)[0]
        )
        text = subprocess.run(
            ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
        ).stdout.decode()
        text = re.sub(r"\s+", " ", text)
        for words in ("Strengths and Needs", self.case.file_number, "She speaks five languages."):
            self.assertIn(words, text)

    def test_no_paper_for_others(self):
        assessment = self._assess({self.housing: (3, 2)})
        report = "report.integration_management.integration_assessment_sheet"
        for user in (self.worker_b, self.colleague_a, self.lead_a):
            with self.subTest(user.login):
                self.assertDenied(
                    self.env[report].with_user(user)._get_report_values, assessment.ids
                )
