"""bin/bench: times and ratios of times, measured in one run on generated data."""

import json

from .. import installer, paths, report_address, serving
from ..environment import prepared
from ..processes import run
from ..ui import say, step

DATABASE = "bench"
# With Odoo's CRM, beside whose leads people are sought
SEARCHED = "bench_search"
CASES = "20000"
HELP = """\
usage: bin/bench [--cases N] [--beside | --search]

Fills a database with N cases (20,000) at 40 employers and measures what the record rules
cost a worker: each request with rules against the same one without, in turns. Then the
official figures of the largest employer over 18 months, up to the PDF; an import of 10,000 rows
against one of as many plain contacts; and what finding a person by her name costs beside finding
a lead of Odoo's CRM among as many.

    --beside    measure only what ordinary rows cost an agency that has the module beside its
                other work: the same script without and with the module, in turns
    --search    measure only what finding a person costs
"""
# Turns of the same script without and with the module; the fastest of each count.
TURNS = 3


def main(arguments):
    """Make the database anew, fill it, and print the measurements."""
    if {"-h", "--help"} & set(arguments):
        print(HELP)
        return 0
    cases = arguments[arguments.index("--cases") + 1] if "--cases" in arguments else CASES
    with prepared() as environment:
        if "--search" in arguments:
            _search(environment, cases)
            return 0
        installer.create(environment, DATABASE, demo=False)
        _beside(environment)
        if "--beside" in arguments:
            return 0
        with step(f"Generating {cases} cases"):
            _script(environment, "generate.py", cases)
        _script(environment, "rules.py", cases)
        port = serving.free_port()
        # Papers are drawn from a server's styles
        values = {report_address.PARAMETER: serving.address(port)}
        installer.set_parameters(environment.databases.server, environment.name(DATABASE), values)
        with serving.server(environment, port, environment.name(DATABASE)):
            _script(environment, "figures.py", cases)
        _script(environment, "intake.py", cases)
        _search(environment, cases)
    return 0


def _search(environment, cases):
    """Print what finding a person costs, in a database that has Odoo's CRM as well."""
    installer.create(environment, SEARCHED, demo=False)
    with step(f"Generating {cases} cases"):
        _script(environment, "generate.py", cases, SEARCHED)
    _script(environment, "search.py", cases, SEARCHED)


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


def _script(environment, name, cases, database=DATABASE):
    """Run one script of the benchmarks on the database filled for them, and print what it says."""
    say(_output(environment, environment.name(database), name, BENCH_CASES=cases).rstrip())


def _output(environment, database, name, **variables):
    """Run one script of the benchmarks in Odoo's shell."""
    with (paths.checkout() / "benchmarks" / name).open() as source:
        return run(
            environment.command("shell", "-d", database, "--no-http", "--log-level=warn"),
            what=name,
            stdin=source,
            env={**environment.variables, **variables, "PYTHONWARNINGS": "ignore"},
        )
