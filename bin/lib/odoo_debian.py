"""Odoo 19 from Debian's development suite, unpacked into the cache and never installed.

Installing it would pull that suite's Python; unpacking leaves the machine as it is. It is a
snapshot without security support: right to try and to test, wrong for real clients' data.
"""

import re
import shutil

from . import apt_mirror, paths
from .processes import clear, run
from .ui import LauncherError, say, step

SUITE = "sid"
PACKAGE = "odoo-19"
# Odoo's package links to fonts and scripts of these by relative paths.
COMPANIONS = (
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
# Newer releases of this font lack the files that Odoo links to.
OLD_SUITE = "bookworm"
OLD_COMPANIONS = ("fonts-font-awesome",)
DIST_PACKAGES = "usr/lib/python3/dist-packages"
# Debian leaves this library out for its licence; without the file every browser test fails.
LEFT_OUT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
NEEDED_BYTES = 3 * 1024**3


def root():
    """Return the folder with one unpacked tree per version."""
    return paths.cache() / "odoo"


def cached():
    """Return the newest finished tree, or None."""
    finished = [path for path in root().glob("19.0*") if not path.name.endswith(".part")]
    if not finished:
        return None
    return max(finished, key=lambda path: path.stat().st_mtime) / DIST_PACKAGES


def fetch():
    """Download and unpack the package; return the folder that contains the ``odoo`` package."""
    for tool in ("apt-get", "dpkg-deb"):
        if not shutil.which(tool):
            raise LauncherError(
                f"Odoo 19 was not found, and without {tool} it cannot be fetched. "
                "Set ODOO_PATH to a checkout or an installation of Odoo 19.0."
            )
    _ensure_space()
    work = root() / "work"
    clear(work)
    with step("Finding Odoo 19 at the Debian mirror"):
        apt = _isolated_apt(work, apt_mirror.find_mirror())
        run([*apt, "update"], what="Reading the package lists of the Debian mirror")
        version = _newest_version(apt)
    say(f"  Odoo {version} from Debian's {SUITE}: to try and to test, not for real clients' data.")
    with step("Downloading Odoo 19 (about 130 MB)"):
        wanted = [f"{PACKAGE}={version}"]
        wanted += [f"{name}/{SUITE}" for name in COMPANIONS]
        wanted += [f"{name}/{OLD_SUITE}" for name in OLD_COMPANIONS]
        run([*apt, "download", *wanted], what="Downloading Odoo", cwd=work)
    with step("Unpacking Odoo 19 (about 1.2 GB)"):
        tree = _unpack(work, version)
    shutil.rmtree(work, ignore_errors=True)
    return tree / DIST_PACKAGES


def _isolated_apt(work, mirror):
    """Return apt-get with its own lists and cache, blind to the machine's settings and pins."""
    for folder in ("lists/partial", "cache/archives/partial"):
        (work / folder).mkdir(parents=True)
    sources = work / "sources.list"
    suites = (SUITE, OLD_SUITE)
    sources.write_text("".join(apt_mirror.source_line(mirror, suite) for suite in suites))
    options = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "-",
        "Dir::Etc::preferences": "/dev/null",
        "Dir::Etc::preferencesparts": "-",
        "Dir::State::lists": work / "lists",
        "Dir::Cache": work / "cache",
        "APT::Sandbox::User": "root",
        "APT::Default-Release": "",
        "APT::Update::Error-Mode": "any",
        "Acquire::Retries": "3",
        "Acquire::http::Timeout": "60",
    }
    flags = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
    return ["apt-get", *flags]


def _newest_version(apt):
    """Return the newest 19.0 version on offer."""
    listing = run(["apt-cache", *apt[1:], "madison", PACKAGE], what="Looking for Odoo 19")
    for line in listing.splitlines():
        fields = [field.strip() for field in line.split("|")]
        if len(fields) == 3 and re.match(r"19\.0\b", fields[1]):
            return fields[1]
    raise LauncherError(
        f"The Debian mirror has no Odoo 19.0 any more (package {PACKAGE}, suite {SUITE}). "
        "Set ODOO_PATH to a checkout or an installation of Odoo 19.0."
    )


def _unpack(work, version):
    """Unpack aside and rename at the end: a half-unpacked tree never counts as a finished one."""
    tree = root() / version
    part = root() / f"{version}.part"
    clear(part)
    part.mkdir()
    for package in sorted(work.glob("*.deb")):
        run(["dpkg-deb", "-x", package, part], what=f"Unpacking {package.name}")
    placeholder = part / DIST_PACKAGES / LEFT_OUT
    if not placeholder.exists():
        if placeholder.parent.is_symlink():
            placeholder.parent.unlink()
        placeholder.parent.mkdir(parents=True, exist_ok=True)
        placeholder.touch()
    part.rename(tree)
    return tree


def _ensure_space():
    free = shutil.disk_usage(paths.cache()).free
    if free < NEEDED_BYTES:
        raise LauncherError(
            f"Odoo and its databases need about {NEEDED_BYTES >> 30} GB, but only "
            f"{free / 1024**3:.1f} GB are free in {paths.cache()}."
        )
