"""Which Debian mirror this machine uses: read from its own apt configuration, never hard-coded."""

import re
from dataclasses import dataclass
from pathlib import Path

from .ui import LauncherError

APT = Path("/etc/apt")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# One-line style: deb [options] uri suite component...
ONE_LINE = re.compile(
    r"^deb\s+(?:\[(?P<options>[^]]*)\]\s+)?(?P<uri>\S+)\s+(?P<suites>\S+)\s+(?P<components>.+)$"
)


@dataclass(frozen=True)
class Source:
    """One configured package source."""

    uri: str
    suites: tuple
    components: tuple
    signed_by: str = ""


def find_mirror():
    """Return the source of this machine's own Debian release: its mirror has the others too."""
    release = _os_release()
    wanted = {release.get("VERSION_CODENAME", ""), "stable", "testing", "unstable", "sid"} - {""}
    for source in configured_sources():
        if release.get("ID") == "debian" and wanted & set(source.suites):
            if "main" in source.components:
                return source
    raise LauncherError(
        "Odoo 19 was not found, and this machine has no Debian mirror to fetch it from. "
        "Set ODOO_PATH to a checkout or an installation of Odoo 19.0."
    )


def source_line(source, suite):
    """Return the line for an own sources.list that reads ``suite`` from the same mirror."""
    signed_by = source.signed_by or (str(KEYRING) if KEYRING.exists() else "")
    options = f"[signed-by={signed_by}] " if signed_by else ""
    return f"deb {options}{source.uri} {suite} main\n"


def configured_sources(apt=APT):
    """Return all enabled binary package sources, from both styles of configuration files."""
    folder = apt / "sources.list.d"
    sources = []
    for path in [apt / "sources.list", *sorted(folder.glob("*.list"))]:
        if path.is_file():
            sources += parse_one_line(path.read_text(errors="replace"))
    for path in sorted(folder.glob("*.sources")):
        sources += parse_deb822(path.read_text(errors="replace"))
    return sources


def parse_one_line(text):
    """Parse the classic style, one source per line."""
    sources = []
    for line in text.splitlines():
        match = ONE_LINE.match(line.split("#")[0].strip())
        if match:
            signed_by = re.search(r"signed-by=(\S+)", match["options"] or "", re.IGNORECASE)
            sources.append(
                Source(
                    match["uri"],
                    (match["suites"],),
                    tuple(match["components"].split()),
                    signed_by[1] if signed_by else "",
                )
            )
    return sources


def parse_deb822(text):
    """Parse the newer style, paragraphs of fields; comments may stand between the fields."""
    sources = []
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for paragraph in re.split(r"\n\s*\n", "\n".join(lines)):
        fields = {
            name.lower(): " ".join(value.split())
            for name, value in re.findall(r"^([\w-]+):((?:.*)(?:\n[ \t].*)*)", paragraph, re.M)
        }
        if fields.get("enabled", "yes").lower() == "no" or "deb" not in fields.get("types", ""):
            continue
        signed_by = fields.get("signed-by", "")
        for uri in fields.get("uris", "").split():
            sources.append(
                Source(
                    uri,
                    tuple(fields.get("suites", "").split()),
                    tuple(fields.get("components", "").split()),
                    # a key written out in the file itself cannot be named in an own list
                    signed_by if signed_by.startswith("/") and " " not in signed_by else "",
                )
            )
    return sources


def _os_release():
    try:
        text = Path("/etc/os-release").read_text()
    except OSError:
        return {}
    return dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', text, re.M))
