"""How measurements are told: a line each, met or missed, and all of them as json in the end."""

import json
import os
import platform
from pathlib import Path

from odoo import release


class Told:
    """The measurements of one script that runs in Odoo's shell, and what they were made on."""

    def __init__(self, env):
        self.env = env
        self.rows = []

    def tell(self, what, met, budget, **numbers):
        """Print one measurement; a missed budget is a line like any other."""
        numbers = {
            name: round(value, 2) if isinstance(value, float) else value
            for name, value in numbers.items()
        }
        self.rows.append({"what": what, **numbers, "budget": budget, "met": bool(met)})
        words = ", ".join(f"{name} {value}" for name, value in numbers.items())
        print(f"{what:34} {words} (budget {budget}) {'met' if met else 'MISSED'}", flush=True)

    def end(self, **more):
        """Print the machine, and write everything to the file BENCH_OUT if there is one."""
        machine = {
            "odoo": release.version,
            "python": platform.python_version(),
            "postgresql": self.env.cr._cnx.server_version,
            "processors": os.cpu_count(),
            **more,
        }
        print(", ".join(f"{name} {value}" for name, value in machine.items()))
        out = os.environ.get("BENCH_OUT")
        if out:
            found = {"machine": machine, "measured": self.rows}
            Path(out).write_text(json.dumps(found, indent=1) + "\n")
