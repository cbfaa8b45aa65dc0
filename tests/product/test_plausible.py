from datetime import timedelta
from xml.etree import ElementTree

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged
from odoo.tools import file_open

from ..common import MODULE, IntegrationCommon

IMPOSSIBLE = ("1026-03-01", "2926-03-01", "9999-12-31", "0001-01-01", "2026-13-45", "soon")
UNSEEN = ("   ", "\u200b\u200d", "\u2800", "\u3164\ufe0f", "\n\t")
# Rows that no request writes
UNWRITTEN = {"integration.access.log", "integration.figures.decision", "integration.role.change"}


@tagged("post_install", "-at_install")
class TestPlausible(IntegrationCommon):
    """Days that nobody can mean and words that nobody sees are refused in a sentence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._client(cls.worker_a)
        cls.case = cls._case(cls.client)

    def _fields_of(self, *kinds):
        """Yield each stored field of one of the kinds on a model of ours that can be written."""
        for model in self.env.registry.values():
            if not model._name.startswith("integration.") or model._abstract or not model._auto:
                continue
            for field in model._fields.values():
                own = field.name not in MAGIC_COLUMNS and not field.related
                if own and field.type in kinds and field.store and model._name not in UNWRITTEN:
                    yield self.env[model._name], field

    def test_each_day_of_each_model_has_bounds(self):
        checked = 0
        for model, field in self._fields_of("date", "datetime"):
            for day in IMPOSSIBLE:
                with self.subTest(f"{model._name}.{field.name}", day=day):
                    checked += 1
                    with self.assertRaises(UserError) as refused:
                        model.create({field.name: day})
                    label = field._description_string(self.env)
                    self.assertIn(label, str(refused.exception))
        self.assertGreater(checked, 200)

    def test_no_words_of_any_model_end_in_the_database_driver(self):
        checked = 0
        for model, field in self._fields_of("char", "text"):
            with self.subTest(f"{model._name}.{field.name}"):
                checked += 1
                with self.assertRaisesRegex(UserError, "cannot be stored"):
                    model.create({field.name: "Words\x00"})
        self.assertGreater(checked, 80)

    def test_what_must_be_said_is_not_said_by_signs_nobody_sees(self):
        checked = 0
        for model, field in self._fields_of("char", "text"):
            if not field.required or field.compute:
                continue
            for words in UNSEEN:
                with self.subTest(f"{model._name}.{field.name}", words=words):
                    checked += 1
                    with self.assertRaises(UserError) as refused:
                        model.create({field.name: words})
                    self.assertIn("lease fill in", str(refused.exception))
        self.assertGreater(checked, 50)

    def test_required_days_are_not_emptied(self):
        talk = self._talk(self.case)
        note = talk.env["integration.note"].create({"contact_id": talk.id, "body": "Words"})
        for record, name in (
            (talk, "date"), (note, "date"), (self.case, "date_start"), (note, "body"),
        ):  # fmt: skip
            for value in (False, None, ""):
                with self.subTest(name, record=record), self.assertRaises(UserError) as refused:
                    record.write({name: value})
                self.assertIn(self.client.file_number, str(refused.exception))
        self.assertNotIn("Invented", str(refused.exception))

    def test_a_client_has_a_name_that_is_seen(self):
        for name in ("", "\u200b", "\u2800 \u2800", False):
            with self.subTest(name), self.assertRaisesRegex(UserError, "lease fill in"):
                self.client.name = name
        with self.assertRaisesRegex(UserError, "cannot be stored"):
            self.client.name = "Olena\x00"

    def test_what_nobody_sees_is_nothing(self):
        """Else it would stand for a guardian, a witness, a reason."""
        child = self._client(self.worker_a, "Small Person", consent=False)
        child.birthdate = self.today - timedelta(days=3000)
        with self.assertRaisesRegex(UserError, "guardian who consents must be named"):
            self._consent(child, guardian_name="\u200b \u2060")

    def test_a_pause_of_centuries_silences_no_case(self):
        dialog = self._as(self.worker_a)["integration.case.pause"]
        for days in (400, 4000):
            with self.subTest(days), self.assertRaises(UserError) as refused:
                dialog.create(
                    {"case_id": self.case.id, "date_until": self.today + timedelta(days=days)}
                )
            self.assertIn("cannot be meant", str(refused.exception))

    def test_a_form_refuses_before_it_reckons(self):
        for model, name in (
            ("integration.plan.agree", "date"),
            ("integration.contact.quick", "date"),
            ("integration.family.new", "date_start"),
        ):
            dialogs = self._as(self.worker_a)[model]
            spec = {name: {} for name in dialogs._fields if name in ("date", "date_next_review")}
            with self.subTest(model), self.assertRaisesRegex(UserError, "cannot be meant"):
                dialogs.onchange({name: "9999-12-31"}, [name], spec)
            with self.subTest(model), self.assertRaisesRegex(UserError, "cannot be meant"):
                dialogs.with_context(**{f"default_{name}": "9999-12-31"}).default_get([name])

    # ------------------------------------------------------------
    # One calendar
    # ------------------------------------------------------------

    def test_today_in_a_filter_is_that_of_the_place(self):
        """At 23:30 in Berlin it is tomorrow already in Kiritimati, and yesterday in Honolulu."""
        steps = (
            self.case.env["integration.plan"]
            .create(
                {
                    "case_id": self.case.id,
                    "line_ids": [
                        Command.create(
                            {
                                "area_id": self.env.ref(f"{MODULE}.area_language").id,
                                "name": "B1",
                                "step_ids": [
                                    Command.create({"name": "Ask", "date_due": self.today})
                                ],
                            }
                        )
                    ],
                }
            )
            .step_ids
        )
        domain = [("id", "in", steps.ids), ("date_due", "<", "today")]
        for zone in ("Pacific/Kiritimati", "Europe/Berlin", "Pacific/Honolulu", False):
            with self.subTest(zone), freeze_time(f"{self.today} 12:30:00"):
                reader = steps.with_context(tz=zone)
                self.assertFalse(reader.search(domain))
                self.assertFalse(reader.search_count(domain))
                self.assertFalse(reader._read_group(domain, ["plan_id"]))

    def test_the_year_of_a_file_number_is_that_of_the_place(self):
        env = self._as(self.worker_a)
        for zone in ("Pacific/Honolulu", "Pacific/Kiritimati"):
            with self.subTest(zone), freeze_time("2027-12-31 23:30:00"):
                client = env["integration.client"].with_context(tz=zone).create({"name": "Any"})
                self.assertEqual(client.file_number[:4], "2028")

    def test_the_day_of_a_note_is_that_of_the_place(self):
        notes = self.case.env["integration.note"]
        for zone in ("Pacific/Honolulu", "Pacific/Kiritimati"):
            with self.subTest(zone), freeze_time(f"{self.today} 23:30:00"):
                note = notes.with_context(tz=zone).create(
                    {"case_id": self.case.id, "body": f"Words in {zone}"}
                )
                self.assertEqual(note.date, self.today + timedelta(days=1))

    def test_jobs_of_the_night_run_at_night(self):
        jobs = 0
        for path in (
            "case/ir_cron_data",
            "outreach/ir_cron_data",
            "concern/ir_cron_data",
            "plan/ir_cron_data",
            "consent/activity_types",
            "figures/submission_data",
            "appointment/ir_cron_data",
            "family/ir_cron_data",
            "intake/ir_cron_data",
            "papers/ir_cron_data",
            "office/ir_cron_data",
            "network/ir_cron_data",
            "volunteer/ir_cron_data",
            "referral/ir_cron_data",
        ):
            with file_open(f"{MODULE}/data/{path}.xml") as file:
                tree = ElementTree.parse(file)
            for record in tree.iter("record"):
                if record.get("model") == "ir.cron":
                    jobs += 1
                    next_call = record.find("field[@name='nextcall']")
                    self.assertRegex(next_call.get("eval"), r"today\(\) \+ .*hours=[123]\)")
        ours = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "ir.cron")]
        )
        by_day = self.env["ir.cron"].browse(ours.mapped("res_id"))
        self.assertEqual(jobs, len(by_day.filtered(lambda job: job.interval_type != "minutes")))
