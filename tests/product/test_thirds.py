import io
from collections import Counter
from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from . import thirds

ELEMENTS = [(role, number) for role in ("worker", "lead", "public") for number in range(200)]


@tagged("post_install", "-at_install")
class TestThirds(BaseCase):
    """The thirds of the long walks miss nothing and overlap nowhere."""

    def _tried(self, wanted):
        with (
            patch.dict("os.environ", {thirds.VARIABLE: str(wanted)}),
            patch.object(thirds, "WALKED", Counter({"all": 1})),
        ):
            return {element for element in ELEMENTS if thirds.due(*element)}

    def test_thirds_are_the_whole_and_disjoint(self):
        parts = [self._tried(third) for third in thirds.THIRDS]
        self.assertEqual(set().union(*parts), set(ELEMENTS))
        self.assertEqual(sum(map(len, parts)), len(ELEMENTS))
        self.assertEqual(self._tried(thirds.WHOLE), set(ELEMENTS))
        for part in parts:
            self.assertGreater(len(part), len(ELEMENTS) / 4, "about equally long")

    def test_assignment_never_changes(self):
        """Else an element could wait longer than three days for its turn."""
        self.assertEqual(
            [thirds.third_of("worker", name) for name in ("case", "plan", "note", "client")],
            [2, 2, 2, 2],
        )

    def test_three_days_in_a_row_see_everything(self):
        for day in (date(2026, 12, 30), date(2028, 2, 28)):
            days = [thirds.current({}, day + timedelta(days=more)) for more in range(3)]
            self.assertEqual(sorted(days), list(thirds.THIRDS))

    def test_run_says_which_third_it_was(self):
        for wanted, said in {
            "2": "Walks: third 2 of 3, 5 of 14 elements",
            "all": "Walks: the whole, 5 of 14",
        }.items():
            stream = io.StringIO()
            with (
                patch.dict("os.environ", {thirds.VARIABLE: wanted}),
                patch.object(thirds, "WALKED", Counter({"all": 14, "tried": 5})),
            ):
                thirds.report(stream)
            self.assertIn(said, stream.getvalue())

    def test_unknown_third_is_refused(self):
        with self.assertRaisesRegex(ValueError, "not 4"):
            thirds.current({thirds.VARIABLE: "4"})
