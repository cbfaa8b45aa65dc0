"""Give back the disk space of checkouts that no longer exist."""

import os
import shutil
import signal
from pathlib import Path

from . import locks, paths
from .pg_cluster import ROOT_HOME, server_process
from .ui import say


def forget_gone_checkouts():
    """Remove databases and files whose checkout was deleted, if no launcher uses them.

    A CI that clones into a new folder each time would fill the disk otherwise.
    """
    for folder in (paths.cache() / "checkouts").glob("*/"):
        checkout = _checkout_of(folder)
        if checkout is None or checkout.exists() or locks.is_held(folder / "locks" / "cluster.use"):
            continue
        say(f"- Removing the databases of {checkout}, which no longer exists.")
        if os.geteuid() == 0:
            home = ROOT_HOME / paths.short_hash(checkout, paths.cache())
            _stop_server(home)
            shutil.rmtree(home, ignore_errors=True)
        else:
            _stop_server(folder / "postgresql")
        shutil.rmtree(folder, ignore_errors=True)


def _checkout_of(folder):
    try:
        return Path((folder / "checkout").read_text().strip())
    except OSError:
        return None


def _stop_server(home):
    """End a server that a killed launcher left behind; its data goes anyway."""
    number = server_process(home / "data")
    if number:
        os.kill(number, signal.SIGQUIT)
