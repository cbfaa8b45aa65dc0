"""bin/bench: times and ratios of times, measured in one run on generated data."""

from .. import installer, paths, report_address, serving
from ..environment import prepared
from ..processes import run
from ..ui import say, step

DATABASE = "bench"
CASES = "20000"
HELP = """\
usage: bin/bench [--cases N]

Fills a database with N cases (20,000) at 40 employers and measures what the record rules
cost a worker: each request with rules against the same one without, in turns. Then the
official figures of the largest employer over 18 months, up to the PDF.
"""


def main(arguments):
    """Make the database anew, fill it, and print the measurements."""
    if {"-h", "--help"} & set(arguments):
        print(HELP)
        return 0
    cases = arguments[arguments.index("--cases") + 1] if "--cases" in arguments else CASES
    with prepared() as environment:
        installer.create(environment, DATABASE, demo=False)
        with step(f"Generating {cases} cases"):
            _script(environment, "generate.py", cases)
        _script(environment, "rules.py", cases)
        port = serving.free_port()
        # Papers are drawn from a server's styles
        values = {report_address.PARAMETER: serving.address(port)}
        installer.set_parameters(environment.databases.server, environment.name(DATABASE), values)
        with serving.server(environment, port, environment.name(DATABASE)):
            _script(environment, "figures.py", cases)
    return 0


def _script(environment, name, cases):
    """Run one script of the benchmarks in Odoo's shell."""
    with (paths.checkout() / "benchmarks" / name).open() as source:
        output = run(
            environment.command(
                "shell", "-d", environment.name(DATABASE), "--no-http", "--log-level=warn"
            ),
            what=name,
            stdin=source,
            env={**environment.variables, "BENCH_CASES": cases, "PYTHONWARNINGS": "ignore"},
        )
    say(output.rstrip())
