"""The German words follow the template and lose nothing on the way."""

import sys
from pathlib import Path

import polib

sys.path.append(str(Path(__file__).resolve().parents[2] / ".ci"))

import german_terms  # noqa: E402


def po(*entries):
    """Return a file of (source, translation, place)."""
    file = polib.POFile()
    for source, translation, place in entries:
        file.append(polib.POEntry(msgid=source, msgstr=translation, occurrences=[(place, "0")]))
    return file


def test_translations_stay_new_terms_are_empty_and_old_ones_go():
    german = po(("Case", "Fall", "a.py"), ("%(day)s", "%(day)s", "a.py"), ("Gone", "Weg", "a.py"))
    template = po(("%(day)s", "", "b.py"), ("Case", "", "a.py"), ("Plan", "", "c.py"))
    new = german_terms.follow(template, german)
    assert [entry.msgid for entry in new] == ["Plan"]
    assert [(entry.msgid, entry.msgstr) for entry in german] == [
        ("%(day)s", "%(day)s"),
        ("Case", "Fall"),
        ("Plan", ""),
    ]
    assert german[0].occurrences == [("b.py", "0")]


def test_a_guess_stays_a_guess():
    german = po(("Case", "Fall?", "a.py"))
    german[0].flags = ["fuzzy"]
    german_terms.follow(po(("Case", "", "a.py")), german)
    assert german[0].fuzzy
