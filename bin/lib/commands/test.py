"""bin/test: the module's tests with pytest, browser tests included.

Tests run on a database without demo data. Those of the demo county itself stand in files named
test_demo*.py and run on another database that holds it. Those beside Odoo's other apps stand in
files named test_apps*.py and run on a third one that has them, with --full or when named.
"""

import os
from functools import partial
from pathlib import Path

from .. import installer, locks, paths, processes, system_packages
from ..environment import prepared
from ..processes import foreground
from ..ui import say
from . import test_parts
from .test_parts import SECOND

PLAIN = "test"
WITH_DEMO = "test_demo"
DEMO_FILES = "test_demo*.py"
WITH_APPS = "test_apps"
APPS_FILES = "test_apps*.py"
# pytest's exit codes when all tests ran, whatever came of them
RAN_TO_THE_END = {0, 1}
# pytest's exit code when it found nothing to run, e.g. after -k in one of the two databases
NOTHING_RUN = 5
MUTANTS = "tests/access/test_walls_mutants.py"
FLAGS = {"--full", "--fresh", "--prepare", "--coverage", "--mutants"}
# With these somebody looks at few tests, or talks to them: one run is better to follow.
FOLLOWED = {"-k", "-x", "-s", "--pdb"}
# Options of pytest whose value is the next word, which is never a path of ours.
WITH_VALUE = {"-k", "-m", "-p", "-c", "-o", "-W", "-n", "-r"}
HELP = """\
usage: bin/test [--full] [--fresh] [--prepare] [--coverage] [--mutants] [pytest arguments]

Runs all tests, or those that the arguments select:
  bin/test tests/case      bin/test -k consent      bin/test -x --pdb

  --full      go all the long walks to their end; else a third of each, another one every day;
              also the tests beside Odoo's other apps, in a database that has them
  --fresh     install the module anew, also if nothing changed
  --prepare   prepare the databases, run nothing
  --coverage  measure which lines the tests reach, and report it
  --mutants   switch off every record rule and access line in turn, and see that it is noticed
"""


def main(arguments):
    """Prepare the test databases and run pytest on them."""
    if {"-h", "--help"} & set(arguments):
        print(HELP)
        return 0
    flags = FLAGS & set(arguments)
    selection = [word for word in arguments if word not in flags]
    if {"--full", "--mutants"} & flags:
        os.environ["INTEGRATION_THIRD"] = "all"
    if "--mutants" in flags:
        os.environ["INTEGRATION_MUTANTS"] = "all"
        selection.append(MUTANTS)
    runs = _runs(selection, apps="--full" in flags)
    strict = bool(os.environ.get("CI"))
    with prepared(system_packages.FOR_TESTS, strict=strict) as environment:
        with locks.exclusive(paths.state() / "locks" / "test", "a test run"):
            _prepare(environment, runs, fresh="--fresh" in flags)
            if "--prepare" in flags:
                return 0
            codes = _run_all(environment, runs, "--coverage" in flags)
            if "--coverage" in flags:
                _coverage(environment, "combine")
                _coverage(environment, "report")
    return _overall(codes)


def _runs(selection, *, apps=False):
    """Return which pytest arguments run on which database.

    :param apps: whether the tests beside Odoo's other apps belong to the whole suite
    """
    words = _with_module_paths(selection)
    files = [word for word in words if word.startswith(f"{paths.MODULE}/")]
    options = [word for word in words if word not in files]
    tests = paths.checkout() / "tests"
    runs = _halves(options) if not files else {}
    if not files:
        files = [f"{paths.MODULE}/tests"]
        files += [
            f"{paths.MODULE}/{path.relative_to(paths.checkout()).as_posix()}"
            for pattern in (DEMO_FILES, APPS_FILES)[: 2 if apps else 1]
            for path in sorted(tests.rglob(pattern))
        ]
    demo = [file for file in files if Path(file.split("::")[0]).match(DEMO_FILES)]
    beside = [file for file in files if Path(file.split("::")[0]).match(APPS_FILES)]
    plain = [file for file in files if file not in {*demo, *beside}]
    if plain and not runs:
        ignored = [f"--ignore-glob=*/{pattern}" for pattern in (DEMO_FILES, APPS_FILES)]
        runs[PLAIN] = [*options, *plain, *ignored]
    if demo:
        runs[WITH_DEMO] = [*options, *demo]
    if beside:
        runs[WITH_APPS] = [*options, *beside]
    return runs


