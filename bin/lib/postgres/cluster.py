"""Our own PostgreSQL cluster: one per checkout, reached by a socket only its owner can open.

PostgreSQL refuses to run as root, and root's home is closed to everybody else; so root's
clusters live under /var/lib, owned by an unprivileged user. A number written both there and
into the cache tells whether the two still belong together.
"""

import os
import pwd
import shutil
import tempfile
import time
import uuid
from pathlib import Path

from .. import locks, paths
from ..processes import run, succeeds
from ..ui import LauncherError, say, step
from . import binaries
from .server import Server

SUPERUSER = "odoo"
ROOT_HOME = Path("/var/lib") / paths.MODULE
# the file that tells to which part of a cache a cluster belongs
STATE_NOTE = "state"
# A socket's path may have 107 bytes, including the file name .s.PGSQL.5432.lock.
LONGEST_SOCKET_FOLDER = 88
SETTINGS = """
# Written by the launcher at every start.
listen_addresses = ''
max_connections = 200
shared_buffers = 256MB
# Compiling queries takes longer than running them under record rules.
jit = off
# What was acknowledged is kept, also when a process is killed; the tests' databases do without.
synchronous_commit = on
# No words about a person in the server's log: neither statements nor rows nor values.
log_statement = none
log_min_duration_statement = -1
log_min_messages = fatal
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""
SETTINGS_FILE = "launcher.conf"
INCLUDE = f"include '{SETTINGS_FILE}'"


class Cluster:
    """This checkout's cluster; started by the first launcher, stopped by the last one."""

    def __init__(self):
        state = paths.state()
        self._id_file = state / "cluster"
        self._lock = state / "locks" / "cluster"
        self._use = locks.Lock(state / "locks" / "cluster.use")
        self.owner = _unprivileged_user() if os.geteuid() == 0 else None
        self.home = _root_home() if self.owner else state / "postgresql"
        self.data = self.home / "data"
        self.socket = self._socket_folder()
        self.server = Server(host=str(self.socket), port=5432, user=SUPERUSER, own=True)

    def start(self):
        """Make sure that the cluster exists and runs, and that nobody stops it under us."""
        with locks.exclusive(self._lock, "the database server"):
            programs = self._programs()
            self._use.take(shared=True)
            if not self._belongs_to_cache():
                self._discard()
            if not self.data.exists():
                programs = self._create()
            # Renewed at each start: clusters that nobody uses are removed some day.
            (self.home / STATE_NOTE).write_text(f"{paths.state()}\n")
            paths.note_ci(self.home)
            if not self.server.answers():
                self._start(programs)
        return self.server

    def release(self):
        """Stop the cluster unless another launcher still uses it."""
        with locks.exclusive(self._lock, "the database server"):
            if self._use.take(wait=False):
                self._stop()
            self._use.release()

    def _programs(self):
        """Return the programs of the version that made the cluster; without them it is lost."""
        try:
            version = int((self.data / "PG_VERSION").read_text())
        except (OSError, ValueError):
            return None
        programs = binaries.find(version, readable_by=self.owner and ROOT_HOME)
        if not programs:
            say(f"  PostgreSQL {version}, which made the databases, is gone: making new ones.")
            self._discard()
        return programs

    def _belongs_to_cache(self):
        """Return whether the cluster and the files in the cache were made for each other."""
        try:
            return self._id_file.read_text() == (self.home / "id").read_text()
        except OSError:
            return False

    def _discard(self):
        """Remove a cluster that is half-made or whose files in the cache are gone."""
        if (self.data / "postmaster.pid").exists() and server_process(self.data):
            self._stop()
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(paths.state() / "data", ignore_errors=True)
        self._id_file.unlink(missing_ok=True)

    def _create(self):
        """Make the cluster aside, rename it, and write the number that makes it valid last."""
        programs = binaries.find_or_fetch(readable_by=self.owner and ROOT_HOME)
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.owner:
            shutil.chown(self.home, self.owner, _group_of(self.owner))
        part = self.home / "data.part"
        command = [programs / "initdb", "-D", part, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8"]
        # German order by default, also for databases that Odoo creates itself.
        german = ["--locale-provider=icu", "--icu-locale=de"]
        with step("Creating a database server of our own"):
            for extra in (german, []):
                shutil.rmtree(part, ignore_errors=True)
                last = not extra
                try:
                    self._run([*command, "--locale=C.UTF-8", *extra], "Creating the databases")
                    break
                except LauncherError:
                    if last:
                        raise
        part.rename(self.data)
        number = uuid.uuid4().hex
        (self.home / "id").write_text(number)
        self._id_file.write_text(number)
        return programs

    def _start(self, programs):
        self._await_or_forget_old_server()
        write_settings(self.data)
        self.socket.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.owner:
            shutil.chown(self.socket, self.owner, _group_of(self.owner))
        for leftover in self.socket.glob(".s.PGSQL.*"):
            leftover.unlink()
        log = self.home / "server.log"
        command = [programs / "pg_ctl", "-D", self.data, "-l", log, "-w", "-t", "120"]
        self._run([*command, "-o", f"-k '{self.socket}'", "start"], "Starting PostgreSQL", log)
        if not self.server.answers():
            raise LauncherError(f"PostgreSQL was started but does not answer; see {log}.")

    def _await_or_forget_old_server(self):
        """Wait for a server that is coming up or going down; forget one that is long dead.

        After a crash or on another machine the number in the file may belong to somebody else,
        and PostgreSQL would refuse to start because of it.
        """
        deadline = time.monotonic() + 60
        while server_process(self.data) and time.monotonic() < deadline:
            if self.server.answers():
                return
            time.sleep(0.5)
        number = server_process(self.data)
        if number:
            raise LauncherError(
                f"A database server of this checkout (process {number}) runs but does not answer; "
                "end it and try again."
            )
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _stop(self):
        programs = self._programs()
        if programs and server_process(self.data):
            command = [programs / "pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", "60"]
            self._run([*command, "stop"], "Stopping PostgreSQL")

    def _run(self, command, what, log=None):
        """Run one of PostgreSQL's programs as the cluster's owner."""
        as_owner = ["runuser", "-u", self.owner, "--"] if self.owner else []
        try:
            run([*as_owner, *command], what=what, cwd="/", mortal=False)
        except LauncherError as error:
            where = f"\nThe server's log: {log}" if log else ""
            raise LauncherError(f"{error}{where}") from None

    def _socket_folder(self):
        """Return the folder of the socket, beside the data if its path is short enough."""
        folder = self.home / "run"
        if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        name = f"{paths.MODULE}-{os.geteuid()}-{paths.key()}"
        folder = Path(tempfile.gettempdir()) / name
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid not in (os.geteuid(), self.data.parent.stat().st_uid):
            raise LauncherError(f"{folder} belongs to somebody else; set TMPDIR to a short folder.")
        return folder


def write_settings(data):
    """Give a cluster our settings, also one that an earlier launcher made with others."""
    (data / SETTINGS_FILE).write_text(SETTINGS)
    (data / SETTINGS_FILE).chmod(0o644)  # the server runs as another user when we are root
    main = data / "postgresql.conf"
    if INCLUDE not in main.read_text().splitlines():
        with main.open("a") as settings:
            settings.write(f"\n# The last word\n{INCLUDE}\n")


def server_process(data):
    """Return the process of a server on the folder ``data``, or None if it is not alive."""
    try:
        number = int((data / "postmaster.pid").read_text().split()[0])
        command = Path(f"/proc/{number}/cmdline").read_bytes().decode(errors="replace")
    except (OSError, ValueError, IndexError):
        return None
    return number if str(data) in command.split("\0") else None


def _root_home():
    """Return the folder for root's cluster of this checkout and cache, reachable by its owner."""
    ROOT_HOME.mkdir(parents=True, exist_ok=True)
    return ROOT_HOME / paths.short_hash(paths.checkout(), paths.cache())


def _unprivileged_user():
    """Return the user under whom root runs the cluster."""
    if not shutil.which("runuser") or not succeeds(["runuser", "-u", "nobody", "--", "true"]):
        raise LauncherError(
            "PostgreSQL refuses to run as root, and this machine does not let root become another "
            "user. Start as an ordinary user, or name a server by PGHOST, PGPORT and PGUSER."
        )
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def _group_of(user):
    return pwd.getpwnam(user).pw_gid
