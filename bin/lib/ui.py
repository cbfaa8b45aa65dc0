"""What the person at the terminal sees: progress of long steps, notes and clear failures."""

import sys
import threading
import time
from contextlib import contextmanager

# A life sign this often (seconds) where the output is not a terminal, e.g. in a CI log.
LIFE_SIGN = 30
# Titles of the steps under way; of several side by side only the first one writes life signs.
UNDER_WAY = []


class LauncherError(Exception):
    """Something the user has to know and can act on; shown without a traceback."""


def say(text=""):
    """Print a line for the user. Standard error, so that the output of bin/odoo stays clean."""
    print(text, file=sys.stderr, flush=True)


def warn(text):
    """Print a line about something that is missing but does not stop the work."""
    say(f"! {text}")


def duration(seconds):
    """Return seconds as people write them: ``9 s`` or ``2 min 05 s``."""
    minutes, rest = divmod(int(seconds + 0.5), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


@contextmanager
def step(title):
    """Announce a long step, show that it is alive while it runs, and say how long it took."""
    started = time.monotonic()
    finished = threading.Event()
    ticker = threading.Thread(target=_tick, args=(title, started, finished), daemon=True)
    UNDER_WAY.append(title)
    if not sys.stderr.isatty():
        say(f"- {title} ...")
    ticker.start()
    outcome = "failed after"
    try:
        yield
        outcome = "done in"
    finally:
        finished.set()
        ticker.join()
        UNDER_WAY.remove(title)
        start = "\r\033[K" if sys.stderr.isatty() else ""
        say(f"{start}- {title}: {outcome} {duration(time.monotonic() - started)}")


def _tick(title, started, finished):
    """Rewrite the line every second on a terminal; elsewhere write a line now and then."""
    terminal = sys.stderr.isatty()
    while not finished.wait(1 if terminal else LIFE_SIGN):
        elapsed = duration(time.monotonic() - started)
        if UNDER_WAY[:1] != [title]:
            continue
        if terminal:
            print(f"\r\033[K- {title} ... {elapsed}", end="", file=sys.stderr, flush=True)
        else:
            say(f"  {title}: {elapsed} so far")
