from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import MODULE
from .case_common import CaseCommon


@tagged("post_install", "-at_install")
class TestCaseHousehold(CaseCommon):
    """Whoever hands over, pauses or closes the case of one spouse is asked about the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spouse = cls._client(cls.worker_a, "Ivan Beispielko")
        cls.spouses = cls._case(cls.spouse)
        cls.stranger = cls._case(cls._client(cls.worker_a, "Ganz Anders"))
        cls.household = cls._household(cls.client, cls.spouse)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _dialog(self, user, button):
        action = getattr(self._seen_by(user), button)()
        return Form(self._as(user)[action["res_model"]].with_context(**action["context"]))

    def _transfer(self, cases=None):
        cases = self.case if cases is None else cases
        context = {"active_model": "integration.case", "active_ids": cases.ids}
        form = Form(self._as(self.lead_a)["integration.case.transfer"].with_context(**context))
        form.user_id = self.colleague_a
        return form

    def test_pausing_asks_about_the_other(self):
        form = self._dialog(self.worker_a, "action_pause")
        self.assertEqual(form.other_case_ids.ids, self.spouses.ids)
        self.assertFalse(form.also_case_ids.ids, "nothing is ticked before")
        form.also_case_ids.add(self.spouses)
        form.save().action_pause()
        self.assertEqual({self.case.state, self.spouses.state}, {"paused"})
        self.assertEqual(self.spouses.pause_until, self.case.pause_until)
        self.assertEqual(self.stranger.state, "open")

    def test_who_resumes_one_is_told_that_the_other_is_still_paused(self):
        form = self._dialog(self.worker_a, "action_pause")
        form.also_case_ids.add(self.spouses)
        form.save().action_pause()
        told = self._seen_by(self.worker_a).action_resume()
        self.assertIn(self.spouses.file_number, told["params"]["message"])
        self.assertNotIn(self.stranger.file_number, told["params"]["message"])
        self.assertFalse(self.spouses.with_env(self._as(self.worker_a)).action_resume())

    def test_what_is_said_of_the_other_s_steps_can_be_chosen(self):
        """Also if the case itself has no open step."""
        form = self._dialog(self.worker_a, "action_close")
        self.assertTrue(form._get_modifier("rest_state", "invisible"))
        form.also_case_ids.add(self.spouses)
        self.assertFalse(form._get_modifier("rest_state", "invisible"))

    def test_unticked_goes_on(self):
        self._dialog(self.worker_a, "action_pause").save().action_pause()
        self.assertEqual((self.case.state, self.spouses.state), ("paused", "open"))
        form = self._dialog(self.worker_a, "action_close")
        form.closure_reason_id = self.goals_reached
        form.save().action_close()
        self.assertEqual((self.case.state, self.spouses.state), ("closed", "open"))

    def test_closing_takes_the_other_along_with_open_steps(self):
        area = self.env.ref(f"{MODULE}.area_housing").id
        steps = [Command.create({"name": "Call"})]
        goal = Command.create({"area_id": area, "name": "A flat", "step_ids": steps})
        plan = self.spouses.env["integration.plan"].create(
            {"case_id": self.spouses.id, "line_ids": [goal]}
        )
        plan.action_agree()
        step = plan.step_ids
        form = self._dialog(self.worker_a, "action_close")
        form.closure_reason_id = self.goals_reached
        form.also_case_ids.add(self.spouses)
        form.save().action_close()
        self.assertEqual({self.case.state, self.spouses.state}, {"closed"})
        self.assertEqual(self.spouses.closure_reason_id, self.goals_reached)
        self.assertEqual((step.state, step.reason), ("dropped", self.goals_reached.name))

    def test_handing_over_asks_about_the_other(self):
        form = self._transfer()
        self.assertEqual(form.other_case_ids.ids, self.spouses.ids)
        form.also_case_ids.add(self.spouses)
        form.save().action_transfer()
        self.assertEqual((self.case | self.spouses).sudo().user_id, self.colleague_a)
        self.assertEqual(self.stranger.sudo().user_id, self.worker_a)
        # Both chosen: nobody is left to ask about
        self.assertFalse(self._transfer(self.case | self.spouses).other_case_ids.ids)

    def test_consent_of_the_other_is_missing_as_well(self):
        self._consent(self.spouse, "withdrawn", purpose="transfer")
        form = self._transfer()
        self.assertFalse(form.missing_numbers)
        form.also_case_ids.add(self.spouses)
        self.assertEqual(form.missing_numbers, self.spouse.file_number)

    def test_nobody_is_offered_who_moved_out_or_is_closed_to_the_worker(self):
        self.household.member_ids.filtered(lambda m: m.client_id == self.spouse).action_separate()
        self.env.flush_all()
        self.assertFalse(self._dialog(self.worker_a, "action_pause").other_case_ids.ids)

    def test_case_of_a_colleague_is_not_offered(self):
        self._hand_over(self.colleague_a, self.spouses)
        for button in ("action_pause", "action_close"):
            self.assertFalse(self._dialog(self.worker_a, button).other_case_ids.ids, button)

    def test_others_cannot_be_forged(self):
        dialogs = self._as(self.worker_a)["integration.case.pause"]
        values = {"case_id": self.case.id, "also_case_ids": [(6, 0, self.stranger.ids)]}
        with self.assertRaisesRegex(UserError, self.number):
            dialogs.create(values).action_pause()
        foreign = self._case(self._client(self.worker_b))
        values["also_case_ids"] = [(6, 0, foreign.ids)]
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            dialogs.create(values).action_pause()
        self.assertEqual(foreign.state, "open")
