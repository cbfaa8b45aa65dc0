"""File locks between launchers. The kernel drops them with the process, also after a kill."""

import fcntl
from contextlib import contextmanager

from .ui import say


class Lock:
    """A lock on a file, held by this process until released."""

    def __init__(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = open(path, "a+")  # noqa: SIM115 - stays open as long as the lock is held

    def take(self, *, shared=False, wait=True):
        """Take the lock; without ``wait`` return False if somebody else holds it."""
        mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self._file, mode if wait else mode | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self):
        """Give the lock back and close its file."""
        self._file.close()


@contextmanager
def exclusive(path, what):
    """Hold the lock at ``path``; say what we wait for when another launcher holds it."""
    lock = Lock(path)
    try:
        if not lock.take(wait=False):
            say(f"  Another launcher is busy with {what}; waiting for it.")
            lock.take()
        yield
    finally:
        lock.release()


def is_held(path):
    """Return whether some process holds the exclusive lock at ``path``."""
    lock = Lock(path)
    try:
        return not lock.take(wait=False)
    finally:
        lock.release()
