"""Odoo's own tests, run beside the module: what fails with it and passes without it.

Whatever fails is run once more in a database without the module; so what this machine or Odoo
itself lets fail needs no list. What is left is either named in accepted_differences.txt, with its
reason, or is a mistake of ours.
"""

import os
import re
from datetime import date
from pathlib import Path

from lib import paths, serving
from lib.processes import run
from lib.ui import LauncherError, say, step

ACCEPTED = Path(__file__).with_name("accepted_differences.txt")
FULL = (
    "base",
    "mail",
    "calendar",
    "crm",
    "project",
    "portal",
    "mass_mailing",
    "privacy_lookup",
    "test_mail",
    "test_orm",
)
# To be installed for their tests
TESTING = ("test_mail", "test_orm")
# Short enough for every run: (to install, classes). None over HTTP, before which Odoo compiles
# all scripts and styles for minutes.
PARTS = (
    ("test_mail", ("TestActivityRights", "TestActivityFlow", "TestActivityMixin")),
    ("privacy_lookup", ("TestPrivacyWizard",)),
    ("test_orm", ("TestX2many", "TestUnityRead")),
    ("portal", ("TestMessageFormatPortal", "TestPortalWizard")),
    ("calendar", ("TestCalendar", "TestCalendarActivity", "TestAccessRights")),
    ("test_mail", ("TestMailComposer", "TestComposerInternals", "TestComposerForm")),
)
FAILED = re.compile(r" (?:FAIL|ERROR): (?:Subtest )?(?:setUpClass \(.*?)?(\w+)(?:\.(test_\w+)|\))")
RAN = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")


def part_of_today():
    """Return (module to install, tags) of the part whose turn it is, or whose number is set."""
    number = int(os.environ.get("INTEGRATION_SUITE", date.today().toordinal()))
    module, classes = PARTS[number % len(PARTS)]
    return module, ",".join(f"/{module}:{name}" for name in classes)


def compare(environment, copy_of, source, install, tags):
    """Run the tests beside the module and, what fails, again without; return an exit code.

    :param copy_of: context manager of a copy of one of our databases
    :param source: database without the module, nor anything else that the tests do not expect
    """
    beside = f"{paths.MODULE},{install}"
    total, failing = _run(environment, copy_of, source, beside, tags, "beside")
    say(f"{len(failing)} of {total} of Odoo's tests fail beside the module: {tags}")
    if failing:
        again = ",".join(sorted(f":{name}" for name in failing))
        _total, anyway = _run(environment, copy_of, source, install, again, "without")
        say(f"{len(failing & anyway)} of them fail without it as well")
        failing -= anyway
    accepted = _accepted()
    for name in sorted(failing & accepted.keys()):
        say(f"  accepted: {name} - {accepted[name]}")
    for name in sorted(failing - accepted.keys()):
        say(f"  FAILS ONLY WITH THE MODULE: {name}")
    return 1 if failing - accepted.keys() else 0


def _run(environment, copy_of, source, install, tags, what):
    """Return how many tests ran on a copy of a database, and the names of those that failed."""
    log = paths.logs() / f"suites-{what}.log"
    with copy_of(environment, source) as database, step(f"Odoo's tests, {what} the module"):
        words = (
            "-d",
            database,
            "-i",
            install,
            "--test-tags",
            tags,
            f"--http-port={serving.free_port()}",
        )
        command = environment.command(*words)
        try:
            run(command, what="Odoo's tests", log=log, env=environment.variables)
        except LauncherError:
            pass  # what failed is read from the log
    text = log.read_text(errors="replace")
    ran = RAN.findall(text)
    if not ran or ran[-1][2] == "0":
        raise LauncherError(f"None of Odoo's tests ran; see {log}.")
    return int(ran[-1][2]), {
        f"{group}.{test}" if test else group for group, test in FAILED.findall(text)
    }


def _accepted():
    """Return the reason by the name of each accepted difference."""
    lines = [line for line in ACCEPTED.read_text().splitlines() if line and line[0] != "#"]
    return dict(line.split(": ", 1) for line in lines)
