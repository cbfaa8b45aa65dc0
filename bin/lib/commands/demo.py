"""bin/demo: everything ready, the demo county served on this machine."""

import argparse

from .. import installer, paths, report_address, serving
from ..environment import prepared
from ..ui import LauncherError, say
from . import logins

DATABASE = "demo"


def main(arguments):
    """Prepare the demo and serve it until Ctrl-C."""
    options = _parse(arguments)
    if not options.prepare:
        serving.ensure_port_free(options.port)
    with prepared() as environment:
        claim = None
        try:
            with installer.build_lock():
                _ensure_database(environment, reset=options.reset)
                if options.prepare:
                    say("The demo is ready: start it with bin/demo.")
                    return 0
                # within the lock, so that no other launcher changes the database under us
                claim = serving.Claim(options.port)
                report_address.announce(environment, DATABASE, options.port)
            with serving.server(environment, options.port) as process:
                _welcome(environment, options.port)
                process.wait()
                raise serving.died(paths.logs() / f"demo-{options.port}.log")
        finally:
            if claim:
                claim.release()
                report_address.withdraw(environment, DATABASE, options.port)


def _parse(arguments):
    parser = argparse.ArgumentParser(
        prog="bin/demo",
        description="Serve Odoo with the demo county. The first start takes some minutes.",
    )
    parser.add_argument("--port", type=int, default=8069, help="port to serve on (8069)")
    parser.add_argument("--reset", action="store_true", help="make the demo database anew")
    parser.add_argument("--prepare", action="store_true", help="prepare everything, do not serve")
    options = parser.parse_args(arguments)
    if not 1 <= options.port <= 65535:
        parser.error("a port lies between 1 and 65535")
    return options


def _ensure_database(environment, *, reset):
    """Create the demo database, or bring it up to date with the module's files."""
    databases = environment.databases
    stamp = databases.stamp(DATABASE)
    exists = databases.exists(DATABASE)
    if exists and stamp.get("checkout", str(paths.checkout())) != str(paths.checkout()):
        raise LauncherError(
            f"The database {DATABASE} on this server belongs to the checkout {stamp['checkout']}. "
            "Drop it there, or name another server by PGHOST and PGPORT."
        )
    if exists and not databases.is_ours(DATABASE):
        raise LauncherError(
            f"There is a database {DATABASE} on this server that this checkout did not make. "
            "Rename or drop it yourself, or name another server by PGHOST and PGPORT."
        )
    if exists and not stamp and not reset:
        raise LauncherError(
            f"There is a database {DATABASE} that bin/demo did not make, or whose files in "
            f"{paths.cache()} are gone; --reset replaces it."
        )
    wanted = installer.current_stamp(environment, demo=True)
    if exists and not reset and stamp == wanted:
        return
    _ensure_unused()
    if not exists or reset:
        installer.create(environment, DATABASE, demo=True)
    elif {**stamp, "assets": wanted["assets"]} == wanted:
        say("The module's scripts or styles changed since the last start.")
        installer.refresh_assets(environment, DATABASE)
    else:
        say("The module's files changed since the demo was made: updating it (--reset: anew).")
        installer.update(environment, DATABASE)


def _ensure_unused():
    """Refuse to change the database under a running server with older code."""
    ports = serving.Claim.ports()
    if ports:
        raise LauncherError(
            "The demo database has to be changed, but another bin/demo serves it at "
            f"{', '.join(map(serving.address, ports))}. Stop that one first."
        )


def _welcome(environment, port):
    """Say where the demo is, who may log in and how to stop it."""
    say()
    say(f"The demo county is ready:  {serving.address(port)}")
    people = logins.read(environment.databases.server, DATABASE)
    if people:
        say("\nLogins (the password is the login):")
        for line in logins.table(people):
            say(f"  {line}")
    say(f"\nServer log: {paths.logs() / f'demo-{port}.log'}")
    say("Stop with Ctrl-C.")
