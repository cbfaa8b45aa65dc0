from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.integration_management.models.timeline.case import SOURCES

from ..common import MODULE
from ..concern.walls_concern import concern_in_file
from ..language.language_common import LanguageCommon

SECRET = "Words of a note"


@tagged("post_install", "-at_install")
class TestTimeline(LanguageCommon):
    """What happened in a case, each thing as far as the reader may read it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case, client = cls.case, cls.client_a
        env, day = case.env, cls.today - timedelta(days=30)
        cls.talk = cls._talk(case, note_text=SECRET)
        area = cls.env.ref(f"{MODULE}.area_housing").id
        env["integration.assessment"].create(
            {"case_id": case.id, "line_ids": [Command.create({"area_id": area, "need": 4})]}
        )
        plan = env["integration.plan"].create(
            {"case_id": case.id, "line_ids": [Command.create({"area_id": area, "name": "A flat"})]}
        )
        plan.action_agree(day)
        env["integration.plan.review"].create({"plan_id": plan.id})
        env["integration.appointment"].create(
            {"case_id": case.id, "date": cls.today, "time": 9}
        ).action_missed()
        env["integration.referral"].create({"case_id": case.id, "service_id": cls.advice_centre.id})
        env["integration.course.enrolment"].create({"case_id": case.id, "kind_id": cls.general.id})
        concern_in_file(case)
        for model, vals in {
            "language.level": {"level": "a2"},
            "residence": {"status_id": cls.env["integration.residence.status"].search([])[0].id},
            "housing": {
                "type_id": cls.env["integration.housing.type"].search([])[0].id,
                "municipality_id": cls.town_a.id,
            },
            "benefit": {"type_id": cls.env["integration.benefit.type"].search([])[0].id},
            "education": {"school": "primary"},
            "employment": {"status": "seeking"},
        }.items():
            env[f"integration.{model}"].create({**vals, "client_id": client.id, "date_from": day})
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _line(self, user=None):
        self.env.invalidate_all()
        return (
            self._as(user or self.worker_a)["integration.case"].browse(self.case.id).get_timeline()
        )

    def _lanes(self, user=None):
        return {entry["lane"] for entry in self._line(user)["entries"]}

    def test_everything_in_one_list(self):
        line = self._line()
        lanes = [lane["name"] for lane in line["lanes"]]
        self.assertEqual(lanes, [source[0] for source in SOURCES])
        self.assertEqual(self._lanes(), set(lanes))
        days = [entry["date"] for entry in line["entries"]]
        self.assertEqual(days, sorted(days))
        talk = next(entry for entry in line["entries"] if entry["lane"] == "talk")
        self.assertEqual(
            (talk["model"], talk["id"], talk["title"]),
            (self.talk._name, self.talk.id, self.home_visit.name),
        )

    def test_words_of_notes_are_no_part_of_it(self):
        self.assertNotIn(SECRET, str(self._line()))

    def test_a_draft_has_not_happened(self):
        self.case.plan_ids.action_new_version()
        self.assertEqual(
            [e["title"] for e in self._line()["entries"] if e["lane"] == "plan"],
            ["Plan, version 1"],
        )

    # ------------------------------------------------------------
    # Within the walls
    # ------------------------------------------------------------

    def test_who_may_not_read_the_file(self):
        with self.assertRaises(AccessError):
            self._line(self.colleague_a)
        with self.assertRaises(AccessError):
            self._line(self.worker_b)
        self.assertEqual(self._lanes(self.lead_a), set(), "a lead reads the case, not its content")

    def test_with_an_entry_of_the_team(self):
        self._consent(self.client_a, purpose="team")
        self.env["integration.case.access"]._share_case(
            self.case, self.lead_a, "team", reason="Together"
        )
        self.assertEqual(self._lanes(self.lead_a), {source[0] for source in SOURCES})

    def test_each_thing_by_its_own_rules(self):
        """Close one model after the other: it is gone from the line, and nothing else is."""
        everything = {source[0] for source in SOURCES}
        for lane, model, *_rest in SOURCES:
            rule = self.env["ir.rule"].create(
                {
                    "name": "Closed for the test",
                    "model_id": self.env["ir.model"]._get_id(model),
                    "domain_force": "[(0, '=', 1)]",
                }
            )
            self.assertEqual(self._lanes(), everything - {lane}, model)
            rule.unlink()
            rights = self.env["ir.model.access"].search([("model_id.model", "=", model)])
            rights.active = False
            self.assertEqual(self._lanes(), everything - {lane}, model)
            rights.active = True

    def test_a_single_entry_that_is_closed(self):
        relative = self._client(self.worker_a)
        self.case._accompany(relative)
        other = self._course(client_id=relative.id)
        self.env["ir.rule"].create(
            {
                "name": "Closed for the test",
                "model_id": self.env["ir.model"]._get_id(other._name),
                "domain_force": f"[('client_id', '!=', {relative.id})]",
            }
        )
        shown = [e["id"] for e in self._line()["entries"] if e["lane"] == "course"]
        self.assertNotIn(other.id, shown)
        self.assertEqual(len(shown), 1)

    def test_a_relative_is_named(self):
        relative = self._client(self.worker_a)
        self.case._accompany(relative)
        self._course(client_id=relative.id)
        persons = {e["person"] for e in self._line()["entries"] if e["lane"] == "course"}
        self.assertEqual(persons, {self.client_a.file_number, relative.file_number})

    def test_looking_is_logged(self):
        pending = self.env.cr.postcommit.data
        pending.pop("integration_access_log", None)
        self._line()
        logged = {key[3] for key in pending.get("integration_access_log", {}) if key[1] == "open"}
        self.assertIn(self.client_a.file_number, logged)
