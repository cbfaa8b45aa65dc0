"""Builds the package odoo-addon-integration_management: whool, without the tools of development.

Odoo needs neither the launchers nor the checks and measurements; and an addons folder is no place
for programs that fetch things from the network.
"""

import shutil

from whool import buildapi
from whool.buildapi import *  # noqa: F403 - the hooks of a build backend
from whool.buildapi import build_editable, build_sdist, build_wheel  # noqa: F401

OUTSIDE = (".ci", "bin", "benchmarks", "requirements.txt")
OUTSIDE += (".editorconfig", ".gitignore", ".pre-commit-config.yaml")
# A source package needs it to be built from
OWN = ".package"

_copy_to = buildapi._copy_to
_ensure_absent = buildapi._ensure_absent


def _copy_without_tools(addon_dir, target):
    _copy_to(addon_dir, target)
    _remove(target, OUTSIDE)


def _remove_own(paths):
    """Remove what whool leaves out of a wheel, and this file."""
    _ensure_absent(paths)
    for path in paths:
        _remove(path.parent, [OWN])


def _remove(folder, names):
    for name in names:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


buildapi._copy_to = _copy_without_tools
buildapi._ensure_absent = _remove_own
