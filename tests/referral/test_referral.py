from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import MODULE
from ..consent.gate_common import GateHttp
from .referral_common import ReferralCommon

TYPE = f"{MODULE}.mail_activity_type_referral"


@tagged("post_install", "-at_install")
class TestReferral(ReferralCommon):
    """To whom a client was referred, with data or without, and what became of it."""

    # ------------------------------------------------------------
    # Made
    # ------------------------------------------------------------

    def test_two_clicks_from_the_case(self):
        action = self.case.action_refer()
        self.assertEqual((action["res_model"], action["target"]), (self.Referral._name, "new"))
        form = Form(self.Referral.with_context(**action["context"]))
        form.service_id = self.advice_centre
        referral = form.save()
        self.assertRecordValues(
            referral,
            [
                {
                    "case_id": self.case.id,
                    "client_id": self.client_a.id,
                    "recipient_name": "Migration Counselling Example",
                    "basis": "advice",
                    "state": "made",
                    "date_feedback": self.today + timedelta(days=28),
                    "disclosure_id": False,
                    "user_id": self.worker_a.id,
                }
            ],
        )
        self.assertEqual(self.case.referral_count, 1)

    def test_from_talk_and_step(self):
        talk = self._contact("documents")
        form = Form(self.Referral.with_context(**talk.action_refer()["context"]))
        form.service_id = self.advice_centre
        self.assertEqual(form.save().contact_id, talk)
        line = self._draft().line_ids
        step = line.step_ids.create(
            {"line_id": line.id, "name": "Midwife", "service_id": self.midwife.id}
        )
        form = Form(self.Referral.with_context(**step.action_refer()["context"]))
        self.assertEqual(form.service_id, self.midwife, "nothing is left to choose")
        self.assertEqual(form.save().step_id, step)

    def test_the_directory_offers_what_serves_the_place_and_the_matter(self):
        directory = self.env["integration.service"]
        far = directory.create({"name": "Far", "municipality_ids": self.town_b.ids})
        work = directory.create(
            {"name": "Work", "area_ids": self.env.ref(f"{MODULE}.area_work").ids}
        )
        category = directory.create({"name": "Doctors", "kind": "category"})
        draft = self.Referral.new(
            {"case_id": self.case.id, "topic_id": self._topic("pregnancy").id}
        )
        offered = draft.possible_service_ids._origin
        self.assertIn(self.midwife, offered)
        self.assertFalse((far | work | category) & offered)
        draft.all_services = True
        self.assertTrue(far | work <= draft.possible_service_ids._origin)
        self._rail("pregnancy").service_ids = far
        draft.all_services = False
        self.assertEqual(draft.possible_service_ids._origin, far, "named by the rail: first hand")

    def test_a_relative_belongs_to_the_case(self):
        relative, stranger = self._client(self.worker_a), self._client(self.worker_a)
        self.case._accompany(relative)
        self.assertTrue(self._refer(client_id=relative.id))
        with self._refusing(stranger.file_number, ValidationError):
            self._refer(client_id=stranger.id)

    def test_no_relative_is_referred_from_a_closed_file(self):
        """She still agrees; the client of the family's case does not any more."""
        relative = self._client(self.worker_a)
        self.case._accompany(relative)
        self._consent(self.client_a, "withdrawn")
        with self._refusing("consent"):
            self._refer(client_id=relative.id)

    def test_no_word_in_the_display_name(self):
        referral = self._refer()
        self.assertIn(self.client_a.file_number, referral.display_name)
        self.assertNotIn("Migration", referral.display_name)

    # ------------------------------------------------------------
    # With data
    # ------------------------------------------------------------

    def test_with_data_the_register_gets_its_entry(self):
        referral = self._refer(basis="present", kind_ids=[Command.set(self.housing.ids)])
        self.assertRecordValues(
            referral.disclosure_id,
            [
                {
                    "client_id": self.client_a.id,
                    "service_id": self.advice_centre.id,
                    "recipient_name": "Migration Counselling Example",
                    "channel": "referral",
                    "basis": "present",
                    "kind_ids": self.housing.ids,
                    "date": self.today,
                }
            ],
        )
        with self.assertRaises(UserError):
            referral.write({"basis": "advice"})

    def test_by_a_release_and_by_duty(self):
        release = self._release(
            service_id=self.advice_centre.id, recipient_name=self.advice_centre.name
        )
        referral = self._refer(
            basis="release", release_id=release.id, kind_ids=[Command.set(self.housing.ids)]
        )
        self.assertEqual(referral.disclosure_id.release_id, release)
        duty = self._refer(
            service_id=self.midwife.id,
            basis="duty",
            reason="§ 9 IfSG",
            kind_ids=[Command.set(self.housing.ids)],
        )
        self.assertEqual(duty.disclosure_id.reason, "§ 9 IfSG")

    def test_advice_becomes_a_referral_with_data(self):
        referral = self._refer(date=self._day(3))
        referral.write({"basis": "present", "kind_ids": [Command.set(self.housing.ids)]})
        self.assertEqual(referral.disclosure_id.date, self.today, "passed on today")

    def test_advice_passes_nothing_on(self):
        with self.assertRaises(UserError):
            self._refer(kind_ids=[Command.set(self.housing.ids)])

    def test_after_a_withdrawal_who_was_told_must_hear_of_it(self):
        self._refer(basis="present", kind_ids=[Command.set(self.housing.ids)])
        self._consent(self.client_a, "withdrawn")
        told = self.env["integration.withdrawal.recipient"].search(
            [("client_id", "=", self.client_a.id)]
        )
        self.assertEqual(told.mapped("recipient_name"), [self.advice_centre.name])

    # ------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------

    def test_feedback_before_the_referral(self):
        with self._refusing("before the referral", ValidationError):
            self._refer(date_feedback=self._day(1))
        with self.assertRaises(ValidationError):
            self._refer(date=self.today + timedelta(days=1))
        with self.assertRaises(ValidationError):
            self._refer(date=self._day(200))

    def test_a_second_one_while_one_is_under_way(self):
        first = self._refer()
        with self._refusing("under way since"):
            self._refer()
        first.action_done()
        second = self._refer()
        with self._refusing("under way since"):
            first.state = "accepted"
        self.assertTrue(second)

    def test_two_at_once_meet_the_index(self):
        first = self._refer()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.cr.execute(
                "INSERT INTO integration_referral (case_id, client_id, company_id, user_id, date,"
                " recipient_kind, recipient_name, basis, state, feedback_from)"
                " SELECT case_id, client_id, company_id, user_id, date, recipient_kind,"
                " upper(recipient_name), basis, state, feedback_from"
                " FROM integration_referral WHERE id = %s",
                (first.id,),
            )

    def test_an_entry_in_use_is_archived_not_deleted(self):
        referral = self._refer()
        admin = self._as(self.admin_a)["integration.service"]
        own = admin.create({"name": "Own body"})
        self._refer(service_id=own.id)
        with self._refusing("Archive"):
            own.unlink()
        own.active = False
        self.assertEqual(self.case.referral_ids.service_id, own | self.advice_centre)
        with self.assertRaises(UserError):
            self.advice_centre.name = "Another body"
        self.assertEqual(referral.recipient_name, "Migration Counselling Example")

    def test_a_body_named_in_words_stays_too(self):
        self._refer(service_id=False, recipient_name="Sports Club")
        club = self.env["integration.service"].create({"name": "Sports Club"})
        with self.assertRaises(UserError):
            club.unlink()

    def test_no_category_and_no_closed_case(self):
        category = self.env["integration.service"].create({"name": "Doctors", "kind": "category"})
        with self.assertRaises(ValidationError):
            self._refer(service_id=category.id)
        self.case._close(self.env.ref(f"{MODULE}.closure_reason_goals_reached"), self.today)
        with self._refusing("closed"):
            self._refer()

    def test_it_is_not_deleted(self):
        with self.assertRaises(AccessError):
            self._refer().unlink()

    # ------------------------------------------------------------
    # Health
    # ------------------------------------------------------------

    def test_health_needs_its_own_consent(self):
        other = self._client(self.worker_a)
        case = self._case(other)
        for vals in (
            {"topic_id": self._topic("doctor").id, "service_id": self.advice_centre.id},
            {"service_id": self.midwife.id},
        ):
            with self._refusing("Art. 9"):
                self.Referral.create({"case_id": case.id, **vals})
        self.assertTrue(
            self.Referral.create({"case_id": case.id, "service_id": self.advice_centre.id})
        )

    # ------------------------------------------------------------
    # What became of it
    # ------------------------------------------------------------

    def _reminder(self):
        return self.case.sudo().activity_search([TYPE])

    def test_one_reminder_without_content(self):
        first = self._refer(date_feedback=self.today + timedelta(days=9))
        self._refer(service_id=self.midwife.id, date_feedback=self.today + timedelta(days=5))
        reminder = self._reminder()
        self.assertEqual(len(reminder), 1)
        self.assertEqual(reminder.date_deadline, self.today + timedelta(days=5))
        self.assertEqual(reminder.user_id, self.worker_a)
        self.assertIn(self.client_a.file_number, reminder.summary)
        for word in ("Migration", "Midwife", self.client_a.name):
            self.assertNotIn(word, reminder.summary)
        self.case.referral_ids[0].action_done()
        (self.case.referral_ids - first).action_not_taken_up()
        first.action_refuse() if first.state == "made" else None
        self.assertFalse(self._reminder(), "nothing is waited for any more")

    def test_the_day_of_the_answer(self):
        referral = self._refer()
        referral.action_accept()
        self.assertEqual((referral.state, referral.date_told), ("accepted", self.today))
        referral.write({"state": "done", "result": "Appointment on Monday"})
        self.assertFalse(referral.is_overdue)

    def test_overdue(self):
        late = self._refer(date=self._day(40))
        self._refer(service_id=self.midwife.id)
        found = self.Referral.search([("is_overdue", "=", True)])
        self.assertEqual(found, late)
        self.assertTrue(late.is_overdue)
        self.assertNotIn(late, self.Referral.search([("is_overdue", "=", False)]))

    def test_nobody_is_reminded_after_a_withdrawal(self):
        self._refer()
        self.assertTrue(self._reminder())
        self._consent(self.client_a, "withdrawn")
        self.assertFalse(self._reminder())


