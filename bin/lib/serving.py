"""Odoo as a server for the demo, and which launchers of this checkout serve it right now."""

import socket
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from . import locks, paths
from .processes import TAIL, kept, start, stop
from .ui import LauncherError, step

HOST = "127.0.0.1"
START_TIMEOUT = 180


def address(port):
    """Return where people find the server."""
    return f"http://{HOST}:{port}"


def ensure_port_free(port):
    """Refuse a port that somebody else listens on, before any long work."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise LauncherError(
                f"Port {port} cannot be used ({error.strerror}). Another program, or another "
                f"bin/demo, may be listening there; choose one with --port {port + 1}."
            ) from None


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


class Claim:
    """The note of a launcher that it serves the demo on a port, gone when its process is."""

    folder_name = "serving"

    def __init__(self, port):
        self._lock = locks.Lock(self._folder() / str(port))
        if not self._lock.take(wait=False):
            raise LauncherError(f"Another bin/demo already uses port {port}; choose one by --port.")

    @classmethod
    def _folder(cls):
        return paths.state() / cls.folder_name

    @classmethod
    def ports(cls):
        """Return the ports on which launchers of this checkout serve the demo."""
        notes = sorted(cls._folder().glob("*"))
        return [int(note.name) for note in notes if locks.is_held(note)]

    def release(self):
        """Stop being counted."""
        self._lock.release()


@contextmanager
def server(environment, port, database="demo"):
    """Run Odoo on a database; it answers when the block begins and is gone after it."""
    log = paths.logs() / f"{database}-{port}.log"
    command = environment.command(
        "-d", database, "--db-filter", f"^{database}$", "--http-port", port, "--logfile", log
    )
    kept(log)
    with open(kept(paths.logs() / f"{database}-{port}.out"), "w") as output:
        process = start(command, stdout=output, stderr=output, env=environment.variables)
        try:
            with step("Starting Odoo"):
                _await(process, port, log)
            yield process
        finally:
            stop(process)


def died(log):
    """Return the error for a server that ended by itself."""
    lines = log.read_text(errors="replace").splitlines()[-TAIL:] if log.exists() else []
    return LauncherError("\n".join(["Odoo ended by itself.", *lines, f"Its log: {log}"]))


def _await(process, port, log):
    """Wait until Odoo answers."""
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise died(log)
        try:
            with urllib.request.urlopen(f"{address(port)}/web/login", timeout=30) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise LauncherError(f"Odoo does not answer on {address(port)}; see {log}.")
