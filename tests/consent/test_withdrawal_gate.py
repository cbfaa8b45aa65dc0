import base64
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE
from .gate_common import GateCommon, GateHttp


class WithdrawalGateCommon(GateCommon):
    """A family case whose client took the consent back, while her daughter agrees."""

    guarded = (
        "integration.case",
        "integration.household.member",
        "integration.contact",
        "integration.contact.person",
        "mail.activity",
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.daughter = cls._client(cls.worker_a, "Daughter")
        cls.case._accompany(cls.daughter.with_env(cls.case.env))
        cls.household = cls.case.env["integration.household"].create({})
        cls.membership = cls.case.env["integration.household.member"].create(
            {"household_id": cls.household.id, "client_id": cls.client_a.id, "date_from": cls.start}
        )
        cls.activity = cls.case.activity_schedule(
            "mail.mail_activity_data_todo", summary="Call back", user_id=cls.worker_a.id
        )
        cls.topic = cls.env.ref(f"{MODULE}.topic_letter_explained")
        cls.never = cls._case(cls._client(cls.worker_a, "Never Asked", consent=False))
        cls.env.flush_all()

    def _end(self, decision="withdrawn"):
        self._consent(self.client_a, decision)
        self.env.flush_all()

    def _activity(self, case, **values):
        return {
            "res_model_id": self.env["ir.model"]._get_id("integration.case"),
            "res_id": case.id,
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            "user_id": self.worker_a.id,
            **values,
        }

    def _words(self, case):
        """Yield the ways to write words into an activity of ``case``."""
        for values in ({"note": "<p>Is ill</p>"}, {"summary": "Is ill"}):
            vals = self._activity(case, **values)
            yield "create", "mail.activity", "create", [vals], {}
            yield "web_save", "mail.activity", "web_save", [[], vals, {}], {}
            yield from self._ways_from_parent(case, "activity_ids", vals)
            defaults = {f"default_{name}": value for name, value in vals.items()}
            yield "defaults", "mail.activity", "create", [{}], defaults
            action = self._action("mail.activity", vals)
            yield "server action", "ir.actions.server", "run", action.ids, {}

    def _words_later(self, activity):
        ids = activity.ids
        for values in ({"note": "<p>Is ill</p>"}, {"summary": "Is ill"}, {"feedback": "Is ill"}):
            yield "write", "mail.activity", "write", [ids, values], {}
            yield "web_save", "mail.activity", "web_save", [ids, values, {}], {}
        yield "done", "mail.activity", "action_feedback", [ids, "Is ill"], {}
        yield (
            "document",
            "ir.attachment",
            "create",
            [
                {
                    "name": "x",
                    "res_model": "mail.activity",
                    "res_id": activity.id,
                    "raw": base64.b64encode(b"x").decode(),
                }
            ],
            {},
        )

    def _on_the_case(self):
        planning = self.env.ref(f"{MODULE}.stage_planning")
        for vals in (
            {"color": 3},
            {"stage_id": self.stage_intake.id},
            {"stage_id": planning.id},
            {"date_start": (self.case.date_start - timedelta(days=1)).isoformat()},
            {"municipality_id": self.town_a.id},
        ):
            for method, args in (
                ("write", [self.case.ids, vals]),
                ("web_save", [self.case.ids, vals, {}]),
                ("web_save_multi", [self.case.ids, [vals], {}]),
            ):
                yield str(vals), "integration.case", method, args, {}
        columns, row = self._columns("integration.case", {"color": 3})
        yield (
            "import",
            "integration.case",
            "load",
            [[".id", *columns], [[str(self.case.id), *row]]],
            {},
        )

    def _on_the_household(self):
        vals = {
            "household_id": self.household.id,
            "client_id": self.client_a.id,
            "date_from": self.today.isoformat(),
        }
        ended = dict(vals, household_id=self.case.env["integration.household"].create({}).id)
        yield from self._ways_to_create("integration.household.member", ended)
        for changes in (
            {"role": "child"},
            {"date_from": self.today.isoformat()},
            {"date_to": False},
            {"date_to": self.today.isoformat(), "role": "child"},
        ):
            yield from self._ways_to_change(self.membership, changes)
        for way in self._ways_from_parent(
            self.household, "member_ids", {"role": "child"}, self.membership
        ):
            if way[0] != "member_ids 0":
                yield way

    def _talks_about_the_daughter(self):
        person = [[0, 0, {"client_id": self.daughter.id}]]
        vals = {"case_id": self.case.id, "channel_id": self.home_visit.id}
        for values in (
            {"person_ids": person},
            {"person_ids": person, "topic_ids": [[6, 0, self.topic.ids]]},
            {"reached": False},
        ):
            talk = {**vals, **values}
            yield "create", "integration.contact", "create", [talk], {}
            yield "web_save", "integration.contact", "web_save", [[], talk, {}], {}
            yield from self._ways_from_parent(self.case, "contact_ids", talk)
        action = self._action("integration.contact", {**vals, "person_ids": person})
        yield "server action", "ir.actions.server", "run", action.ids, {}
        yield (
            "person",
            "integration.contact.person",
            "create",
            [{"contact_id": self.visit.id, "client_id": self.daughter.id}],
            {},
        )


class WithdrawalGate:
    """Run once with and once without the wire."""

    def test_after_a_withdrawal(self):
        self.visit = self._talk(self.case, clients=self.daughter.browse(), unnamed_count=1)
        self._end()
        self._assert_refused(self._words(self.case))
        self._assert_refused(self._words_later(self.activity))
        self._assert_refused(self._on_the_case())
        self._assert_refused(self._on_the_household())
        self._assert_refused(self._talks_about_the_daughter())
        self._assert_refused(
            [("no words", "mail.activity", "create", [self._activity(self.case)], {})] * 6
        )

    def test_words_before_a_consent(self):
        self._assert_refused(self._words(self.never))


@tagged("post_install", "-at_install")
class TestWithdrawalGate(WithdrawalGate, WithdrawalGateCommon):
    """After a withdrawal nothing is written but what it calls for itself."""

    def test_refusal_after_a_consent_is_a_withdrawal(self):
        self._end("refused")
        self._assert_refused(self._on_the_case())
        self._assert_refused(self._on_the_household())

    def test_what_a_withdrawal_calls_for(self):
        self._end()
        told = self.case.sudo().activity_ids - self.activity
        self.assertEqual(told.user_id, self.worker_a | self.lead_a)
        mine = self.activity.with_env(self.case.env)
        mine.date_deadline = self.today
        mine.write({"note": False, "summary": False})
        mine.action_done()
        told.filtered(lambda a: a.user_id == self.worker_a).with_env(self.case.env).action_done()
        self.membership.action_separate()
        self.assertFalse(self.client_a.household_id)
        reason = self.env["integration.closure.reason"].search([], limit=1)
        self.case.env["integration.case.close"].create(
            {"case_id": self.case.id, "closure_reason_id": reason.id}
        ).action_close()
        self.assertEqual(self.case.state, "closed")

    def test_daughter_gets_a_case_of_her_own(self):
        self._end()
        with self.assertRaisesRegex(UserError, f"{self.client_a.file_number}.*of her or his own"):
            self._talk(self.case, clients=self.daughter)
        own = self._case(self.daughter)
        self.assertTrue(self._talk(own, topic_ids=[Command.set(self.topic.ids)]))

    def test_closed_case_is_not_reopened_against_her_will(self):
        self._end()
        self.case._close(self.env["integration.closure.reason"].search([], limit=1), self.today)
        with self.assertRaises(UserError):
            self.case._reopen("Asked again", self.today)

    def test_case_is_not_paused_in_words(self):
        self._end()
        with self.assertRaises(UserError):
            self.case._pause("other", self.today + timedelta(days=9))

    def test_same_attempts_succeed_with_consent(self):
        self.visit = self._talk(self.case, clients=self.daughter.browse(), unnamed_count=1)
        for attempts in (
            self._words(self.case),
            self._on_the_case(),
            self._talks_about_the_daughter(),
        ):
            for _name, model, method, args, context in attempts:
                if method in ("create", "write"):
                    self._call_orm(model, method, args, context)

    def test_day_without_words_before_a_consent(self):
        todo = self.never.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.worker_a.id
        )
        with self.assertRaises(UserError), self.cr.savepoint():
            todo.summary = "Is ill"
        quick = self.never.env["integration.contact.quick"].create(
            {
                "case_id": self.never.id,
                "channel_id": self.home_visit.id,
                "reached": False,
                "date_next": self.today,
            }
        )
        quick.with_context(default_note="Is ill").action_save()
        self.assertEqual(self.never.appointment_ids.date, self.today)
        self.assertFalse(self.never.appointment_ids.note)

    def test_words_do_not_move_into_a_closed_file(self):
        self._end()
        with self.assertRaises(UserError), self.cr.savepoint():
            self._as(self.worker_a)["mail.activity"].create(
                self._activity(self._case(self._client(self.worker_a)), note="Is ill")
            ).res_id = self.case.id

    def test_documents_of_a_household(self):
        scan = {"name": "x", "res_model": "integration.household", "res_id": self.household.id}
        documents = self.env["ir.attachment"]
        self.assertTrue(documents.create(scan))
        self._end()
        with self.assertRaises(UserError), self.cr.savepoint():
            documents.create(scan)


@tagged("post_install", "-at_install")
class TestWithdrawalGateRpc(WithdrawalGate, WithdrawalGateCommon, GateHttp):
    """The same over the wire."""
