import json
import re

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE, IntegrationCommon

OURS = f"odoo.addons.{MODULE}."
# Buttons that work as often as they are pressed, and why nothing is doubled.
AS_OFTEN_AS_PRESSED = {
    ("integration.case.visibility", "action_show"): "a list that is looked at and written anew",
    ("integration.course.registration", "action_download"): "downloads the list",
    ("integration.course.registration", "action_print"): "prints the list",
    ("integration.county.preset", "action_preview"): "shows; creates nothing",
    ("integration.county.preset", "action_back"): "one step back in the dialog",
    ("integration.county.preset", "action_load"): "creates what is missing alone",
    ("integration.county.preset", "action_example"): "downloads a file",
    ("integration.county.preset", "action_open_municipalities"): "opens a list",
    ("integration.employer.settings", "action_save"): "sets values; the same ones the second time",
    ("integration.export", "action_download"): "downloads a file",
    ("integration.first.steps", "action_open"): "opens a page",
    ("integration.quality", "action_open"): "opens a page",
    ("integration.quality", "action_open_cell"): "opens a list",
    ("integration.report.wizard", "action_show"): "a question; a second sheet counts nothing",
    ("integration.signing", "action_hand_over"): "opens the page; what is signed is locked",
    ("integration.user.roles", "action_send_password"): "a link that replaces the one before",
}


