from html import unescape

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .test_plan import PlanCase


@tagged("post_install", "-at_install")
class TestPlanChanges(PlanCase):
    """What a version says that the one before did not, and the other way round."""

    def _next(self, plan):
        return self.Plan.browse(plan.action_new_version()["res_id"])

    def _read(self, plan):
        """Return the lines of the list, as somebody reads them who sees no colours."""
        self.env.invalidate_all()
        words = unescape(html2plaintext(plan.changes or ""))
        return [" ".join(line.split()) for line in words.splitlines() if line.strip()]

    def assertSays(self, plan, *parts):
        text = " ".join(self._read(plan))
        for part in parts:
            self.assertIn(part, text)

    def test_a_first_version_has_nothing_to_compare(self):
        plan = self._plan()
        self.assertFalse(plan.former_id)
        self.assertFalse(plan.changes)

    def test_nothing_changed(self):
        plan = self._agreed(days_ago=5)
        draft = self._next(plan)
        self.assertEqual(draft.former_id, plan)
        self.assertSays(draft, "Nothing has changed")

    def test_added_left_out_and_changed(self):
        plan = self._agreed(days_ago=5)
        draft = self._next(plan)
        language, housing = draft.line_ids
        language.write({"name": "I pass the B2 exam", "date_target": self._day(-60)})
        register, ask = language.step_ids
        ask.write({"owner": "client", "date_due": self._day(-30)})
        register.unlink()
        language.step_ids = [Command.create({"name": "Look for a partner", "owner": "volunteer"})]
        housing.unlink()
        draft.line_ids = [
            Command.create(
                {
                    "area_id": self.housing.id,
                    "name": "Keep the room",
                    "step_ids": [Command.create({"name": "Pay the rent"})],
                }
            )
        ]
        self.assertSays(
            draft,
            "Compared with version 1",
            "Changed goal (Language): “I pass the B2 exam”",
            "Goal: from “I pass the B1 exam” to “I pass the B2 exam”",
            "Target Date: from – to",
            "New step: “Look for a partner”",
            "Who: Volunteer",
            "Step left out: “Register for the course”",
            "Changed step: “Ask for a seat”",
            "Who: from Case worker to Client",
            "New goal (Housing): “Keep the room”",
            "New step: “Pay the rent”",
            "Goal left out (Housing): “A flat of our own”",
        )
        frozen = self._read(draft)
        draft.action_agree()
        self.assertEqual(self._read(draft)[1:], frozen[1:], "the same once it is agreed")
        third = self._next(draft)
        third.action_agree()
        self.assertEqual(self._read(draft)[1:], frozen[1:], "and when it is no longer in force")
        self.assertSays(third, "Compared with version 2", "Nothing has changed")

    def test_what_was_settled_is_told_apart_from_what_was_dropped(self):
        plan = self._agreed(days_ago=5)
        plan.line_ids[0].step_ids[0].state = "done"
        plan.line_ids[1].write({"state": "missed", "reason": "Too few flats"})
        self.assertSays(
            self._next(plan),
            "Step no longer in the plan: “Register for the course” – Done",
            "Goal no longer in the plan (Housing): “A flat of our own”",
            "– Not reached: Too few flats",
        )

    def test_equal_words_are_not_taken_for_each_other(self):
        """Two goals of the same words: which of them was moved is known, not guessed."""
        plan = self._plan(
            line_ids=[
                Command.create({"area_id": self.housing.id, "name": "A flat"}),
                Command.create({"area_id": self.housing.id, "name": "A flat"}),
            ]
        )
        plan.action_agree(self._day(5))
        draft = self._next(plan)
        first, second = draft.line_ids
        self.assertEqual((first.former_id, second.former_id), tuple(plan.line_ids))
        second.name = "A larger flat"
        first.sequence = 99
        text = " ".join(self._read(draft))
        self.assertEqual(text.count("Changed goal"), 1)
        self.assertNotIn("left out", text)

    def test_versions_from_before_are_compared_by_their_words(self):
        plan = self._agreed(days_ago=5)
        draft = self._next(plan)
        draft.line_ids.step_ids._as_system().former_id = False
        draft.line_ids._as_system().former_id = False
        draft.line_ids[0].date_target = self._day(-60)
        self.assertSays(draft, "Changed goal (Language): “I pass the B1 exam”", "Target Date")
        self.assertNotIn("left out", " ".join(self._read(draft)))

    def test_who_takes_part(self):
        wife = self._client(self.worker_a, "Zara Planova")
        self._household(self.client, wife)
        plan = self._agreed(days_ago=5)
        draft = self._next(plan)
        draft.client_ids = wife
        self.assertSays(draft.with_context(integration_show_name=True), "Takes part now: *Zara")
        self.assertSays(draft, f"Takes part now: *{wife.file_number}")
        draft.action_agree()
        third = self._next(draft)
        third.client_ids = False
        self.assertSays(third, f"No longer takes part: *{wife.file_number}")

    def test_in_german(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env.ref("base.module_integration_management")._update_translations(["de_DE"])
        plan = self._agreed(days_ago=5)
        draft = self._next(plan)
        draft.line_ids[0].step_ids[1].owner = "client"
        draft.line_ids[1].unlink()
        self.assertSays(
            draft.with_context(lang="de_DE"),
            "Verglichen mit Fassung 1",
            "Geänderter Schritt: „Ask for a seat“",
            "von Integrationsmanager/in zu Klient/in",
            "Ziel weggelassen (Wohnen): „A flat of our own“",
        )

    def test_words_are_no_markup(self):
        plan = self._agreed(days_ago=5)
        draft = self._next(plan)
        draft.line_ids[0].name = "<img src=x onerror=alert(1)> B2"
        self.env.invalidate_all()
        self.assertNotIn("<img", draft.changes)

    def test_without_the_file_nothing_is_compared(self):
        draft = self._next(self._agreed(days_ago=5))
        for user in (self.colleague_a, self.lead_a, self.worker_b):
            self.assertDenied(draft.with_env(self._as(user)).read, ["changes"])

    def test_whom_a_goal_follows_is_not_set_by_hand(self):
        draft = self._next(self._agreed(days_ago=5))
        other = self._plan(case=self._case(self._client(self.worker_a)))
        for record, former in (
            (draft.line_ids[0], other.line_ids[0]),
            (draft.step_ids[0], other.step_ids[0]),
        ):
            self.assertRefused("by hand", record.write, {"former_id": former.id})
