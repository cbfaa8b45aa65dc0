"""The long walks over everything there is, a third of them per run.

Walks that try every role on every row, route or screen grow with the module, and what they find
today they would have found yesterday. So each run takes one third, another one every day: three
days in a row see everything. ``bin/test --full`` takes the whole; INTEGRATION_THIRD names a third
(1, 2 or 3) or ``all``. At the end of a run stands which third it was.

An element belongs to a third by a hash of its name alone: neither the ids of a database nor what
else is walked over move it. Tests of a single matter never rotate.
"""

import atexit
import os
import sys
from collections import Counter
from datetime import date
from zlib import crc32

VARIABLE = "INTEGRATION_THIRD"
WHOLE = "all"
THIRDS = (1, 2, 3)
# Once per run, which may go past midnight or freeze the time
TODAY = date.today()
WALKED = Counter()


def third_of(*names):
    """Return to which third the element with these names belongs."""
    return THIRDS[crc32("/".join(map(str, names)).encode()) % len(THIRDS)]


def current(environment=os.environ, day=TODAY):
    """Return the third of this run, or None if it walks over everything."""
    wanted = environment.get(VARIABLE) or str(THIRDS[day.toordinal() % len(THIRDS)])
    if wanted == WHOLE:
        return None
    if wanted not in map(str, THIRDS):
        raise ValueError(f"{VARIABLE} is 1, 2, 3 or {WHOLE}, not {wanted}")
    return int(wanted)


def due(*names):
    """Return whether this run tries the element with these names."""
    third = current()
    if not WALKED:
        atexit.register(report)
    found = third in (None, third_of(*names))
    WALKED.update(["all", "tried"] if found else ["all"])
    return found


def due_languages(paper, *codes):
    """Return in which of the languages this run draws a paper: those of its third."""
    return [code for code in codes if due("language", paper, code)]


def report(stream=None):
    """Write which third was walked over, and how much that was."""
    third = current()
    part = f"third {third} of {len(THIRDS)}" if third else "the whole"
    number = f"{WALKED['tried']} of {WALKED['all']} elements"
    hint = "; bin/test --full walks over everything" if third else ""
    (stream or sys.__stderr__).write(f"Walks: {part}, {number}{hint}\n")
