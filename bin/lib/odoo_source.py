"""Find Odoo 19: named by ODOO_PATH, importable, in the cache, or fetched from Debian."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from . import locks, odoo_debian, paths
from .ui import LauncherError

ASK_PYTHON = "import odoo.release; print(odoo.release.__file__)"


@dataclass(frozen=True)
class OdooSource:
    """An Odoo 19 on this machine."""

    package: Path
    version: str

    @property
    def addons(self):
        """Return the folders with Odoo's own modules; a checkout has two of them.

        Debian leaves a second one without any screens beside the package, which is skipped.
        """
        folders = (self.package.parent / "addons", self.package / "addons")
        return [folder for folder in folders if (folder / "web" / "static").is_dir()]

    def import_path(self):
        """Return a folder from which Odoo can be imported, and nothing but Odoo.

        The folder around an installed package is full of other libraries, which would come
        before those of our environment.
        """
        folder = paths.state() / "python"
        folder.mkdir(exist_ok=True)
        paths.link(folder / "odoo", self.package)
        return folder


def find():
    """Return the Odoo to use, fetching it if there is none."""
    if os.environ.get("ODOO_PATH"):
        return _named(Path(os.environ["ODOO_PATH"]).expanduser())
    source = _importable() or _cached()
    if source:
        return source
    with locks.exclusive(paths.cache() / "locks" / "odoo", "fetching Odoo"):
        return _cached() or _at(odoo_debian.fetch())


def _named(path):
    """Return the Odoo at the place that the user named."""
    for folder in (path, path.parent):
        source = _at(folder)
        if source and source.version.startswith("19.0"):
            return source
        if source:
            raise LauncherError(f"ODOO_PATH={path} is Odoo {source.version}; 19.0 is needed.")
    raise LauncherError(f"ODOO_PATH={path} is not an Odoo 19.0 (no odoo/release.py with web).")


def _importable():
    """Return the Odoo 19 that this Python can import, or None."""
    answer = subprocess.run(
        [sys.executable, "-c", ASK_PYTHON], capture_output=True, text=True, cwd="/", check=False
    )
    if answer.returncode:
        return None
    source = _at(Path(answer.stdout.strip()).parents[1])
    return source if source and source.version.startswith("19.0") else None


def _cached():
    folder = odoo_debian.cached()
    return _at(folder) if folder else None


def _at(folder):
    """Return the Odoo whose package lies in ``folder``, or None."""
    package = folder / "odoo"
    try:
        text = (package / "release.py").read_text()
    except OSError:
        return None
    found = re.search(r"^version_info = \((\d+), (\d+)", text, re.M)
    version = f"{found[1]}.{found[2]}" if found else "of an unknown version"
    source = OdooSource(package.resolve(), version)
    return source if source.addons else None
