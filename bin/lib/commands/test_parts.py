"""The suite in two halves side by side, where the machine has processors for it.

Each half has a database of its own, so that neither waits for the other's locks. What the
second one writes is kept and shown when both are done.
"""

import json
import os
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from .. import paths
from ..processes import foreground, start, stop
from ..ui import say

SECOND = "test_second"
# pytest's exit code after Ctrl-C, which reaches the first half only
INTERRUPTED = 2
# How long each file took, to begin with; every run of the suite notes it anew.
SHIPPED = Path(__file__).with_name("test_seconds.json")
# A file that nobody has run yet goes by its length.
BYTES_PER_SECOND = 1500


def worthwhile(files):
    """Return whether to run two halves: several files and more than one processor."""
    return len(files) > 1 and len(os.sched_getaffinity(0)) > 1


def halves(files):
    """Return the test files in two lists that will take about equally long."""
    parts, loads = ([], []), [0, 0]
    known = _known_seconds()
    for seconds, file in sorted(((_seconds(file, known), file) for file in files), reverse=True):
        lighter = loads.index(min(loads))
        parts[lighter].append(file)
        loads[lighter] += seconds
    return parts


def report(database):
    """Return where pytest writes how long the tests on a database took."""
    return paths.state() / f"report-{database}.xml"


def remember_seconds(reports):
    """Note how long each file took, for the balance of the next run."""
    seconds = Counter()
    for test in (test for path in reports for test in ElementTree.parse(path).iter("testcase")):
        seconds[_file_of(test.get("classname"))] += float(test.get("time"))
    rounded = {file: round(value, 1) for file, value in sorted(seconds.items())}
    _noted().write_text(json.dumps({**_known_seconds(), **rounded}, indent=1) + "\n")


def _file_of(name):
    """Return the file of a test's class; what it inherits is written in another one."""
    places = name.rpartition("tests.")[2].split(".")
    files = [place.startswith("test_") or place.endswith("_test") for place in places]
    return "/".join(places[: files.index(True) + 1]) + ".py"


def _known_seconds():
    noted = _noted() if _noted().exists() else SHIPPED
    return json.loads(noted.read_text())


def _noted():
    return paths.state() / "test-seconds.json"


def _key(file):
    """Return the name of a test file below the folder with the tests."""
    return str(file).rpartition("tests/")[2]


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


def _seconds(file, known):
    """Return about how many seconds a file takes; it decides on nothing but the balance."""
    return known.get(_key(file), 1 + file.stat().st_size / BYTES_PER_SECOND)
