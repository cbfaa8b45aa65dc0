import ast
from pathlib import Path

from odoo.tests import BaseCase, tagged

ROOT = Path(__file__).resolve().parents[2]
OURS = ("controllers", "figures", "models", "reports", "wizards")


def unexplained(source):
    """Return the lines of ``sudo()`` in statements without a comment on or right above them."""
    lines, tree = source.splitlines(), ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "sudo"):
            continue
        if node.args:  # sudo(False) gives rights back
            continue
        statement = node
        while not isinstance(statement, ast.stmt):
            statement = parents[statement]
        around = lines[statement.lineno - 2 : node.end_lineno]
        if not (around[0].lstrip().startswith("#") or any("# sudo" in line for line in around[1:])):
            found.append(node.end_lineno)
    return found


@tagged("post_install", "-at_install")
class TestSudo(BaseCase):
    """Whoever reads as superuser says why that is safe."""

    def test_every_sudo_says_why(self):
        checked = 0
        for folder in OURS:
            for path in sorted((ROOT / folder).rglob("*.py")):
                checked += 1
                self.assertEqual(unexplained(path.read_text()), [], path.relative_to(ROOT))
        self.assertGreater(checked, 100)

    def test_a_sudo_without_a_word_is_found(self):
        for source, lines in (
            ("a = 1\nb = model.sudo().name", [2]),
            ("# sudo: a number only\nb = (\n    model\n    .sudo()\n    .name\n)", []),
            ("# sudo: a number only\nb = 1\nc = model.sudo()", [3]),
            ("# sudo: ids\nfor row in rows.sudo():\n    print(row.sudo().name)", [3]),
            ("a = 1\nb = model.sudo(False)", []),
            ("a = 1\nb = model.sudo()  # sudo: its own row", []),
        ):
            with self.subTest(source):
                self.assertEqual(unexplained(source), lines)