def _halves(options):
    """Return the runs of the whole suite but for the demo's tests, if two are worthwhile."""
    tests = paths.checkout() / "tests"
    files = [
        path
        for pattern in ("test_*.py", "*_test.py")
        for path in tests.rglob(pattern)
        if not (path.match(DEMO_FILES) or path.match(APPS_FILES))
    ]
    if FOLLOWED & set(options) or not test_parts.worthwhile(files):
        return {}
    return {
        database: [*options, *_with_module_paths(map(str, half))]
        for database, half in zip((PLAIN, SECOND), test_parts.halves(files), strict=True)
    }


def _with_module_paths(words):
    """Return the arguments with test files named through the module's technical name.

    Odoo imports tests as odoo.addons.<module>.tests, whatever the checkout's folder is called.
    """
    words, result = list(words), []
    for before, word in zip(["", *words], words, strict=False):
        file, *rest = word.split("::")
        path = (Path.cwd() / file).resolve()
        if not path.exists():
            path = (paths.checkout() / file).resolve()
        is_path = not word.startswith("-") and before not in WITH_VALUE and path.exists()
        if is_path and path.is_relative_to(paths.checkout()):
            inside = path.relative_to(paths.checkout()).as_posix()
            word = "::".join([f"{paths.MODULE}/{inside}", *rest])
        result.append(word)
    return result


def _prepare(environment, runs, *, fresh):
    """Make the databases that are missing or out of date, side by side."""
    with installer.build_lock():
        tasks = [
            task
            for name in (PLAIN, WITH_DEMO, WITH_APPS)
            if name in runs
            for task in _outdated(environment, name, fresh)
        ]
        if tasks:
            # Both begin with it
            installer.template(environment)
        processes.together(*tasks)
        if SECOND in runs:
            environment.databases.copy(environment.name(PLAIN), environment.name(SECOND))


def _outdated(environment, name, fresh):
    """Yield what to do if the module's files changed; what only serves is just compiled anew."""
    demo = name == WITH_DEMO
    stamp = environment.databases.stamp(environment.name(name))
    wanted = installer.current_stamp(environment, demo)
    if fresh or {**stamp, "assets": ""} != {**wanted, "assets": ""}:
        yield partial(installer.create, environment, name, demo=demo, fresh=fresh)
    elif stamp != wanted:
        yield partial(installer.refresh_assets, environment, name)


def _run_all(environment, runs, coverage):
    """Run pytest for each database, two halves side by side; return the exit codes."""
    commands = {
        database: (
            _command(environment, database, words, coverage),
            {"cwd": paths.addons(), "env": _variables(environment, database, coverage)},
        )
        for database, words in runs.items()
    }
    codes = []
    if SECOND in commands:
        say("\nTests in two halves, side by side on two databases")
        codes += test_parts.side_by_side(commands.pop(PLAIN), commands.pop(SECOND))
        if set(codes) <= RAN_TO_THE_END:
            test_parts.remember_seconds(map(test_parts.report, (PLAIN, SECOND)))
        environment.databases.drop(environment.name(SECOND))
    for database, (command, options) in commands.items():
        say(f"\nTests on the database {environment.name(database)}")
        codes.append(foreground(command, **options))
    return codes


def _command(environment, database, words, coverage):
    """Return the command line of pytest for one database; it belongs into the addons folder."""
    measured = ["-m", "coverage", "run", "--parallel-mode"] if coverage else []
    command = [environment.python, *measured, "-m", "pytest"]
    command += [f"--odoo-database={environment.name(database)}", "--odoo-http"]
    command += [f"--odoo-config={environment.configuration}"]
    command += [f"--junitxml={test_parts.report(database)}", "-o", "junit_family=xunit1"]
    return [*command, "-o", f"cache_dir={paths.state() / f'pytest-{database}'}", *words]


def _variables(environment, database, coverage):
    variables = environment.variables
    if database == WITH_DEMO:
        variables["INTEGRATION_DEMO_DB"] = environment.name(database)
    if database == WITH_APPS:
        variables["INTEGRATION_APPS"] = environment.name(database)
    if coverage:
        variables["COVERAGE_RCFILE"] = str(paths.checkout() / "pyproject.toml")
        variables["COVERAGE_FILE"] = str(paths.state() / "coverage")
    return variables


def _coverage(environment, action):
    command = [environment.python, "-m", "coverage", action]
    foreground(command, cwd=paths.addons(), env=_variables(environment, PLAIN, True))


def _overall(codes):
    """Return the worst exit code; finding no test counts only if no run found any."""
    ran = [code for code in codes if code != NOTHING_RUN]
    return max(ran, key=abs) if ran else NOTHING_RUN