@tagged("post_install", "-at_install")
class TestOnce(IntegrationCommon):
    """What is pressed twice because an answer got lost is done once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._client(cls.worker_a)
        cls._agree_beside_file(cls.client)
        cls.case = cls._case(cls.client)

    def _buttons(self):
        """Yield (model, method, function) of each button of our dialogs, from the registry."""
        for model in self.env.registry.values():
            if not model._transient or model._abstract:
                continue
            for cls in model.mro():
                # What all models have by us is no button of a dialog.
                if not cls.__module__.startswith(OURS) or cls._name == "base":
                    continue
                for name, function in vars(cls).items():
                    if name.startswith("action_"):
                        yield model._name, name, function

    def test_each_button_of_a_dialog_works_once_or_says_why_not(self):
        buttons = {entry[:2]: entry[2] for entry in self._buttons()}
        self.assertGreater(len(buttons), 20)
        once = {key for key, function in buttons.items() if getattr(function, "works_once", None)}
        self.assertEqual(set(buttons) - once, set(AS_OFTEN_AS_PRESSED))
        for name in {model for model, _method in once}:
            self.assertIn("once_done", self.env[name]._fields, name)

    # ------------------------------------------------------------
    # Pressed twice
    # ------------------------------------------------------------

    def _plan(self):
        plan = self.case.env["integration.plan"].create(
            {
                "case_id": self.case.id,
                "line_ids": [
                    Command.create(
                        {"area_id": self.env.ref(f"{MODULE}.area_language").id, "name": "B1"}
                    )
                ],
            }
        )
        return plan

    def _twice(self, dialog, button):
        """Press ``button`` twice; return what each press added to the tables of ours."""
        counts = [self._counts()]
        answers = []
        for _press in range(2):
            answers.append(getattr(dialog, button)() or False)
            self.env.flush_all()
            counts.append(self._counts())
        # A link by which a password is set is made anew for each answer, and kept nowhere.
        told = [re.sub(r"(token|signup_email)=[^&\s\"]+", "", json.dumps(a)) for a in answers]
        self.assertEqual(*told, "the same answer")
        self.assertEqual(counts[2], counts[1], f"{dialog._name}: the second press added something")
        return counts[1] != counts[0]

    def _counts(self):
        tables = sorted(
            model._table
            for model in self.env.registry.values()
            if model._name.startswith(("integration.", "mail.activity"))
            and model._auto
            and not model._abstract
            and not model._transient
        )
        tables.append("res_users")
        counts = {}
        for table in tables:
            self.env.cr.execute(f"SELECT count(*) FROM {table}")  # pylint: disable=sql-injection
            counts[table] = self.env.cr.fetchone()[0]
        return counts

    def _press_twice(self, model, button, user=None, adds=True, **values):
        dialog = self._as(user or self.worker_a)[model].create(values)
        self.assertEqual(self._twice(dialog, button), adds, model)
        self._assert_words_gone(dialog)
        with self.assertRaisesRegex(UserError, "saved already"):
            dialog.write(dict([next(iter(values.items()))]))

    def _assert_words_gone(self, dialog):
        """Words are kept in the file, behind its walls, and not in the dialog's own table."""
        self.env.cr.execute(
            f"SELECT to_json(d)::text FROM {dialog._table} d WHERE id = %s", [dialog.id]
        )  # pylint: disable=sql-injection
        row = self.env.cr.fetchone()[0]
        self.assertIn('"once_done":true', row)
        for word in ("Words", "emergency", "Back again", "http"):
            self.assertNotIn(word, row)
        for field in dialog._fields.values():
            if field.type == "one2many" and dialog.env[field.comodel_name]._transient:
                self.assertFalse(dialog.sudo()[field.name], "lines are words as well")

    def test_contact(self):
        for button in ("action_save", "action_save_new"):
            self._press_twice(
                "integration.contact.quick", button, note="Words",
                case_id=self.case.id, channel_id=self.home_visit.id, date_next=self.today,
            )  # fmt: skip

    def test_family(self):
        line = {"name": "Hana Erfunden", "consent": "paper", "present": True}
        self._press_twice(
            "integration.family.new", "action_save", note="Words",
            municipality_id=self.town_a.id, line_ids=[Command.create(line)],
        )  # fmt: skip

    def test_family_events(self):
        env = self._as(self.worker_a)
        born = self.today - relativedelta(years=30)
        self.client.birthdate = born
        child = self._client(
            self.worker_a, consent=False, birthdate=self.today - relativedelta(years=18)
        )
        other = self._client(self.worker_a, birthdate=born)
        home = self._household(self.client, child)
        self._press_twice(
            "integration.family.birth", "action_save",
            case_id=self.case.id, client_id=self.client.id, name="Words", consent="paper",
        )  # fmt: skip
        self._press_twice(
            "integration.family.marriage", "action_save",
            client_id=self.client.id, spouse_id=other.id,
        )  # fmt: skip
        self._press_twice(
            "integration.family.of.age", "action_save", client_id=child.id,
            consent="paper", witness="Words", municipality_id=self.town_a.id,
        )  # fmt: skip
        self._press_twice(
            "integration.family.separation", "action_save",
            leaving_ids=[Command.set(other.ids)], street="Words",
        )  # fmt: skip
        self._press_twice("integration.family.death", "action_save", client_id=self.client.id)
        line = {"name": "Words", "consent": "later"}
        self._press_twice(
            "integration.family.new", "action_save", talk=False, municipality_id=self.town_a.id,
            case_id=child.case_ids.id, line_ids=[Command.create(line)],
        )  # fmt: skip
        # The child, the one who was born, and who arrived; to the last day also who has died
        self.assertEqual(env["integration.household"].browse(home.id).size, 4)

    def test_plan_and_review(self):
        plan = self._plan()
        self._press_twice(
            "integration.plan.agree", "action_agree", plan_id=plan.id, date=self.today
        )
        self._press_twice(
            "integration.agreement.make",
            "action_print",
            plan_id=plan.id,
            language_id=self.env.ref(f"{MODULE}.language_de").id,
            interpreter="Words",
        )
        self._press_twice(
            "integration.plan.review.wizard", "action_record", plan_id=plan.id, note="Words"
        )

    def test_share_and_transfer(self):
        self._press_twice(
            "integration.case.share", "action_share",
            case_id=self.case.id, user_id=self.colleague_a.id, kind="team",
        )  # fmt: skip
        self._press_twice(
            "integration.case.transfer", "action_transfer", user=self.lead_a,
            case_ids=[Command.set(self.case.ids)], user_id=self.colleague_a.id,
        )  # fmt: skip

    def test_glass(self):
        self._press_twice(
            "integration.case.glass", "action_break", user=self.colleague_a,
            file_number=self.client.file_number, reason="An emergency in the night",
        )  # fmt: skip

    def test_pause_close_and_reopen(self):
        self._press_twice(
            "integration.case.pause", "action_pause", adds=False, case_id=self.case.id
        )
        self._press_twice(
            "integration.case.close", "action_close", case_id=self.case.id, note="Words",
            closure_reason_id=self.env.ref(f"{MODULE}.closure_reason_goals_reached").id,
        )  # fmt: skip
        self._press_twice(
            "integration.case.reopen", "action_reopen", case_id=self.case.id, reason="Back again"
        )

    def test_user(self):
        self._press_twice(
            "integration.user.roles", "action_save", user=self.admin_a,
            name="New Colleague", login="new.colleague@example.com", caseworker=True,
        )  # fmt: skip

    def test_a_link_for_a_password_is_shown_and_not_kept(self):
        """Whoever reads the table would become the new user; it is shown again while unused."""
        dialog = self._as(self.admin_a)["integration.user.roles"].create(
            {"name": "New Colleague", "login": "new.colleague@example.com", "caseworker": True}
        )
        for _press in range(2):
            self.assertIn("http", dialog.action_save()["params"]["message"])
            self._assert_words_gone(dialog)
        user = self.env["res.users"].search([("login", "=", "new.colleague@example.com")])
        self.env["res.users.log"].with_user(user).sudo().create({})
        self.env.invalidate_all()
        self.assertNotIn("http", dialog.action_save()["params"]["message"])

    def test_a_refused_press_leaves_the_dialog_open(self):
        dialog = self._as(self.worker_a)["integration.case.reopen"].create(
            {"case_id": self.case.id, "reason": "Back again"}
        )
        with self.assertRaises(UserError):
            dialog.action_reopen()
        self.assertFalse(dialog.once_done)
        dialog.reason = "Corrected"
