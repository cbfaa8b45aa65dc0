from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import MODULE
from .concern_common import ConcernCommon


@tagged("post_install", "-at_install")
class TestConcern(ConcernCommon):
    """What a third party brings up: whose it is, who answers, and by what (standard 3.2.1)."""

    # ------------------------------------------------------------
    # Whose it is
    # ------------------------------------------------------------

    def test_the_employer_follows_from_the_mandate(self):
        concern = self._concern().sudo()
        self.assertEqual((concern.company_id, concern.source), (self.company_a, "municipality"))
        self.assertEqual(concern.municipality_id, self.town_a)
        other = self._concern(self.worker_b, municipality_id=self.town_b.id)
        self.assertEqual((other.company_id, other.source), (self.company_b, "hand"))
        self.assertEqual((other.user_id, other.state), (self.worker_b, "read"))

    def test_who_has_the_mandate_now_gets_it(self):
        """A former employer answers for nobody, whatever day the concern tells of."""
        self.mandate_a.date_end = self.today - timedelta(days=3)
        self.env["integration.mandate"].create(
            {
                "company_id": self.company_b.id,
                "municipality_id": self.town_a.id,
                "mode": "commissioned",
                "date_start": self.today - timedelta(days=2),
            }
        )
        concern = self._concern(date=self.today - timedelta(days=10)).sudo()
        self.assertEqual(concern.company_id, self.company_b)

    def test_a_municipality_without_mandate_is_refused_in_words(self):
        self.mandate_a.date_end = self.today - timedelta(days=3)
        new = self._as(self.municipality)["integration.concern"].new({})
        self.assertIn("Nobody has a mandate for Aheim", new.employer_hint)
        with self.assertRaisesRegex(UserError, "Nobody has a mandate for Aheim"):
            self._concern()

    def test_workers_record_none_of_other_employers(self):
        with self.assertRaisesRegex(UserError, "lies with Agency B"):
            self._concern(self.worker_a, municipality_id=self.town_b.id)

    def test_the_worker_with_most_cases_there_is_proposed(self):
        self._case(self._client(self.colleague_a))
        self.assertEqual(self._concern().sudo().user_id, self.colleague_a)

    def test_the_municipality_speaks_for_itself_alone(self):
        with self.assertRaisesRegex(UserError, "Aheim alone"):
            self._concern(municipality_id=self.town_b.id)
        self.municipality.integration_municipality_id = False
        with self.assertRaisesRegex(UserError, "Users and Roles"):
            self._concern()

    # ------------------------------------------------------------
    # The answer
    # ------------------------------------------------------------

    def test_a_fixed_text_answers(self):
        concern = self._concern()
        self._reply(concern)
        self.env.invalidate_all()
        self.assertEqual(concern.told, "answered")
        self.assertEqual(concern.answer_text, self.noted.text)
        self.assertEqual(concern.date_answered, self.today)
        # What was told stays, whatever the county makes of the text
        self.noted.text = "Another text"
        self.assertNotEqual(concern.answer_text, "Another text")

    def test_the_usual_answer_of_the_kind_is_proposed(self):
        report = self.env.ref(f"{MODULE}.concern_kind_report")
        concern = self._concern(kind_id=report.id)
        self._reply(concern)
        self.env.invalidate_all()
        self.assertIn("controls nobody", concern.answer_text)

    def test_the_municipality_reads_the_answer_in_its_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.municipality.lang = "de_DE"
        self.noted.with_context(lang="de_DE").text = "Vielen Dank."
        concern = self._concern()
        self._reply(concern)
        self.assertEqual(concern.sudo().answer_text, "Vielen Dank.")

    def test_nobody_answers_what_she_has_not_read(self):
        concern = self._of(self._nobodys(), self.worker_a)
        for call in (concern.action_answer, lambda: concern._answer(self.noted)):
            with self.assertRaisesRegex(UserError, "not read"):
                call()
        dialog = concern.env["integration.concern.reply"].create({"concern_id": concern.id})
        with self.assertRaisesRegex(UserError, "not read"):
            dialog.action_save()
        self.assertFalse(concern.date_answered)

    def test_what_was_changed_is_to_be_read_anew(self):
        concern = self._nobodys()
        theirs = self._of(concern, self.worker_a)
        theirs.action_take_over()
        concern.text = "It was the other house"
        self.env.invalidate_all()
        self.assertEqual(theirs.state, "new")
        with self.assertRaisesRegex(UserError, "not read"):
            theirs.action_answer()

    def test_an_answer_is_given_once(self):
        concern = self._concern()
        theirs = self._reply(concern)
        for call in (theirs.action_answer, theirs.action_take_over, theirs.action_withdraw):
            with self.assertRaises(UserError):
                call()
        with self.assertRaisesRegex(UserError, "answered or over"):
            concern.text = "More"
        with self.assertRaises(UserError):
            concern.action_withdraw()

    def test_an_archived_text_answers_nobody(self):
        concern = self._of(self._nobodys(), self.worker_a)
        concern.action_take_over()
        self.noted.active = False
        with self.assertRaisesRegex(UserError, "no longer given"):
            concern._answer(self.noted.with_env(concern.env))

    def test_the_worker_alone_decides(self):
        """Leads pass on, and answer only what is theirs as case workers."""
        concern = self._nobodys()
        lead = self._of(concern, self.lead_a)
        for call in (lead.action_take_over, lead.action_answer, lambda: lead._answer(self.noted)):
            with self.assertRaises(AccessError):
                call()
        lead.user_id = self.colleague_a
        theirs = self._of(concern, self.colleague_a)
        self.assertEqual(theirs.state, "new")
        with self.assertRaises(AccessError):
            self._of(concern, self.worker_a).read(["text"])
        with self.assertRaisesRegex(UserError, "team lead"):
            theirs.user_id = self.worker_a
        theirs.user_id = False
        self.assertEqual(self._of(concern, self.worker_a).state, "new")

    def test_no_field_takes_a_direction(self):
        """What a third party can say: day, kind, who, words. Nothing names a person or a task."""
        fields = self._as(self.municipality)["integration.concern"].fields_get()
        free = {n for n, f in fields.items() if not f["readonly"] and f.get("store", True)}
        self.assertEqual(
            free, {"municipality_id", "date", "party", "kind_id", "text"}, sorted(free)
        )

    # ------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------

    def test_file_numbers_are_refused_whether_or_not_they_exist(self):
        client = self._client(self.worker_a)
        known = client.file_number
        missing = f"{known[:-5]}99999"
        answers = set()
        for number in (known, missing, known.replace("-", " – "), f"H-{known}"):
            with self.assertRaises(ValidationError) as refused, self.env.cr.savepoint():
                self._concern(text=f"{number} is loud")
            answers.add(str(refused.exception))
            self.assertNotIn(number, str(refused.exception))
        self.assertEqual(len(answers), 1)
        concern = self._concern(self.worker_a)
        for name in ("text", "teller"):
            with self.assertRaisesRegex(ValidationError, "no file number"):
                concern.write({name: f"About {known}"})
        self.assertTrue(self._concern(text="Since 2026, in 88045 Aheim, call 07541 204-12345"))

    def test_what_says_nothing_is_refused(self):
        for text in ("", "   ", "\u200b", False):
            with self.subTest(text), self.assertRaisesRegex(ValidationError, "fill in"):
                self._concern(text=text)
        with self.assertRaisesRegex(ValidationError, "fill in"):
            self._as(self.municipality)["integration.concern"].create({"kind_id": self.kind.id})
        concern = self._concern()
        with self.assertRaisesRegex(ValidationError, "fill in"):
            concern.text = " "

    def test_days_that_cannot_be_meant(self):
        for days in (-1, 15, 4000):
            with self.subTest(days), self.assertRaises(ValidationError):
                self._concern(date=self.today - timedelta(days=days))
        self.assertTrue(self._concern(date=self.today - timedelta(days=14)))

    def test_what_the_system_sets_is_not_sent(self):
        for name, value in (
            ("company_id", self.company_b.id),
            ("source", "hand"),
            ("answer_text", "We accompany them"),
            ("date_answered", self.today),
            ("date_cleared", self.today),
        ):
            with self.subTest(name), self.assertRaises(UserError):
                self._concern(**{name: value})
            with self.subTest(f"{name} by worker"), self.assertRaises(UserError):
                self._of(self._nobodys(), self.worker_a).write({name: value})

    def test_what_the_municipality_put_stays_so(self):
        concern = self._of(self._nobodys(), self.worker_a)
        for name, value in (("text", "Other words"), ("party", "school"), ("date", self.today)):
            with self.subTest(name), self.assertRaisesRegex(UserError, "as the municipality"):
                concern.write({name: value})
        with self.assertRaisesRegex(UserError, "only she"):
            concern.action_withdraw()

    def test_taken_back_is_cleared_and_over(self):
        for concern in (self._concern(), self._concern(self.worker_a, teller="Somebody")):
            concern.action_withdraw()
            self.env.invalidate_all()
            self.assertEqual((concern.told, concern.text), ("withdrawn", False))
        self.assertFalse(concern.teller)

    def test_the_concerns_of_who_leaves_are_nobodys(self):
        concern = self._nobodys()
        self._of(concern, self.colleague_a).action_take_over()
        self.colleague_a.action_archive()
        self.assertEqual((concern.sudo().user_id.id, concern.sudo().state), (False, "new"))

    def test_my_day_counts_what_its_list_shows(self):
        tile = self.env.ref(f"{MODULE}.day_tile_concerns").with_env(self._as(self.worker_a))
        before = tile.count
        nobodys, mine = self._nobodys(), self._concern(self.worker_a)
        self._of(self._nobodys(), self.colleague_a).action_take_over()
        answered = self._nobodys()
        self._reply(answered)
        self.env.invalidate_all()
        self.assertEqual(tile.count, before + 2)
        found = tile.env["integration.concern"].search(tile.action_open()["domain"])
        self.assertLessEqual({nobodys.id, mine.id}, set(found.ids))
        self.assertNotIn(answered.id, found.ids)

    def test_nobody_is_proposed_who_works_elsewhere_by_now(self):
        self._case(self._client(self.worker_a))
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM res_company_users_rel WHERE user_id = %s", (self.worker_a.id,)
        )
        self.env.invalidate_all()
        concern = self._concern()
        self.assertNotEqual(concern.sudo().user_id, self.worker_a)

    def test_only_the_lead_passes_a_new_one_to_a_colleague(self):
        with self.assertRaisesRegex(UserError, "team lead passes"):
            self._concern(self.worker_a, user_id=self.colleague_a.id)
        concern = self._concern(self.lead_a, user_id=self.colleague_a.id)
        self.assertEqual(concern.user_id, self.colleague_a)
