"""bin/odoo: Odoo's own command line in the launchers' environment."""

from ..environment import prepared
from ..processes import foreground
from ..ui import LauncherError
from . import demo


def main(arguments):
    """Run Odoo with the given arguments, e.g. ``shell -d demo``."""
    with prepared() as environment:
        _ensure_demo_exists(environment, arguments)
        return foreground(environment.command(*arguments), env=environment.variables)


def _ensure_demo_exists(environment, arguments):
    """Refuse the demo database while there is none: Odoo would make an empty one of that name."""
    named = {"-d", "--database"} & set(arguments) and demo.DATABASE in arguments
    joined = {f"-d{demo.DATABASE}", f"--database={demo.DATABASE}"} & set(arguments)
    if (named or joined) and not environment.databases.exists(demo.DATABASE):
        raise LauncherError("There is no demo database yet: make it with bin/demo --prepare.")
