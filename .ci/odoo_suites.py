"""Odoo's own tests, run beside the module: what fails with it and passes without it.

Two databases are made, one with the module and one without, and every part of the tests runs in a
copy of the first. Whatever fails is run once more in a copy of the second; so what this machine or
Odoo itself lets fail needs no list. What is left is run alone in the first: what passes then failed
by what ran before it, and the whole part runs in the second as well, to see whether it fails there.
What still differs is either in accepted_differences.txt, with its reason, or is a mistake of ours.
A part that does not end is a failure, and the others go on.
"""

import os
import re
from collections import Counter, namedtuple
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from lib import installer, locks, paths, serving
from lib.processes import run
from lib.ui import LauncherError, say, step

ACCEPTED = Path(__file__).with_name("accepted_differences.txt")
INSIDE_ODOO = Path(__file__).with_name("suite_inside_odoo.py")
FULL = (
    "privacy_lookup",
    "portal",
    "calendar",
    "mass_mailing",
    "crm",
    "project",
    "mail",
    "test_mail",
    "test_orm",
    "base",
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
# Names of the two databases
BESIDE, WITHOUT = "suites_beside", "suites_without"
# Seconds after which a part counts as hanging: many times what the longest takes
LIMIT = 2 * 60 * 60
# Odoo's tests expect its own words, of everybody who is there or comes.
ENGLISH = (
    "UPDATE res_partner SET lang = 'en_US'",
    "UPDATE ir_default SET json_value = '\"en_US\"' FROM ir_model_fields field "
    "WHERE field.id = field_id AND field.model = 'res.partner' AND field.name = 'lang'",
)
FAILED = re.compile(
    r" (?:FAIL|ERROR): (?:Subtest )?"
    r"(?:(?:setUp|tearDown)Class \([\w.]*?(\w+)\)|(\w+)\.(test\w*))"
)
RAN = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
IN_BROWSER = re.compile(r" skipped (\w+\.test\w*) : needs a browser *$", re.M)
STARTED = re.compile(r" Starting (\w+\.test\w*) \.\.\.")

Part = namedtuple("Part", "title tags browser", defaults=[False])
Run = namedtuple("Run", "total failing in_browser")


def part_of_today():
    """Return (module to install, part) whose turn it is, or whose number is set."""
    number = int(os.environ.get("INTEGRATION_SUITE", date.today().toordinal()))
    module, classes = PARTS[number % len(PARTS)]
    return module, Part(module, ",".join(f"/{module}:{name}" for name in classes))


def whole():
    """Return (modules to install, parts) of all, or of the modules that are named in a variable."""
    chosen = os.environ.get("INTEGRATION_SUITES", "").split() or FULL
    return ",".join(TESTING), [Part(module, f"/{module}") for module in chosen]


class Comparison:
    """Runs parts of Odoo's tests beside the module and, what fails, without it."""

    def __init__(self, environment, copy_of, source, install):
        """Note where the tests run.

        :param copy_of: context manager of a copy of one of our databases
        :param source: name of a database without the module
        :param install: what is installed for the tests
        """
        self._environment = environment
        self._copy_of = copy_of
        self._source = source
        self._install = install
        self._accepted = accepted()

    def run(self, parts):
        """Compare all parts and tell of each, what needs a browser last; return an exit code."""
        with (
            locks.exclusive(paths.state() / "locks" / "suites", "Odoo's tests"),
            self._database(BESIDE, f"{paths.MODULE},{self._install}"),
            self._database(WITHOUT, self._install),
        ):
            told = [self._compare(part) for part in parts]
            tours = [
                Part(f"{part.title}, in a browser", _tags(part.title, in_browser), browser=True)
                for part, (_code, in_browser) in zip(parts, told, strict=True)
                if in_browser
            ]
            if tours:
                self._compile_assets()
            told += [self._compare(tour) for tour in tours]
            return max(code for code, _in_browser in told)

    @contextmanager
    def _database(self, name, modules):
        """Make one of the two databases, and drop it afterwards."""
        databases, real = self._environment.databases, self._environment.name(name)
        try:
            databases.copy(self._environment.name(self._source), real)
            for statement in ENGLISH:
                databases.server.query(statement, database=real)
            with step(f"Installing {modules} for Odoo's tests"):
                words = ("-d", real, "-i", modules, "--stop-after-init", "--no-http")
                log = paths.logs() / f"{name}.log"
                command = self._environment.command(*words)
                run(command, what="The installation", log=log, env=self._environment.variables)
            databases.set_stamp(real, {"checkout": str(paths.checkout())})
            yield
        finally:
            databases.drop(real)

    def _compile_assets(self):
        """Compile scripts and styles once, not again for each part."""
        for name in (BESIDE, WITHOUT):
            with step(f"Compiling scripts and styles for Odoo's tests in {name}"):
                log = paths.logs() / f"{name}-assets.log"
                real = self._environment.name(name)
                installer.run_inside(self._environment, real, "compile_assets.py", log)

    def _compare(self, part):
        """Run a part both ways; return an exit code and the tests that need a browser."""
        try:
            ran = self._run(BESIDE, part, "beside")
            return self._judge(part, ran), ran.in_browser
        except LauncherError as error:
            say(f"{part.title}: DOES NOT END. {error}")
            return 1, set()

    def _judge(self, part, ran):
        """Tell of what failed in a part, run again what may be ours; return an exit code."""
        total, failing = ran.total - len(ran.in_browser), ran.failing
        ours = _more(failing, self._failing(WITHOUT, part, failing, "without"))
        alone = self._failing(BESIDE, part, ours, "alone")
        after_others = {name for name in ours if alone[name] < failing[name]}
        if after_others:
            whole = self._run(WITHOUT, part, "without, whole").failing
            ours -= after_others - _more(failing, whole)
        say(
            f"{part.title}: {total} tests, {len(failing)} fail beside the module, "
            f"{len(failing.keys() - ours)} of them without it as well"
        )
        for name in sorted(ours):
            kind = "ONLY WITH THE MODULE" + (", AFTER OTHERS" if name in after_others else "")
            reason = self._accepted.get(name)
            say(f"  accepted: {name} - {reason}" if reason else f"  FAILS {kind}: {name}")
        return 1 if ours - self._accepted.keys() else 0

    def _failing(self, source, part, names, what):
        """Return what of the named tests of a part fails in a copy of a database, run alone."""
        if not names:
            return Counter()
        return self._run(source, part._replace(tags=_tags(part.title, names)), what).failing

    def _run(self, source, part, what):
        """Return what came of a part in a copy of a database."""
        words = "-".join(re.findall(r"\w+", f"suites {part.title} {what}"))
        log = paths.logs() / f"{words}.log"
        title = f"Odoo's tests of {part.title}, {what}"
        with self._copy_of(self._environment, source) as database, step(title):
            port = f"--http-port={serving.free_port()}"
            command = [self._environment.python, INSIDE_ODOO, "-d", database]
            command += ["--test-tags", part.tags, port]
            variables = self._environment.variables
            if part.browser:
                variables["INTEGRATION_SUITES_BROWSER"] = "1"
            try:
                run(command, what="Odoo's tests", log=log, env=variables, limit=LIMIT)
            except LauncherError:
                pass  # what failed is read from the log
        return outcome(log)


def outcome(log):
    """Return what a log tells of the tests that ran.

    :raises LauncherError: when there were none, or they did not come to their end
    """
    text = log.read_text(errors="replace")
    ran, failing = RAN.findall(text), failed(text)
    # Of a class that cannot begin, no test runs.
    if not ran or (ran[-1][2] == "0" and not failing):
        last = STARTED.findall(text)[-1:]
        raise LauncherError(f"The last test was {last or 'none'}; see {log}.")
    return Run(int(ran[-1][2]), failing, set(IN_BROWSER.findall(text)))


def failed(text):
    """Return how often which tests failed, or which classes could not begin.

    A test that fails anyway in one of its subtests may fail in another one because of us.
    """
    return Counter(group or f"{own}.{test}" for group, own, test in FAILED.findall(text))


def _more(failing, without):
    """Return the names of what fails more often than without the module."""
    return {name for name, times in failing.items() if times > without[name]}


def accepted():
    """Return the reason by the name of each accepted difference."""
    lines = [line for line in ACCEPTED.read_text().splitlines() if line and line[0] != "#"]
    return dict(line.split(": ", 1) for line in lines)


def _tags(title, names):
    """Return tags that choose the named tests or classes of a part's module."""
    module = re.match(r"\w+", title)[0]
    return ",".join(sorted(f"/{module}:{name}" for name in names))
