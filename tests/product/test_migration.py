import importlib.util
from datetime import timedelta
from pathlib import Path

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.convert import convert_file

from ..common import MODULE, IntegrationCommon

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
HEALTH = ("topic_pregnancy", "topic_mental_strain", "topic_sick_note", "area_health")


@tagged("post_install", "-at_install")
class TestMigration(IntegrationCommon):
    """Scripts of an update, on rows made to say what older databases say."""

    def _migrate(self, script, version="19.0.1.0.0"):
        path = MIGRATIONS / script
        spec = importlib.util.spec_from_file_location(path.stem.replace("-", "_"), path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.env.flush_all()
        module.migrate(self.env.cr, version)
        self.env.invalidate_all()

    def _shipped(self, name):
        return self.env.ref(f"{MODULE}.{name}")

    def _say(self, xml_name, **columns):
        """Let a row say what it did in an older database."""
        row = self._shipped(xml_name)
        self.env.flush_all()
        for column, value in columns.items():
            self.env.cr.execute(
                f'UPDATE "{row._table}" SET "{column}" = %s WHERE id = %s', [value, row.id]
            )
        self.env.invalidate_all()
        return row

    def _without_purposes(self):
        self.env.flush_all()
        for table in ("integration_area", "integration_topic", "integration_channel"):
            self.env.cr.execute(f'UPDATE "{table}" SET consent_purpose = NULL')
        self.env.invalidate_all()

    def test_appointments_of_the_dialog_are_no_activities_any_more(self):
        case = self._case(self._client(self.worker_a, "Arranged"))
        declined = self._case(self._client(self.worker_a, "Declined"))

        def meeting(of, **values):
            return of.activity_schedule(
                "mail.mail_activity_data_meeting",
                date_deadline=self.today - timedelta(days=3),
                **{"user_id": self.worker_a.id, "summary": "Nächster Termin", **values},
            )

        made, bare = meeting(case), meeting(case, summary=False)
        typed, noted = meeting(case, summary="At the office"), meeting(case, note="Bring papers")
        theirs = meeting(declined)
        self._consent(declined.client_id, "withdrawn")
        self._migrate("19.0.1.1.0/post-appointments.py")
        self.assertFalse((made | bare).exists())
        self.assertEqual((typed | noted | theirs).exists(), typed | noted | theirs)
        for appointment in case.appointment_ids:
            self.assertEqual(appointment.date, self.today - timedelta(days=3))
            self.assertEqual(appointment.user_id, self.worker_a)
            self.assertTrue(appointment.time_open)
            self.assertEqual((appointment.state, appointment.note), ("planned", False))
        self.assertEqual(len(case.appointment_ids), 2)
        self.assertFalse(declined.appointment_ids)
        self._migrate("19.0.1.1.0/post-appointments.py")
        self.assertEqual(len(case.appointment_ids), 2)

    def test_database_without_purposes_gets_them(self):
        own = self.env["integration.topic"].create(
            {"name": "Own", "code": "own_health", "area_id": self._shipped("area_health").id}
        )
        self._without_purposes()
        # A row that the office renamed asks for its consent all the same
        self._say("topic_pregnancy", write_uid=self.county_user.id, code="renamed")
        self._migrate("19.0.1.1.0/pre-purposes.py")
        for name in HEALTH:
            self.assertEqual(self._shipped(name).consent_purpose, "health", name)
        self.assertEqual(self._shipped("channel_messenger").consent_purpose, "messenger")
        self.assertEqual(own.consent_purpose, "health")
        self.assertFalse(self._shipped("topic_debts").consent_purpose)
        self.assertFalse(self._shipped("channel_telephone").consent_purpose)

    def test_purpose_that_an_office_took_away_stays_away(self):
        self._say("topic_child_health", consent_purpose=None, write_uid=self.county_user.id)
        self._say("topic_sick_note", consent_purpose=None, write_uid=1)
        self._migrate("19.0.1.1.0/pre-purposes.py")
        self.assertFalse(self._shipped("topic_child_health").consent_purpose)
        self.assertEqual(self._shipped("topic_sick_note").consent_purpose, "health")

    def test_results_of_goals_get_their_day(self):
        """From the last review of the version, else its end, else the last change."""
        case = self._case(self._client(self.worker_a))
        area = self.env["integration.area"].search([], limit=1)
        goals = [Command.create({"area_id": area.id, "name": "A goal"}) for _number in range(2)]
        plan = case.env["integration.plan"].create({"case_id": case.id, "line_ids": goals})
        plan.action_agree(self.today - timedelta(days=50))
        settled, open_goal = plan.line_ids
        settled.state = "reached"

        def migrated():
            self.env.flush_all()
            self.env.cr.execute("UPDATE integration_plan_line SET date_result = NULL")
            self._migrate("19.0.1.1.0/post-goal_results.py")
            self.assertFalse(open_goal.date_result)
            return settled.date_result

        self.assertEqual(migrated(), self.today)
        for days in (40, 20):
            plan.review_ids.create({"plan_id": plan.id, "date": self.today - timedelta(days=days)})
        self.assertEqual(migrated(), self.today - timedelta(days=20))

    def _mixed_channel(self):
        mixed = self.env["integration.channel"].create(
            {"name": "Messenger or e-mail", "code": "messenger_email"}
        )
        self.env["ir.model.data"].create(
            {
                "module": MODULE,
                "name": "channel_messenger_email",
                "model": mixed._name,
                "res_id": mixed.id,
                "noupdate": True,
            }
        )
        # A row that a rolled back test had under this name is still remembered
        self.env.registry.clear_all_caches()
        return mixed

    def test_mixed_channel_ends_and_keeps_its_contacts(self):
        mixed = self._mixed_channel()
        contact = self._talk(self._case(self._client(self.worker_a)))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE integration_contact SET channel_id = %s WHERE id = %s", [mixed.id, contact.id]
        )
        self.env.invalidate_all()
        self._migrate("19.0.1.1.0/post-mixed_channel.py")
        self.assertFalse(mixed.active)
        self.assertEqual(contact.channel_id, mixed)

    def test_mixed_channel_without_contacts_goes(self):
        mixed = self._mixed_channel()
        self._migrate("19.0.1.1.0/post-mixed_channel.py")
        self.assertFalse(mixed.exists())

    def test_mixed_channel_that_an_office_edited_stays(self):
        mixed = self._mixed_channel()
        mixed.name = "E-mail"
        with mute_logger("integration_management_post_mixed_channel", "post_mixed_channel"):
            self._migrate("19.0.1.1.0/post-mixed_channel.py")
        self.assertTrue(mixed.active)

    def _indicator(self, definition):
        row = self._shipped("indicator_talk_area")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE integration_indicator SET definition = definition || "
            "jsonb_build_object('en_US', %s::text, 'de_DE', 'alt'), write_uid = 1 WHERE id = %s",
            [definition, row.id],
        )
        self.env.invalidate_all()
        return row.with_context(lang="en_US")

    def _update_lists(self):
        with mute_logger("odoo.models"):
            convert_file(
                self.env, MODULE, "data/figures/integration.indicator.csv", {}, mode="update"
            )
        self.env["integration.indicator"]._keep_local_changes()
        self.env.invalidate_all()

    def test_untouched_rows_follow_a_new_version(self):
        old = (
            "Life areas that a talk was about. One talk may have several, so the sum exceeds the "
            "number of talks."
        )
        new = self._shipped("indicator_talk_area").with_context(lang="en_US").definition
        row = self._indicator(old)
        self._update_lists()
        self.assertEqual(row.definition, old, "rows belong to the county without a new version")
        self._migrate("0.0.0/pre-untouched_rows.py")
        self._update_lists()
        self.assertEqual(row.definition, new)
        self.assertNotEqual(row.with_context(lang="de_DE").definition, "alt")
        known = self.env["ir.model.data"].search([("name", "=", "indicator_talk_area")])
        self.assertTrue(known.noupdate)

    def test_touched_rows_stay(self):
        row = self._indicator("As the county counts it.")
        self._migrate("0.0.0/pre-untouched_rows.py")
        self._update_lists()
        self.assertEqual(row.definition, "As the county counts it.")

    def test_draft_notice_follows_and_an_edited_one_stays(self):
        german = self._say(
            "consent_notice_de_transfer",
            name="Wechsel der Beratungsstelle",
            text="Wenn eine andere Stelle Ihre Beratung übernimmt, zum Beispiel nach einem Umzug, "
            "dürfen wir ihr Ihre Akte geben.",
        )
        english = self._say("consent_notice_en_transfer", name="Ours", text="Our own words")
        self._migrate("19.0.1.1.0/pre-notices.py")
        self.assertEqual(german.name, "Wechsel der Beratung")
        self.assertEqual(english.text, "Our own words")

    def test_changed_screens_speak_the_new_words_in_german_too(self):
        if "de_DE" not in dict(self.env["res.lang"].get_installed()):
            self.env["res.lang"]._activate_lang("de_DE")
        menu = self._shipped("integration_menu_cases").with_context(lang="de_DE")
        topic = self._shipped("topic_debts").with_context(lang="de_DE")
        menu.name, topic.name = "Old word", "Word of the office"
        self._migrate("0.0.0/end-terms.py", version="")
        self.assertEqual(menu.name, "Old word", "nothing to mend in a new database")
        self._migrate("0.0.0/end-terms.py")
        self.assertEqual(menu.name, "Fälle")
        self.assertEqual(topic.name, "Word of the office")

    def test_names_of_older_databases_are_found(self):
        client = self._client(self.worker_a, "Barakzoy, Khaled", phone="07541 123456")
        gone = self._client(self.worker_a, "Nurzeyd, Abdullah")
        gone.active = False
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE integration_client SET search_key = NULL, search_sound = NULL, "
            "search_phone = NULL"
        )
        self.env.invalidate_all()
        clients = self._as(self.worker_a)["integration.client"]
        self.assertFalse(clients.name_search("Chalid"))
        self._migrate("19.0.1.1.0/post-search_keys.py")
        for typed in ("Chalid", "+497541123456"):
            self.assertEqual([id_ for id_, _name in clients.name_search(typed)], client.ids, typed)
        self.assertTrue(gone.sudo().search_key)

    def test_what_people_were_told_goes_with_the_module(self):
        activities = self.env["mail.activity"]
        todo = self.env.ref("mail.mail_activity_data_todo")
        activities._tell(self.lead_a, "File 2026-00017: told before")
        told = activities.search([("user_id", "=", self.lead_a.id)])
        self.assertEqual(len(told), 1)
        kind = told.activity_type_id
        told.activity_type_id = todo
        words = {"summary": "Call the plumber", "activity_type_id": todo.id}
        own = self._as(self.lead_a)["mail.activity"].create({**words, "user_id": self.lead_a.id})
        others = activities.create({**words, "user_id": self.employee.id})
        self.env.flush_all()
        self._migrate("19.0.1.1.0/post-told_tasks.py")
        self.assertEqual(told.activity_type_id, kind)
        self.assertEqual((own.sudo() | others).activity_type_id, todo)
