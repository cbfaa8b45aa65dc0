import ast
from pathlib import Path

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path

from ..common import MODULE

ROOT = Path(file_path(f"{MODULE}/__manifest__.py")).parent
DAYS = ("date", "day", "start", "end", "until", "today", "month")
ENDS = ("_date", "_until", "_day", "_on")
# No days, though they are called so
OTHER_THINGS = {("wizards/organisation/county_csv.py", "start")}


def is_called_like_a_day(node):
    """Return whether an expression bears the name of a day and is not written out."""
    name = getattr(node, "attr", None) or getattr(node, "id", None) or ""
    return name in DAYS or name.startswith("date_") or name.endswith(ENDS)


def told(tree):
    """Yield what is put into each translated sentence."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", None) == "_":
            yield from node.args[1:]
            yield from (keyword.value for keyword in node.keywords)


@tagged("post_install", "-at_install")
class TestDaysInWords(TransactionCase):
    """A sentence names days and kinds of entries in the reader's language."""

    def test_sentences_write_days_as_their_readers_do(self):
        raw, written = [], 0
        for folder in ("models", "wizards", "reports", "controllers"):
            for path in (ROOT / folder).rglob("*.py"):
                place = str(path.relative_to(ROOT))
                for node in told(ast.parse(path.read_text())):
                    written += getattr(getattr(node, "func", None), "id", None) == "format_date"
                    picked = isinstance(node, ast.Call) and node.args and node.args[0]
                    inner = getattr(getattr(node, "func", None), "id", None) in ("min", "max")
                    # The largest of several days is a day as well
                    named = is_called_like_a_day(picked if inner else node)
                    if named and (place, ast.unparse(node)) not in OTHER_THINGS:
                        raw.append((place, node.lineno, ast.unparse(node)))
        self.assertEqual(raw, [])
        self.assertGreater(written, 20)

    def test_no_sentence_names_a_model_in_english(self):
        for folder in ("models", "wizards", "reports"):
            for path in (ROOT / folder).rglob("*.py"):
                for node in told(ast.parse(path.read_text())):
                    is_english = getattr(node, "attr", None) in ("_description", "_name")
                    self.assertFalse(is_english, f"{path}: {ast.unparse(node)}")
