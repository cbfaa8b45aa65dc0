from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .network_common import NetworkCommon

NUMBER = "holds what looks like a file number"
NAME = "seems to name a client"


@tagged("post_install", "-at_install")
class TestNameless(NetworkCommon):
    """Neither numbers nor names: and nobody learns from a refusal what she may not know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_a.integration_show_cards = False
        cls.mine = cls._client(cls.worker_a, "Mohammed Al-Haddad")
        cls._case(cls.mine)
        cls.colleagues = cls._client(cls.colleague_a, "Oksana Kowalenko")
        cls._case(cls.colleagues)
        cls.others = cls._client(cls.worker_b, "Selam Tesfay")
        cls._case(cls.others)

    def _says(self, user, words):
        return self._topic(user, description=words)

    def _refused(self, user, words, why):
        with self.subTest(words, user=user.login):
            with self.assertRaisesRegex(ValidationError, why) as refused:
                self._says(user, words)
            told = str(refused.exception).casefold()
            for said in ("addad", "moham", "حداد", "oksana", self.mine.file_number, "99999"):
                self.assertNotIn(said, told)

    def test_file_numbers_are_refused_whether_they_exist_or_not(self):
        known = self.mine.file_number
        year = known[:4]
        for words in (
            known, f"about {known}.", f"{year}-99999", f"{year}–99999", f"{year} - 99999",
            f"H-{year}-00001", f"{year}\u200b-99999", self.others.file_number,
        ):  # fmt: skip
            for user in (self.worker_a, self.worker_b, self.county_user):
                self._refused(user, words.replace(" ", "\u00a0"), NUMBER)

    def test_days_and_telephones_are_no_file_numbers(self):
        for words in ("2026-11-30", "since 2026", "07541 204-5555", "+49 7541 2040", "2026/27"):
            self.assertTrue(self._says(self.county_user, words))

    def test_names_of_open_files_are_refused_in_any_spelling(self):
        for words in (
            "Mohammed Al-Haddad", "with Muhammad Haddad on Monday", "haddad, mohamed",
            "Familie Haddad", "Herr El Haddad", "محمد الحداد", "Fam. Haddad needs a flat",
        ):  # fmt: skip
            self._refused(self.worker_a, words, NAME)

    def test_a_refusal_is_no_oracle(self):
        """Whoever may not know a name writes it without learning whether there is such a client."""
        for user, words in (
            (self.worker_a, "Oksana Kowalenko"),
            (self.worker_a, "Selam Tesfay"),
            (self.worker_b, "Mohammed Al-Haddad"),
            (self.county_user, "Mohammed Al-Haddad"),
            (self.county_user, "Familie Tesfay"),
        ):
            with self.subTest(words, user=user.login):
                self.assertTrue(self._says(user, words))

    def test_where_cards_are_shown_their_names_are_refused(self):
        self.company_a.integration_show_cards = True
        self.env.flush_all()
        searched = self.env["integration.access.log"].search_count([])
        self._refused(self.worker_a, "Oksana Kowalenko", NAME)
        self.assertTrue(self._says(self.worker_a, "Selam Tesfay"))
        self.assertTrue(self._says(self.worker_b, "Oksana Kowalenko"))
        self.assertEqual(self.env["integration.access.log"].search_count([]), searched)

    def test_ordinary_words_pass(self):
        self.company_a.integration_show_cards = True
        for words in (
            "Runder Tisch mit dem Jobcenter", "Frau Berger vom Jugendamt berichtet",
            "Mohammed is a common name", "Haddad is one as well", "Klient/in und Familie",
        ):  # fmt: skip
            with self.subTest(words):
                self.assertTrue(self._says(self.worker_a, words))

    def test_wherever_something_is_written(self):
        held = self._held()
        number = f"{self.today.year}-00001"
        for name, part in (
            ("guest_ids", {"name": "Guest", "remark": number}),
            ("guest_ids", {"name": "Guest", "subject": number}),
            ("decision_ids", {"name": number, "who": "Somebody"}),
            ("decision_ids", {"name": "Decision", "who": number}),
            ("material_ids", {"name": number, "file": "JVBERi0xLjQK"}),
            ("topic_ids", {"name": number}),
            ("topic_ids", {"name": "Topic", "outcome": number}),
        ):
            with self.subTest(name, part=part), self.assertRaisesRegex(ValidationError, NUMBER):
                held[name] = [Command.create(part)]
        for name in ("name", "place", "note", "minutes"):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, NUMBER):
                held[name] = f"About {number}"
        with self.assertRaisesRegex(ValidationError, NAME):
            self._as(self.worker_a)["integration.network.contact"].create(
                {
                    "municipality_id": self.town_a.id,
                    "partner_name": "Office",
                    "note": "Mohammed Haddad",
                }
            )
