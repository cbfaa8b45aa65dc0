"""Starting other programs so that none of them outlives the launcher by accident."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from .ui import LauncherError

# How long (seconds) a program may take to end by itself before it is killed.
GRACE = 20
TAIL = 15
WIDTH = 300
NO_NETWORK = "No connection to the package server. The next start goes on where this one stopped."
# What the lines of other programs mean for the user.
MEANINGS = {
    "No space left on device": "The disk is full.",
    "Temporary failure resolving": NO_NETWORK,
    "Unable to connect": NO_NETWORK,
    "NewConnectionError": NO_NETWORK,
    "NameResolutionError": NO_NETWORK,
}
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# In the environment of what we start: how a leftover of a killed launcher is told from others
MARK = "INTEGRATION_LAUNCHER"
# What run() has started and not yet seen end
RUNNING = set()


class Stopped(BaseException):
    """Ctrl-C or a termination signal: unwind, stop what we started, leave."""

    def __init__(self, number):
        super().__init__(number)
        self.number = number


def handle_signals():
    """Turn stop signals into an exception, also where a shell told us to ignore Ctrl-C."""

    def stop_once(number, _frame):
        # Cleaning up takes seconds; an impatient second Ctrl-C must not break it off.
        for other in STOP_SIGNALS:
            signal.signal(other, signal.SIG_IGN)
        raise Stopped(number)

    for number in STOP_SIGNALS:
        signal.signal(number, stop_once)


def _with_death_signal(command):
    """Return the command so that it gets a SIGTERM if the launcher is killed (Linux)."""
    setpriv = shutil.which("setpriv")
    prefix = [setpriv, "--pdeathsig", "SIGTERM", "--"] if setpriv else []
    return [*prefix, *command]


def start(command, *, mortal=True, **options):
    """Start a program in its own session, away from the terminal's Ctrl-C.

    A ``mortal`` program dies with the launcher, even when that is killed hard.
    """
    command = [str(word) for word in command]
    options.setdefault("stdin", subprocess.DEVNULL)
    options["env"] = {**(options.get("env") or os.environ), MARK: "1"}
    return subprocess.Popen(
        _with_death_signal(command) if mortal else command, start_new_session=True, **options
    )


def stop(process):
    """End a program started by :func:`start`, with its children, gently first."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            try:
                os.killpg(process.pid, number)
            except ProcessLookupError:
                pass
        try:
            return process.wait(GRACE)
        except subprocess.TimeoutExpired:
            continue
    return process.returncode


def run(command, *, log=None, what=None, mortal=True, limit=None, **options):
    """Run a program to its end and return its output; a failure shows the end of the output.

    :param limit: seconds after which it counts as hanging and is ended
    """
    output = open(kept(log), "w+") if log else tempfile.TemporaryFile("w+")  # noqa: SIM115
    with output:
        process = start(command, mortal=mortal, stdout=output, stderr=subprocess.STDOUT, **options)
        RUNNING.add(process)
        try:
            process.wait(limit)
        except subprocess.TimeoutExpired:
            stop(process)
        finally:
            if mortal:
                stop(process)
            process.wait()
            RUNNING.discard(process)
        output.seek(0)
        text = output.read()
    if process.returncode:
        raise LauncherError(_failure(what or str(command[0]), process.returncode, text, log))
    return text


def kept(log):
    """Make place for a new log: what the last run wrote stays beside it, as ``….1``."""
    if log.exists():
        log.replace(log.with_name(f"{log.name}.1"))
    return log


def together(*tasks):
    """Call functions side by side; when one fails or we are stopped, end what the others run."""
    with ThreadPoolExecutor(max(1, len(tasks))) as pool:
        futures = [pool.submit(task) for task in tasks]
        try:
            for future in as_completed(futures):
                future.result()
        finally:
            # A task whose program was ended starts no other one: that is a failure to it.
            while not all(future.done() for future in futures):
                for process in list(RUNNING):
                    stop(process)
                time.sleep(0.1)


def foreground(command, **options):
    """Run a program that talks to the terminal itself (pytest, a shell); return its exit code.

    Ctrl-C is left to it, as it handles that better than we could.
    """
    process = subprocess.Popen(_with_death_signal([str(word) for word in command]), **options)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()


def clear(folder):
    """Remove a half-made folder, after ending what a killed launcher left at work there.

    Only under the lock that guards the folder: then no living launcher can own these programs.
    """
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            mine = entry.stat().st_uid == os.geteuid() and int(entry.name) != os.getpid()
            if mine and _is_started_by_us(entry) and _works_in(entry, folder):
                os.kill(int(entry.name), signal.SIGKILL)
        except OSError:
            continue  # it has just ended
    shutil.rmtree(folder, ignore_errors=True)


def _is_started_by_us(entry):
    return f"{MARK}=1".encode() in (entry / "environ").read_bytes().split(b"\0")


def _works_in(entry, folder):
    """Return whether a process lies in the folder or names it, or something in it, as a word.

    A name that merely begins alike is somebody else's.
    """
    words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
    named = [part for word in words for part in word.split("=")]
    places = [Path(os.readlink(entry / "cwd")), *map(Path, filter(None, named))]
    return any(place.is_relative_to(folder) for place in places)


def succeeds(command):
    """Return whether a program exists and ends with success."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _failure(what, code, text, log):
    """Return a message with the last lines that the program wrote."""
    lines = [f"  | {line[:WIDTH]}" for line in text.strip().splitlines()[-TAIL:]]
    meanings = {meaning for sign, meaning in MEANINGS.items() if sign in text}
    if log:
        lines.append(f"Everything it wrote: {log}")
    return "\n".join([f"{what} failed (exit code {code}).", *lines, *sorted(meanings)])
