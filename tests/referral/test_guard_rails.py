from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import MODULE
from ..consent.gate_common import GateHttp
from .referral_common import ReferralCommon

QUICK = "integration.contact.quick"
WHY = "She cannot read the letter by herself"
STOPS = ("contract_concluded", "report_to_municipality")
# Topic -> whether a reason will do in place of the referral
REFERRALS = {
    "family_reunification": False,
    "legal_question": True,
    "application_documents": True,
    "pregnancy": True,
    "course_registration": True,
}
HINTS = ("contract", "purchase_contract", "form_help", "debts", "authority_call")


class GuardRailGate:
    """One test per guard rail of the standard; run once with and once without the wire."""

    def _every_way(self, vals):
        """Yield every way to save a talk, from the dialog to an import."""
        yield from self._ways_to_create("integration.contact", vals)
        talk = self._contact("documents")
        change = {key: vals[key] for key in ("topic_ids", "channel_id") if key in vals}
        yield from [
            attempt
            for attempt in self._ways_to_change(talk, change)
            if attempt[0] not in ("copy", "unlink")
        ]
        child = {key: value for key, value in vals.items() if key != "case_id"}
        yield from self._ways_from_parent(self.case, "contact_ids", child)
        dialog = self.case.env[QUICK].create(
            {name: value for name, value in vals.items() if name in self.env[QUICK]._fields}
        )
        yield "dialog", QUICK, "action_save", [dialog.ids], {}
        yield "dialog, next", QUICK, "action_save_new", [dialog.ids], {}

    def _steps(self, **vals):
        line = self._draft().line_ids[:1]
        step = {"name": "A step", **vals}
        yield from self._ways_to_create("integration.plan.step", {"line_id": line.id, **step})
        yield from self._ways_from_parent(line, "step_ids", step)
        yield from self._ways_from_parent(
            line.plan_id,
            "line_ids",
            {"area_id": line.area_id.id, "name": "B", "step_ids": [[0, 0, step]]},
        )
        free = line.step_ids.create({"line_id": line.id, "name": "Something else"})
        yield from [
            attempt
            for attempt in self._ways_to_change(free, {"topic_id": vals["topic_id"]})
            if attempt[0] not in ("copy", "unlink")
        ]

    def test_stop_contract_concluded_for_a_client(self):
        self._assert_stopped("contract_concluded")

    def test_stop_report_on_a_person(self):
        self._assert_stopped("report_to_municipality")

    def _assert_stopped(self, code):
        for values in ({}, {"rail_reason": WHY}, {"cancelled": True}, {"unnamed_count": 1}):
            self._assert_refused(self._every_way(self._contact_vals(code, **values)))
        unnamed = self._contact_vals(code, municipality_id=self.town_a.id, unnamed_count=1)
        del unnamed["case_id"], unnamed["client_ids"]
        self._assert_refused(self._ways_to_create("integration.contact", unnamed))
        self._assert_refused(self._steps(topic_id=self._topic(code).id, rail_reason=WHY))
        as_superuser = self.env["integration.contact"]
        with self.assertRaises(UserError):
            as_superuser.create(self._contact_vals(code))

    def test_accompanying_needs_a_reason(self):
        by_channel = self.env.ref(f"{MODULE}.channel_accompanying").id
        for values in (
            self._contact_vals("accompanying"),
            self._contact_vals("accompanying", rail_reason="ok      "),
            self._contact_vals("documents", channel_id=by_channel),
        ):
            self._assert_refused(self._every_way(values))
        self._assert_refused(self._steps(topic_id=self._topic("accompanying").id))
        talk = self._contact("accompanying", rail_reason=WHY)
        self.assertEqual(talk.overridden_rail_ids, self._rail("accompanying"))

    def test_family_reunification_is_referred_at_once(self):
        self._assert_referred("family_reunification")

    def test_legal_question_is_referred(self):
        self._assert_referred("legal_question")

    def test_job_application_is_referred(self):
        self._assert_referred("application_documents")

    def test_pregnancy_is_referred_to_a_midwife(self):
        self._assert_referred("pregnancy", self.midwife)

    def test_language_course_is_registered(self):
        self._assert_referred("course_registration")

    def _last_contact(self):
        return self.case.env["integration.contact"].search(
            [("case_id", "=", self.case.id)], order="id desc", limit=1
        )

    def _assert_referred(self, code, service=None):
        service, topic = service or self.advice_centre, self._topic(code)
        refused = [self._contact_vals(code)]
        if not REFERRALS[code]:
            refused.append(self._contact_vals(code, rail_reason=WHY))
        for vals in refused:
            self._assert_refused(self._every_way(vals))
        self._assert_refused(self._steps(topic_id=topic.id))
        if REFERRALS[code]:
            talk = self._contact(code, rail_reason=WHY)
            self.assertEqual(talk.overridden_rail_ids.topic_ids & topic, topic, "noted")
        # In the same save, through the dialog of the contact
        dialog = self.case.env[QUICK].create(
            {**self._contact_vals(code), "refer_service_ids": [[6, 0, service.ids]]}
        )
        dialog.action_save()
        referral = self._last_contact().referral_ids
        self.assertRecordValues(
            referral,
            [
                {
                    "service_id": service.id,
                    "topic_id": topic.id,
                    "basis": "advice",
                    "state": "made",
                    "client_id": self.client_a.id,
                }
            ],
        )
        self.assertFalse(self._last_contact().overridden_rail_ids, "no exception")
        # From now on the referral stands
        self.assertTrue(self._contact(code))
        line = self._draft().line_ids[:1]
        self.assertTrue(
            line.step_ids.create({"line_id": line.id, "name": "x", "topic_id": topic.id})
        )
        # Not taken up: it is open again
        referral.action_not_taken_up()
        self._assert_refused(self._ways_to_create("integration.contact", self._contact_vals(code)))

    def test_what_the_county_makes_a_stop_is_one(self):
        """Also by area, and for one employer alone."""
        area = self.env.ref(f"{MODULE}.area_housing")
        self.env["integration.guard.rail"].create(
            {
                "name": "No housing here",
                "code": "no_housing",
                "kind": "stop",
                "area_ids": area.ids,
                "words": "Not here",
                "source": "Own",
                "company_id": self.company_a.id,
            }
        )
        self.env.flush_all()
        self._assert_refused(self._every_way(self._contact_vals("tenancy")))
        elsewhere = self._case(self._client(self.worker_b))
        self.assertTrue(self._talk(elsewhere, topic_ids=self._topic("tenancy").ids))


