"""Where everything lies: the checkout, the cache of all checkouts, this checkout's own state."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from .ui import LauncherError

MODULE = "integration_management"
# Marks what a CI made
OF_CI = "of-ci"


@lru_cache
def checkout():
    """Return the folder of the module; the launchers can be tried on another one."""
    own = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("INTEGRATION_CHECKOUT") or own).resolve()


@lru_cache
def cache():
    """Return the cache folder, which outlives checkouts: a fresh clone finds Odoo there again."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(home).expanduser().absolute() / MODULE
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LauncherError(
            f"The cache folder {folder} cannot be written ({error.strerror}). "
            "Point XDG_CACHE_HOME at a folder of yours."
        ) from error
    return folder


def short_hash(*parts):
    """Return a short stable name for the given texts."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:10]


def key():
    """Return the name under which this checkout keeps its databases and files apart from others."""
    return short_hash(checkout())


@lru_cache
def state():
    """Return the folder with everything that belongs to this checkout only."""
    folder = cache() / "checkouts" / key()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "checkout").write_text(f"{checkout()}\n")
    note_ci(folder)
    return folder


def note_ci(folder):
    """Note in a folder whether a CI uses it, which comes back with another checkout each time."""
    if os.environ.get("CI"):
        (folder / OF_CI).touch()
    else:
        (folder / OF_CI).unlink(missing_ok=True)


def logs():
    """Return the folder of this checkout's log files."""
    folder = state() / "logs"
    folder.mkdir(exist_ok=True)
    return folder


def addons():
    """Return an addons folder in which the module stands under its technical name."""
    folder = state() / "addons"
    folder.mkdir(exist_ok=True)
    link(folder / MODULE, checkout())
    return folder


def link(place, target):
    """Make ``place`` a symbolic link to ``target``, replacing another link in one move."""
    if place.is_symlink() and Path(os.readlink(place)) == target:
        return
    aside = place.with_name(f"{place.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    aside.replace(place)
