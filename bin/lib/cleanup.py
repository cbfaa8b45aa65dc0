"""Give back the disk space of checkouts and caches that no longer exist."""

import os
import shutil
import signal
import time
from pathlib import Path

from . import locks, paths
from .postgres.cluster import ROOT_HOME, STATE_NOTE, server_process
from .ui import say

# Four weeks, in seconds
KEPT_FOR = 28 * 24 * 3600


def forget_gone_checkouts():
    """Remove databases and files whose checkout was deleted, if no launcher uses them.

    A CI that clones into a new folder each time would fill the disk otherwise. Elsewhere a
    checkout may only have been moved, or lie on a disk that is not there today: what was typed
    into its demo is kept for some weeks.
    """
    for folder in (paths.cache() / "checkouts").glob("*/"):
        checkout = _place_in(folder / "checkout")
        if checkout is None or checkout.exists() or locks.is_held(folder / "locks" / "cluster.use"):
            continue
        if not _is_forgotten(folder / "checkout"):
            continue
        say(f"- Removing the databases of {checkout}, which no longer exists.")
        _stop_server(folder / "postgresql")
        shutil.rmtree(folder, ignore_errors=True)
    if os.geteuid() == 0:
        _forget_clusters_of_root()


def _forget_clusters_of_root():
    """Remove root's clusters, which lie elsewhere, when their part in the cache is gone."""
    for note in ROOT_HOME.glob(f"*/{STATE_NOTE}"):
        state = _place_in(note)
        if state and not state.exists() and _is_forgotten(note):
            _stop_server(note.parent)
            shutil.rmtree(note.parent, ignore_errors=True)


def _is_forgotten(note):
    """Return whether nobody has used for weeks what the note, renewed at each start, stands for."""
    if (note.parent / paths.OF_CI).exists():
        return True
    try:
        return time.time() - note.stat().st_mtime > KEPT_FOR
    except OSError:
        return False


def _place_in(note):
    try:
        return Path(note.read_text().strip())
    except OSError:
        return None


def _stop_server(home):
    """End a server that a killed launcher left behind; its data goes anyway."""
    number = server_process(home / "data")
    if number:
        os.kill(number, signal.SIGQUIT)
