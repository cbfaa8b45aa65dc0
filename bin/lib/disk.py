"""Room on the disk: asked for before long work, and named with a way out when there is none."""

import errno
import os
import shutil

from . import paths
from .ui import LauncherError

# What databases and logs take between two looks
LEAST = 300 * 2**20
# What the first start fetches and makes
FIRST_START = 5 * 2**30
FULL = ("No space left on device", "DiskFull", "could not extend file")


def ensure_room():
    """Refuse to begin what a full disk would break off half-way."""
    first = not (paths.cache() / "odoo").is_dir()
    needed = FIRST_START if first else LEAST
    places = {paths.cache(), *([_root_home()] if os.geteuid() == 0 else [])}
    for place in places:
        free = shutil.disk_usage(place).free
        if free < needed:
            raise LauncherError(
                f"{free // 2**20} MB are free at {place}, {needed // 2**20} MB are needed."
                f"\n{way_out()}"
            )


def is_full(error):
    """Return whether an error, or what it quotes, comes from a full disk."""
    code = getattr(error, "errno", None)
    return code in (errno.ENOSPC, errno.EDQUOT) or any(sign in str(error) for sign in FULL)


def way_out():
    """Return what may be removed without harm, and how to go elsewhere."""
    cache = paths.cache()
    return (
        "Free some room; nothing that was finished is lost, and the next start goes on from there. "
        f"The folders below {cache / 'checkouts'} hold databases and logs per checkout (the file "
        "“checkout” in each tells which), and may be removed where nobody needs the demo in them. "
        "XDG_CACHE_HOME names another disk."
    )


def _root_home():
    """Return where root's databases lie, or will lie."""
    from .postgres.cluster import ROOT_HOME

    return ROOT_HOME if ROOT_HOME.is_dir() else ROOT_HOME.parent
