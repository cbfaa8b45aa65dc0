from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .language_common import LanguageCommon


@tagged("post_install", "-at_install")
class TestLanguageLevel(LanguageCommon):
    """A level with its proof: the same paper proves one level, once."""

    def _level(self, level="b1", days_ago=10, client=None, **values):
        client = client or self.client_a
        return client.env["integration.language.level"].create(
            {
                "client_id": client.id,
                "level": level,
                "source": "certificate",
                "date_from": self._day(days_ago),
                **values,
            }
        )

    def test_the_same_certificate_twice(self):
        self._level(days_ago=90, date_to=self._day(50), certificate_number="A-1 2")
        for number in ("A-1 2", " a‑1  2"):
            with self._refusing("entered already", ValidationError):
                self._level(certificate_number=number)
        self.assertTrue(self._level(certificate_number="A-13"))

    def test_without_a_number_level_and_day_decide(self):
        first = self._level(days_ago=90, date_to=self._day(50), certificate_date=self._day(90))
        with self._refusing("entered already", ValidationError):
            self._level(certificate_date=self._day(90))
        second = self._level(level="b2", certificate_date=self._day(90))
        with self._refusing("entered already", ValidationError):
            second.level = "b1"
        self.assertEqual(first.level, "b1")

    def test_somebody_else_may_have_one_like_it(self):
        other = self._client(self.worker_a)
        self._level(certificate_date=self._day(20), certificate_number="7")
        self.assertTrue(
            self._level(client=other, certificate_date=self._day(20), certificate_number="7")
        )

    def test_proof_without_a_certificate_or_from_the_future(self):
        with self._refusing("only where the source", ValidationError):
            self._level(source="self", certificate="DTZ")
        with self._refusing("future", ValidationError):
            self._level(certificate_date=self.today + timedelta(days=1))

    def test_older_entries_without_proof(self):
        """Two levels by certificates of which nothing is known stay two."""
        self._level(days_ago=90, date_to=self._day(50))
        self.assertTrue(self._level())
