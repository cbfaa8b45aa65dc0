from datetime import date

from odoo.fields import Command
from odoo.tests import Form, tagged

from .family_common import FamilyCommon

NAME, SPELLED = "Erfunden-Hamdani, Mohammed", "Muhammad Erfunden Hamdany"
BORN, PHONE = date(1990, 3, 12), "07541 123456"


@tagged("post_install", "-at_install")
class TestPerhapsKnown(FamilyCommon):
    """Before somebody is entered a second time, the form says so; it stops nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        details = {"birthdate": BORN, "phone": PHONE}
        cls.mine = cls._client(cls.worker_a, NAME, **details)
        cls._case(cls.mine)
        cls.foreign = cls._client(cls.worker_b, NAME, **details)
        cls._case(cls.foreign)
        cls.company_a.integration_show_cards = True
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.env.cr.postcommit.clear()
        self.env.cr.postcommit.data.clear()

    def _logged(self):
        pending = self.env.cr.postcommit.data.get("integration_access_log", {})
        return {key[1] for key in pending}

    def _hint(self, user, name, birthdate=False, phone=False):
        """Return what the plain form and the dialog say, which must be the same."""
        self.env.invalidate_all()
        env = self._as(user)
        values = {"name": name, "birthdate": birthdate, "phone": phone}
        spec = {"perhaps_known": {}, **{field: {} for field in values}}
        plain = env["integration.client"].onchange(values, list(values), spec)
        dialog = env["integration.family.new"].new(
            {
                "company_id": user.company_id.id,
                "phone": phone,
                "line_ids": [Command.create({"name": name, "birthdate": birthdate})],
            }
        )
        told = plain["value"].get("perhaps_known") or ""
        self.assertEqual(told, dialog.perhaps_known or "")
        return told

    def test_own_client_is_named(self):
        number = self.mine.file_number
        for typed in (SPELLED, "Mohammed Erfunden Hamdani", "محمد Erfunden Hamdani"):
            hint = self._hint(self.worker_a, typed)
            self.assertIn(f"{NAME} ({number})", hint)
            self.assertEqual(hint.count("\n"), 0)

    def test_day_and_number_help_where_one_name_would_not_do(self):
        self.assertFalse(self._hint(self.worker_a, "Muhammad"))
        self.assertIn(NAME, self._hint(self.worker_a, "Muhammad", birthdate=BORN))
        self.assertIn(NAME, self._hint(self.worker_a, "Ganz Anders", phone="+49 7541 123456"))
        self.assertFalse(self._hint(self.worker_a, "Ganz Anders", birthdate=BORN))
        self.assertFalse(self._hint(self.worker_a, "Ganz Anders"))

    def test_colleague_is_told_whom_to_ask_and_nothing_else(self):
        hint = self._hint(self.colleague_a, SPELLED)
        self.assertIn(self.worker_a.name, hint)
        for told in (NAME, self.mine.file_number):
            self.assertNotIn(told, hint)
        # What the card does not tell is not learned by a guess.
        for kwargs in ({"birthdate": BORN}, {"phone": PHONE}):
            self.assertFalse(self._hint(self.colleague_a, "Muhammad", **kwargs))
            self.assertFalse(self._hint(self.colleague_a, "Ganz Anders", **kwargs))
        for more in ("12.03.1990", "13.03.1990"):
            self.assertFalse(self._hint(self.colleague_a, f"{SPELLED} {more}"))

    def test_nothing_where_the_employer_shows_no_cards(self):
        self.company_a.integration_show_cards = False
        self.env.flush_all()
        self.assertFalse(self._hint(self.colleague_a, SPELLED, BORN, PHONE))
        self.assertIn(NAME, self._hint(self.worker_a, SPELLED, BORN, PHONE))

    def test_nothing_across_employers(self):
        self.mine.with_user(self.worker_a).name = "Ganz Anders"
        self.mine.with_user(self.worker_a).write({"birthdate": False, "phone": False})
        self.env.flush_all()
        for user in (self.worker_a, self.colleague_a):
            self.assertFalse(self._hint(user, SPELLED, BORN, PHONE))

    def test_nothing_of_a_second_employer_of_the_user(self):
        self.worker_a.sudo().company_ids |= self.company_b
        self.env.flush_all()
        hint = self._hint(self.worker_a, SPELLED, BORN, PHONE)
        self.assertNotIn(self.foreign.file_number + ")", hint.replace(self.mine.file_number, ""))
        self.assertNotIn(self.worker_b.name, hint)

    def test_hint_is_logged_as_a_search(self):
        self._hint(self.worker_a, SPELLED)
        self.assertEqual(self._logged(), {"search", "card"})
        self.setUp()
        self._hint(self.worker_a, "")
        self.assertEqual(self._logged(), set())

    def test_family_is_saved_all_the_same(self):
        (client,), _case = self._saved({"name": NAME, "birthdate": BORN})
        self.assertNotEqual(client, self.mine)
        self.assertFalse(client.perhaps_known, "a stored client is known")

    def test_form_of_a_new_person(self):
        form = Form(self._as(self.worker_a)["integration.client"])
        form.name = SPELLED
        self.assertIn(self.mine.file_number, form.perhaps_known)
        client = form.save()
        self.assertFalse(client.perhaps_known)

    def test_several_persons_are_told_apart(self):
        dialog = self._as(self.worker_a)["integration.family.new"].new(
            {
                "company_id": self.company_a.id,
                "phone": PHONE,
                "line_ids": [
                    Command.create({"name": SPELLED}),
                    Command.create({"name": "Neu Erfunden"}),
                    Command.create({"name": "Neu Mohammed", "birthdate": BORN}),
                ],
            }
        )
        lines = dialog.perhaps_known.splitlines()
        self.assertEqual(len(lines), 1, "nobody is told twice")
        self.assertTrue(lines[0].startswith(SPELLED))