@tagged("post_install", "-at_install")
class TestGuardRails(GuardRailGate, ReferralCommon):
    """Over the ORM; and what the rails say."""

    def test_shipped_rails_speak(self):
        """Every limit of county standard 3.2 has a row with advice and source."""
        spoken = {code: self.env["integration.guard.rail"] for code in (*STOPS, *REFERRALS, *HINTS)}
        for code in spoken:
            rails = self.env["integration.guard.rail"]._at(self.company_a, topic=self._topic(code))
            self.assertEqual(len(rails), 1, code)
            self.assertTrue(rails.words and rails.source.startswith("County standard 3.2"), code)
            kind = "stop" if code in STOPS else "referral" if code in REFERRALS else "hint"
            self.assertEqual(rails.kind, kind, code)

    def test_hints_speak_and_let_go(self):
        for code in HINTS:
            with self.subTest(code):
                dialog = self.case.env[QUICK].create(self._contact_vals(code))
                self.assertEqual(dialog.rail_kind, "hint")
                self.assertIn(self._topic(code).area_id and ":", dialog.rail_words)
                dialog.action_save()
                self.assertTrue(self._last_contact())

    def test_the_dialog_speaks_at_the_moment_of_choosing(self):
        form = Form(self.case.env[QUICK].with_context(default_case_id=self.case.id))
        self.assertFalse(form.rail_words)
        form.topic_ids.add(self._topic("family_reunification"))
        self.assertIn("at once", form.rail_words)
        self.assertEqual(form.rail_kind, "referral")
        form.topic_ids.add(self._topic("contract_concluded"))
        self.assertEqual(form.rail_kind, "stop")
        form.topic_ids.clear()
        self.assertFalse(form.rail_kind)

    def test_the_form_of_a_contact_speaks(self):
        talk = self._contact("documents")
        form = Form(talk)
        form.topic_ids.add(self._topic("debts"))
        self.assertEqual(form.rail_kind, "hint")
        form.topic_ids.add(self._topic("accompanying"))
        self.assertEqual(form.rail_kind, "reason")
        form.rail_reason = WHY
        form.save()
        self.assertEqual(talk.overridden_rail_ids, self._rail("accompanying"))

    def test_a_refusal_says_what_to_do_and_where_it_stands(self):
        with self.assertRaises(UserError) as caught:
            self._contact("family_reunification")
        said = str(caught.exception)
        for words in (self.case.file_number, "at once", "Choose where", "County standard 3.2.2"):
            self.assertIn(words, said)
        self.assertNotIn(self.client_a.name, said)

    def test_the_reason_cannot_be_taken_away_afterwards(self):
        talk = self._contact("accompanying", rail_reason=WHY)
        for vals in ({"rail_reason": False}, {"rail_reason": " "}):
            with self.assertRaises(UserError):
                talk.write(vals)
        talk.write({"rail_reason": "Another good reason for it"})
        talk.write({"topic_ids": [Command.clear()], "rail_reason": False})
        self.assertFalse(talk.overridden_rail_ids)

    def test_what_was_recorded_before_a_rail_stays(self):
        talk = self._contact("tenancy")
        rail = self.env["integration.guard.rail"].create(
            {
                "name": "New",
                "code": "new",
                "kind": "stop",
                "topic_ids": self._topic("tenancy").ids,
                "words": "Words",
                "source": "Source",
            }
        )
        talk.write({"topic_ids": [Command.link(self._topic("documents").id)]})
        talk.write({"duration": 50})
        with self.assertRaises(UserError):
            self._contact("tenancy")
        rail.active = False
        self.assertTrue(self._contact("tenancy"), "archived, it is silent")

    def test_untold_until_somebody_was_reached(self):
        """A visit that reached nobody asks for no referral; once it did, it does."""
        vals = self._contact_vals("legal_question", reached=False)
        del vals["client_ids"]
        visit = self.case.env["integration.contact"].create(vals)
        with self.assertRaises(UserError):
            visit.write({"reached": True, "client_ids": [[6, 0, self.client_a.ids]]})

    def test_an_unnamed_talk_is_asked_for_nothing_but_stops(self):
        contact = self.case.env["integration.contact"].create(
            {
                "channel_id": self.office_hours.id,
                "municipality_id": self.town_a.id,
                "unnamed_count": 1,
                "topic_ids": self._topic("legal_question").ids,
            }
        )
        self.assertTrue(contact)

    def test_only_the_body_that_the_rail_names_will_do(self):
        rail = self._rail("family_reunification")
        category = self.env["integration.service"].create({"name": "MBE", "kind": "category"})
        other = self.env["integration.service"].create({"name": "Sports club"})
        rail.service_ids = category
        with self.assertRaises(UserError):
            self._contact(
                "family_reunification", referral_ids=[Command.create({"service_id": other.id})]
            )
        self.advice_centre.category_id = category
        self.assertTrue(
            self._contact(
                "family_reunification",
                referral_ids=[Command.create({"service_id": self.advice_centre.id})],
            )
        )

    def test_a_step_that_names_whom_it_leads_to_will_do(self):
        line = self._draft().line_ids
        step = line.step_ids.create(
            {
                "line_id": line.id,
                "name": "Ask there",
                "topic_id": self._topic("legal_question").id,
                "service_id": self.advice_centre.id,
            }
        )
        self.assertEqual(step.rail_kind, "referral")
        with self.assertRaises(UserError):
            step.service_id = False

    def test_agreed_steps_go_on_in_the_next_version(self):
        plan = self._draft()
        plan.line_ids.step_ids.create(
            {
                "line_id": plan.line_ids.id,
                "name": "Go there together",
                "topic_id": self._topic("accompanying").id,
                "rail_reason": WHY,
            }
        )
        plan.action_agree(self.today)
        self._rail("accompanying").kind = "stop"
        plan.action_new_version()
        version = self.case.plan_ids.filtered(lambda p: p.state == "draft")
        self.assertEqual(version.step_ids.topic_id, self._topic("accompanying"))
        self.assertEqual(version.step_ids.rail_reason, WHY)

    def test_rows_that_make_no_sense_are_refused(self):
        rails = self.env["integration.guard.rail"]
        base = {"name": "X", "code": "x", "words": "x", "source": "x"}
        with self.assertRaises(UserError):
            rails.create({**base, "kind": "stop", "may_override": True})
        with self.assertRaises(UserError):
            rails.create({**base, "kind": "stop"})
        self.assertTrue(rails.create(base))


@tagged("post_install", "-at_install")
class TestGuardRailsRpc(GuardRailGate, GateHttp, ReferralCommon):
    """The same over JSON-RPC."""
