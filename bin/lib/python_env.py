"""The virtual environment with Odoo's libraries and the tools of the tests."""

import os
import platform
import sys
from pathlib import Path

from . import locks, paths, system_packages
from .processes import clear, run
from .ui import LauncherError, step

STAMP = "complete"
# the newest Python that Odoo 19.0 and its pinned libraries support
NEWEST = (3, 13)


def requirements():
    """Return the file with the pinned libraries, which belongs to these launchers."""
    return Path(__file__).resolve().parents[2] / "requirements.txt"


def ensure():
    """Return the virtual environment, built once per requirements and Python version."""
    if sys.version_info[:2] > NEWEST:
        raise LauncherError(
            f"Odoo 19.0 runs on Python 3.10 to {'.'.join(map(str, NEWEST))}; this is "
            f"{platform.python_version()}. Start the launcher with an older one, "
            "e.g. python3.13 bin/demo."
        )
    try:
        wanted = requirements().read_text()
    except OSError as error:
        raise LauncherError(f"{requirements()} cannot be read: {error.strerror}.") from error
    base = Path(sys.base_prefix)
    name = paths.short_hash(wanted, platform.python_version(), platform.machine(), base)
    venv = paths.cache() / "venv" / name
    if not _is_complete(venv):
        with locks.exclusive(paths.cache() / "locks" / f"venv-{name}", "building the libraries"):
            if not _is_complete(venv):
                _build(venv)
    return venv


def _is_complete(venv):
    """Return whether it was built to the end and its Python still exists."""
    return (venv / STAMP).exists() and (venv / "bin" / "python").exists()


def _build(venv):
    """Build in place, as an environment cannot be moved; the stamp written last makes it valid."""
    clear(venv)
    system_packages.ensure_venv_module()
    with step("Installing Odoo's Python libraries and the test tools"):
        run([sys.executable, "-m", "venv", venv], what="Creating the virtual environment")
        pip = [venv / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install"]
        run(
            [*pip, "-q", "--no-input", "--prefer-binary", "-r", requirements()],
            what="Installing the Python libraries with pip",
            log=venv / "pip.log",
            env=_clean_environment(),
        )
    (venv / STAMP).touch()


def _clean_environment():
    """Return the environment without what points Python somewhere else."""
    outside = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if name not in outside}