class ReferralGate:
    """What nobody may write; run once with and once without the wire."""

    def _vals(self, **values):
        return {"case_id": self.case.id, "service_id": self.advice_centre.id, **values}

    def _every_way(self, vals):
        yield from self._ways_to_create("integration.referral", vals)
        child = {key: value for key, value in vals.items() if key != "case_id"}
        yield from self._ways_from_parent(self.case, "referral_ids", child)

    def test_data_without_a_basis(self):
        """The gate of the register holds for whatever a referral passes on (§ 203 StGB)."""
        kinds = [[6, 0, self.housing.ids]]
        expired = self._release(
            service_id=self.advice_centre.id,
            recipient_name=self.advice_centre.name,
            valid_until=(self.today - timedelta(days=1)).isoformat(),
        )
        self.env.flush_all()
        for values in (
            {"basis": "present"},
            {"basis": "release", "kind_ids": kinds},
            {"basis": "release", "kind_ids": kinds, "release_id": expired.id},
            {"basis": "duty", "kind_ids": kinds},
            {"basis": "emergency", "kind_ids": kinds, "reason": "  "},
            {"basis": "present", "kind_ids": [[6, 0, self.health.ids]]},
            {"kind_ids": kinds},
        ):
            with self.subTest(values=values):
                self._assert_refused(self._every_way(self._vals(**values)))

    def test_without_or_after_consent(self):
        before = self._client(self.worker_a, consent=False)
        case = self._case(before)
        self._assert_refused(
            self._ways_to_create("integration.referral", self._vals(case_id=case.id))
        )
        made = self._refer()
        self._consent(self.client_a, "withdrawn")
        self.env.flush_all()
        vals = self._vals(service_id=self.midwife.id)
        self._assert_refused(self._every_way(vals))
        self._assert_refused(
            [
                attempt
                for attempt in self._ways_to_change(made, {"result": "Words"})
                if attempt[0] != "onchange"
            ]
        )

    def test_what_was_advised_stays(self):
        made = self._refer()
        for vals in (
            {"service_id": self.midwife.id},
            {"recipient_name": "Other"},
            {"topic_id": self._topic("documents").id},
            {"date": self._day(1).isoformat()},
        ):
            self._assert_refused(
                attempt
                for attempt in self._ways_to_change(made, vals)
                if not attempt[0].startswith("copy")
            )


@tagged("post_install", "-at_install")
class TestReferralGate(ReferralGate, ReferralCommon):
    """Over the ORM."""


@tagged("post_install", "-at_install")
class TestReferralGateRpc(ReferralGate, GateHttp, ReferralCommon):
    """Over JSON-RPC."""
