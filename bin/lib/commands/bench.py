"""bin/bench: times and ratios of times, measured in one run on generated data."""

import json
import os
import tempfile

from .. import installer, paths, report_address, serving, system_packages
from ..environment import prepared
from ..processes import foreground, run
from ..ui import LauncherError, say, step

DATABASE = "bench"
# With Odoo's CRM, beside whose leads cases are opened and people are sought
BESIDE_CRM = "bench_crm"
CASES = "20000"
HELP = """\
usage: bin/bench [--cases N] [--json FOLDER] [--kept]
                 [--beside | --screens | --figures | --growth | --search | --capture]

Fills a database with N cases (20,000) at 40 employers and measures what the record rules
cost a worker: each request with rules against the same one without, in turns. Then an import of
10,000 rows against one of as many plain contacts. Then, in a database with Odoo's CRM and as many
leads of the same users, the web client's own calls for cases beside those for leads; the official
figures of a year beside one query by hand for each, those of the largest employer over 18 months up
to the PDF; and what finding a person by her name costs.

    --beside    measure only what ordinary rows cost an agency that has the module beside its
                other work: the same script without and with the module, in turns
    --screens   measure only the web client's own calls; the database of before is kept with --kept
    --figures   measure only the official figures
    --growth    measure only a worker's kanban while the cases of others grow, from 2,000 on to
                100,000, in a database of its own
    --search    measure only what finding a person costs
    --capture   write anew what the web client asks for (tests/speed/calls.json); needs a browser
    --json      write what was measured to this folder as well, a file for each script
"""
# Where the json goes, for all scripts
FOLDER = "BENCH_JSON"
GROWTH = "bench_growth"
# Of whom the kanban is looked at, and how many cases there are then
OWN_CASES, SIZES = 80, (2000, 20000, 100000)
# Turns of the same script without and with the module; the fastest of each count.
TURNS = 3


def main(arguments):
    """Make the database anew, fill it, and print the measurements."""
    if {"-h", "--help"} & set(arguments):
        print(HELP)
        return 0
    cases = arguments[arguments.index("--cases") + 1] if "--cases" in arguments else CASES
    if "--json" in arguments:
        os.environ[FOLDER] = arguments[arguments.index("--json") + 1]
    alone = {
        "--screens": _screens,
        "--figures": _figures,
        "--growth": _growth,
        "--search": _search,
        "--capture": _capture,
    }
    chosen = [part for flag, part in alone.items() if flag in arguments]
    needs = system_packages.FOR_TESTS if _capture in chosen else system_packages.FOR_DEMO
    with prepared(needs) as environment:
        if chosen:
            if "--kept" not in arguments and chosen != [_growth]:
                _beside_crm(environment, cases)
            for part in chosen:
                part(environment, cases)
            return 0
        installer.create(environment, DATABASE, demo=False)
        _beside(environment)
        if "--beside" in arguments:
            return 0
        with step(f"Generating {cases} cases"):
            _script(environment, "generate.py", cases)
        _script(environment, "rules.py", cases)
        _script(environment, "intake.py", cases)
        _beside_crm(environment, cases)
        _screens(environment, cases)
        _figures(environment, cases)
        _search(environment, cases)
    return 0


def _beside_crm(environment, cases):
    """Make the database with as many leads of Odoo's CRM beside the cases."""
    installer.create(environment, BESIDE_CRM, demo=False)
    with step(f"Generating {cases} cases and as many leads"):
        for name in ("generate.py", "generate_work.py", "generate_leads.py"):
            _script(environment, name, cases, BESIDE_CRM)


def _screens(environment, cases):
    """Print what the web client's own calls cost beside those for leads."""
    _script(environment, "replay.py", cases, BESIDE_CRM)


def _figures(environment, cases):
    """Print what the official figures cost beside one query by hand for each, and as a paper."""
    _script(environment, "naive.py", cases, BESIDE_CRM)
    port, database = serving.free_port(), environment.name(BESIDE_CRM)
    # Papers are drawn from a server's styles
    values = {report_address.PARAMETER: serving.address(port)}
    installer.set_parameters(environment.databases.server, database, values)
    with serving.server(environment, port, database):
        _script(environment, "figures.py", cases, BESIDE_CRM)


def _growth(environment, cases):
    """Print what a worker's own kanban costs while the cases of others grow."""
    del cases
    installer.create(environment, GROWTH, demo=False)
    with tempfile.TemporaryDirectory() as folder:
        first, whose = 1, "^w3_2$"
        for size in (OWN_CASES, *SIZES):
            more = {"BENCH_FIRST": str(first), "BENCH_LOGINS": whose, "BENCH_TALKS": "4"}
            with step(f"Growing to {size} cases"):
                for name in ("generate.py", "generate_work.py"):
                    _script(environment, name, str(size), GROWTH, **more)
            if size in SIZES:
                before = f"{folder}/before.json"
                _script(environment, "growth.py", str(size), GROWTH, BENCH_BEFORE=before)
            first, whose = size + 1, r"^w(?!3_2$)\d+_\d+$"


def _search(environment, cases):
    """Print what finding a person costs, in a database that has Odoo's CRM as well."""
    _script(environment, "search.py", cases, BESIDE_CRM)


def _capture(environment, cases):
    """Write down what the web client asks for, in a browser on the filled database."""
    del cases
    database = environment.name(BESIDE_CRM)
    command = [environment.python, "-m", "pytest", f"--odoo-database={database}", "--odoo-http"]
    command += [f"--odoo-config={environment.configuration}", "-o", "cache_dir=/dev/null"]
    command += [f"{paths.MODULE}/benchmarks/capture.py"]
    if foreground(command, cwd=paths.addons(), env=environment.variables):
        raise LauncherError("The web client's calls were not captured; see above.")


def _beside(environment):
    """Print what creating and writing ordinary rows costs with the module beside."""
    plain, ours = installer.template(environment), environment.name(DATABASE)
    runs = {plain: [], ours: []}
    for _turn in range(TURNS):
        for database, found in runs.items():
            output = _output(environment, database, "beside.py")
            found.append(json.loads(output.strip().splitlines()[-1]))
    say("Rows of other work, 1,000 created and written one by one (CPU seconds):")
    for task in runs[plain][0]:
        without, with_us = (min(run[task]["seconds"] for run in runs[name]) for name in runs)
        more = runs[ours][0][task]["queries"] - runs[plain][0][task]["queries"]
        share = with_us / without - 1
        say(f"  {task}: {without:.2f} -> {with_us:.2f} ({share:+.1%}), queries {more:+d}")


def _script(environment, name, cases, database=DATABASE, **more):
    """Run one script of the benchmarks on the database filled for them, and print what it says."""
    folder = str(paths.checkout() / "benchmarks")
    words = {"BENCH_CASES": cases, "BENCH_FOLDER": folder, **more}
    if FOLDER in os.environ:
        words["BENCH_OUT"] = f"{os.environ[FOLDER]}/{name.removesuffix('.py')}-{cases}.json"
    say(_output(environment, environment.name(database), name, **words).rstrip())


def _output(environment, database, name, **variables):
    """Run one script of the benchmarks in Odoo's shell."""
    with (paths.checkout() / "benchmarks" / name).open() as source:
        return run(
            environment.command("shell", "-d", database, "--no-http", "--log-level=warn"),
            what=name,
            stdin=source,
            env={**environment.variables, **variables, "PYTHONWARNINGS": "ignore"},
        )
