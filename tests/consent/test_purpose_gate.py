from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE
from .gate_common import GateCommon, GateHttp


class PurposeGateCommon(GateCommon):
    """A client who agreed to the file, but neither to messages nor to health data."""

    guarded = (
        "integration.contact",
        "integration.contact.person",
        "integration.plan",
        "integration.plan.line",
        "integration.plan.step",
        "mail.activity",
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.messenger, cls.email = (
            cls.env.ref(f"{MODULE}.channel_{code}") for code in ("messenger", "email")
        )
        cls.doctor, cls.letter = (
            cls.env.ref(f"{MODULE}.topic_{code}") for code in ("doctor", "letter_explained")
        )
        cls.area = cls.env.ref(f"{MODULE}.area_health")
        cls.contact = cls._talk(cls.case)
        cls.incoming = cls._talk(
            cls.case, channel_id=cls.messenger.id, channel_excuse="client_wrote"
        )
        cls.plan = cls.case.env["integration.plan"].create({"case_id": cls.case.id})
        cls.line = cls.plan.line_ids.create(
            {
                "plan_id": cls.plan.id,
                "name": "A flat",
                "area_id": cls.env.ref(f"{MODULE}.area_housing").id,
            }
        )
        cls.env.flush_all()

    def _agree(self, purpose, **values):
        self._consent(self.client_a, purpose=purpose, **values)
        self.env.flush_all()

    def _contact(self, **values):
        return {"case_id": self.case.id, "channel_id": self.home_visit.id, **values}

    def _ways_with_persons(self, vals):
        """Yield the ways to write a talk with the client present."""
        vals = {**vals, "person_ids": [[0, 0, {"client_id": self.client_a.id}]]}
        for method, args in (("create", [vals]), ("web_save", [[], vals, {}])):
            yield "talk", "integration.contact", method, args, {}
        yield from self._ways_from_parent(self.case, "contact_ids", vals)
        action = self._action("integration.contact", vals)
        yield "server action", "ir.actions.server", "run", action.ids, {}

    def _changes(self, record, vals):
        """Yield the ways to change a record; a mere copy says nothing new."""
        return (
            way for way in self._ways_to_change(record, vals) if way[0] not in ("copy", "unlink")
        )

    def _messages(self):
        attempt = self._contact(channel_id=self.messenger.id, reached=False)
        yield from self._ways_to_create("integration.contact", attempt)
        yield from self._ways_with_persons(self._contact(channel_id=self.messenger.id))
        yield from self._changes(self.contact, {"channel_id": self.messenger.id})
        yield from self._changes(self.incoming, {"channel_excuse": False})

    def _health(self):
        topic, area = [[6, 0, self.doctor.ids]], [[6, 0, self.area.ids]]
        told = self._contact(reached=False, topic_ids=topic)
        yield from self._ways_to_create("integration.contact", told)
        for vals in ({"topic_ids": topic}, {"area_ids": area}):
            yield from self._ways_with_persons(self._contact(**vals))
            yield from self._changes(self.contact, vals)
        goal = {"plan_id": self.plan.id, "area_id": self.area.id, "name": "Check-ups"}
        yield from self._ways_to_create("integration.plan.line", goal)
        yield from self._changes(self.line, {"area_id": self.area.id})
        yield from self._ways_from_parent(
            self.plan, "line_ids", {"area_id": self.area.id, "name": "Check-ups"}
        )


class PurposeGate:
    """Run once with and once without the wire."""

    def test_messenger_needs_its_own_consent(self):
        self._assert_refused(self._messages())

    def test_health_needs_its_own_consent(self):
        self._assert_refused(self._health())


@tagged("post_install", "-at_install")
class TestPurposeGate(PurposeGate, PurposeGateCommon):
    """Messenger and health data are agreed to by themselves, and refused without."""

    def _write(self, **values):
        return self._talk(self.case, **values)

    def test_same_attempts_succeed_with_consent(self):
        self._agree("messenger")
        self._agree("health")
        for attempts in (self._messages(), self._health()):
            for name, model, method, args, context in attempts:
                if name in ("create", "talk", "write"):
                    self._call_orm(model, method, args, context)
        self.assertEqual(self.contact.channel_id, self.messenger)
        self.assertEqual(self.line.area_id, self.area)

    def test_messages_are_told_what_to_do(self):
        with self.assertRaisesRegex(UserError, f"{self.client_a.file_number}.*another channel"):
            self._write(channel_id=self.messenger.id)
        with self.assertRaisesRegex(UserError, f"{self.client_a.file_number}.*midwife"):
            self._write(topic_ids=[Command.set(self.doctor.ids)])

    def test_dialog_says_it_before_it_is_saved(self):
        dialog = self.case.env["integration.contact.quick"].new(
            {
                "case_id": self.case.id,
                "channel_id": self.messenger.id,
                "topic_ids": [Command.set(self.doctor.ids)],
            }
        )
        self.assertIn("messenger", dialog.hints)
        self.assertIn("midwife", dialog.hints)
        self._agree("health")
        dialog.channel_excuse = "client_wrote"
        self.assertNotIn(self.client_a.file_number, dialog.hints)

    def test_email_is_no_messenger(self):
        self.assertTrue(self._write(channel_id=self.email.id))

    def test_channel_of_the_employer_decides_by_its_field(self):
        own = self.env["integration.channel"].create(
            {
                "name": "Chat",
                "code": "chat",
                "company_id": self.company_a.id,
                "consent_purpose": "messenger",
            }
        )
        with self.assertRaises(UserError):
            self._write(channel_id=own.id)

    def test_truth_may_be_written(self):
        """The client wrote first, or it has happened: nobody is made to write otherwise."""
        self.assertTrue(self.incoming.is_talk)
        self.incoming.duration = 10
        sent = self._write(channel_id=self.messenger.id, channel_excuse="mistake")
        told = self.env["mail.activity"].search(
            [("user_id", "=", self.dpo_a.id), ("summary", "like", self.client_a.file_number)]
        )
        self.assertEqual(len(told), 1)
        self.assertNotIn("Invented", f"{told.summary} {told.note}")
        sent.duration = 5
        self.assertEqual(told.search_count([("user_id", "=", self.dpo_a.id)]), 1)

    def test_channel_counts_on_the_day_it_was_used(self):
        self._agree("messenger")
        self._consent(self.client_a, "withdrawn", purpose="messenger")
        self.assertTrue(self._write(channel_id=self.messenger.id), "yesterday it was agreed to")
        with self.assertRaises(UserError):
            self._write(channel_id=self.messenger.id, days_ago=0)

    def test_everybody_present_agrees(self):
        relative = self._client(self.worker_a, "Relative")
        self.case._accompany(relative.with_env(self.case.env))
        self._agree("health")
        talk = self._write(topic_ids=[Command.set(self.doctor.ids)])
        with self.assertRaisesRegex(UserError, relative.file_number), self.cr.savepoint():
            talk.write({"client_ids": [Command.link(relative.id)]})
        with self.assertRaisesRegex(UserError, relative.file_number):
            self.case.env["integration.contact.person"].create(
                {"contact_id": talk.id, "client_id": relative.id}
            )

    def test_what_was_recorded_stays_and_may_be_taken_out(self):
        self._agree("health")
        talk = self._write(topic_ids=[Command.set(self.doctor.ids)])
        self._consent(self.client_a, "withdrawn", purpose="health")
        talk.write({"topic_ids": [Command.link(self.letter.id)]})
        talk.write({"topic_ids": [Command.unlink(self.doctor.id)]})
        with self.assertRaises(UserError), self.cr.savepoint():
            talk.write({"topic_ids": [Command.link(self.doctor.id)]})
        talk.write({"area_ids": [Command.unlink(self.area.id)]})
        with self.assertRaises(UserError), self.cr.savepoint():
            talk.write({"area_ids": [Command.link(self.area.id)]})

    def test_goal_in_words_after_the_withdrawal(self):
        self._agree("health")
        self.line.area_id = self.area
        step = self.line.step_ids.create({"line_id": self.line.id, "name": "Call"})
        self._consent(self.client_a, "withdrawn", purpose="health")
        for write in (
            lambda: self.line.write({"name": "Other"}),
            lambda: step.write({"name": "Other"}),
            lambda: step.create({"line_id": self.line.id, "name": "Another"}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                write()
        step.state = "done"

    def test_topics_of_an_area_need_what_the_area_needs(self):
        topic = self.env["integration.topic"].create(
            {"name": "Glasses", "code": "glasses", "area_id": self.area.id}
        )
        self.assertEqual(topic.consent_purpose, "health")
        topic.consent_purpose = False
        self.assertTrue(self._write(topic_ids=[Command.set(topic.ids)]), "says nothing of her")

    def test_talk_of_nobody_in_particular(self):
        talks = self._as(self.worker_a)["integration.contact"]
        self.assertTrue(
            talks.create(
                {
                    "channel_id": self.home_visit.id,
                    "municipality_id": self.town_a.id,
                    "unnamed_count": 1,
                    "topic_ids": [Command.set(self.doctor.ids)],
                }
            )
        )

    def test_release_names_health_by_itself(self):
        release = self._release(kind_ids=[Command.set(self.health.ids)], special_agreed=True)
        self.assertTrue(
            self._disclose(
                basis="release", release_id=release.id, kind_ids=[Command.set(self.health.ids)]
            )
        )

    def test_everything_at_once_in_the_family_dialog(self):
        env = self._as(self.worker_a)
        child = {"name": "Child", "birthdate": self.today - timedelta(days=3000)}
        wizard = env["integration.family.new"].create(
            {
                "municipality_id": self.town_a.id,
                "channel_id": self.messenger.id,
                "topic_ids": [Command.set(self.doctor.ids)],
                "line_ids": [
                    Command.create({"name": "Mother", "consent": "all"}),
                    Command.create({**child, "consent": "all"}),
                ],
            }
        )
        case = env["integration.case"].browse(wizard.action_save()["res_id"])
        for client in case.household_id.current_client_ids:
            self.assertTrue(
                all(
                    client._has_consent(purpose)
                    for purpose in ("file", "team", "transfer", "messenger", "health")
                )
            )


@tagged("post_install", "-at_install")
class TestPurposeGateRpc(PurposeGate, PurposeGateCommon, GateHttp):
    """The same over the wire."""
