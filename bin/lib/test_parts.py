"""The suite in two halves side by side, where the machine has processors for it.

Each half has a database of its own, so that neither waits for the other's locks. What the
second one writes is kept and shown when both are done.
"""

import os
import subprocess
import tempfile

from .processes import foreground, start, stop
from .ui import say

SECOND = "test_second"
# pytest's exit code after Ctrl-C, which reaches the first half only
INTERRUPTED = 2
# Seconds of the files that open every screen or try every route; the others go by their length.
LONG = {
    "test_screens.py": 150,
    "test_walls_matrix.py": 140,
    "test_walls_rpc.py": 170,
    "test_ui.py": 80,
    "test_click_all.py": 70,
}
BYTES_PER_SECOND = 1500


def worthwhile(files):
    """Return whether to run two halves: several files and more than one processor."""
    return len(files) > 1 and len(os.sched_getaffinity(0)) > 1


def halves(files):
    """Return the test files in two lists that will take about equally long."""
    parts, loads = ([], []), [0, 0]
    for file in sorted(files, key=_weight, reverse=True):
        lighter = loads.index(min(loads))
        parts[lighter].append(file)
        loads[lighter] += _weight(file)
    return parts


def side_by_side(first, second):
    """Run two programs, each given as (command, options); return their exit codes."""
    with tempfile.TemporaryFile("w+") as output:
        command, options = second
        other = start(command, stdout=output, stderr=subprocess.STDOUT, **options)
        try:
            command, options = first
            code = foreground(command, **options)
            if code != INTERRUPTED:
                other.wait()
        finally:
            stop(other)
            output.seek(0)
            say("\nThe second half")
            say(output.read())
    return [code, other.returncode]


def _weight(file):
    """Return about how many seconds a file takes; it decides on nothing but the balance."""
    return LONG.get(file.name, 1 + file.stat().st_size / BYTES_PER_SECOND)
