import unicodedata

from odoo.tests import tagged

from odoo.addons.integration_management.tools import same_words

from .people_common import PeopleCommon

# How the same name comes from keyboards, telephones and copied text
SAME = (
    ("José Müller", unicodedata.normalize("NFD", "José Müller")),
    ("José Müller", "  josé\u00a0MÜLLER\u3000"),
    ("Ann\u2011Kathrin", "Ann-Kathrin"),
    ("O’Neill", "O'Neill"),
    ("Amina", "Am\u200bina\ufe0f"),
    ("Amina", "Am\u034fina"),
    ("Amina", "A\u2060mina\u3164"),
    ("Weiß", "WEISS"),
    ("ﬁnn", "Finn"),
    ("İbrahim", unicodedata.normalize("NFD", "İbrahim")),
    ("नमिता", "नमिता\u200d"),
)
OTHERS = (("Amina", "Amira"), ("Jose", "José"), ("", "\u200b"), ("Ann Kathrin", "Annkathrin"))


@tagged("post_install", "-at_install")
class TestNamesCompared(PeopleCommon):
    """One comparison of names: what looks the same is the same."""

    def test_what_looks_the_same_is_the_same(self):
        for one, other in SAME:
            with self.subTest(one, other=ascii(other)):
                self.assertTrue(same_words(one, other))
                self.assertTrue(same_words(other, one))
        for one, other in OTHERS:
            with self.subTest(one, other=ascii(other)):
                self.assertFalse(same_words(one, other))

    def test_nobody_is_her_own_guardian_in_another_spelling(self):
        for name, spelled in SAME:
            client = self._client(self.worker_a, name, consent=False)
            with self.subTest(ascii(spelled)):
                self.assertTrue(client._is_called(spelled))
