"""What only a package manager can provide: installed when we may, named otherwise."""

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .processes import run
from .ui import LauncherError, step, warn

BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


@dataclass(frozen=True)
class Need:
    """Something this machine should have: how to see it, who brings it, what is lost without it."""

    present: Callable[[], bool]
    packages: tuple
    loss: str


def _library(name):
    return lambda: ctypes.util.find_library(name) is not None


def _has_fonts():
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    return any(next(folder.rglob("NotoSansEthiopic-*"), None) for folder in folders)


PDF_LIBRARIES = [
    Need(_library(name), (package,), "PDF papers cannot be printed")
    for name, package in (
        ("Xrender", "libxrender1"),
        ("fontconfig", "libfontconfig1"),
        ("freetype", "libfreetype6"),
        ("Xext", "libxext6"),
        ("X11", "libx11-6"),
    )
]
FONTS = Need(_has_fonts, ("fonts-noto-core",), "papers in Arabic, Persian or Tigrinya show boxes")
BROWSER = Need(
    lambda: any(map(shutil.which, BROWSERS)), ("chromium",), "browser tests cannot be run"
)
PDF_READER = Need(
    lambda: shutil.which("pdftotext") is not None, ("poppler-utils",), "PDF tests cannot be run"
)
FOR_DEMO = [*PDF_LIBRARIES, FONTS]
FOR_TESTS = [*FOR_DEMO, BROWSER, PDF_READER]


def may_install():
    """Return whether we are allowed and able to install Debian packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def ensure(needs, *, strict=False):
    """Install what is missing, or say in one line each what is lost without it.

    ``strict`` turns what stays missing into an error: a CI that skips tests proves nothing.
    """
    missing = [need for need in needs if not need.present()]
    if missing and may_install():
        install([package for need in missing for package in need.packages])
        missing = [need for need in missing if not need.present()]
    for need in missing:
        warn(f"{' '.join(need.packages)} is not installed: {need.loss}.")
    if missing and strict:
        raise LauncherError("Install what is named above first.")


def install(packages):
    """Install Debian packages. Not killed with us: a package half-configured helps no one."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-q", "-y"]
    with step(f"Installing {' '.join(packages)}"):
        # An unreachable third-party source must not stop us: only the installation counts.
        subprocess.run([*apt, "update"], env=environment, capture_output=True, check=False)
        run(
            [*apt, "install", "--no-install-recommends", *packages],
            what="Installing packages",
            env=environment,
            mortal=False,
        )


def ensure_venv_module():
    """Make sure that this Python can create virtual environments; Debian packs that separately."""
    if importlib.util.find_spec("ensurepip"):
        return
    package = f"python3.{sys.version_info.minor}-venv"
    if may_install():
        install([package])
        return
    raise LauncherError(f"This Python cannot create virtual environments: install {package}.")
