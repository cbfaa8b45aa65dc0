"""The last released state of the module, read from git, to try an update from there."""

import os
import subprocess

from . import paths
from .processes import run
from .ui import LauncherError

VERSION = "19.0.1.0.0"
# What was released as this version, as long as no tag says it
COMMIT = "0584cb1f492de42af19b31a10e9403f941f88de2"


def addons():
    """Return an addons folder with the released module, unpacked once."""
    commit = _commit()
    folder = paths.state() / "released" / commit[:12]
    if not folder.exists():
        part = folder.with_name(f"{folder.name}.part")
        run(["rm", "-rf", part])
        (part / paths.MODULE).mkdir(parents=True)
        archive = part / "module.tar"
        git = ["git", "-C", paths.checkout(), "archive", f"--output={archive}", commit]
        run(git, what="Reading the released state from git")
        run(["tar", "-xf", archive, "-C", part / paths.MODULE], what="Unpacking it")
        archive.unlink()
        part.rename(folder)
    return folder


def _commit():
    """Return the released commit: the tag's, or the one that is known."""
    # An update from any other state can be tried as well.
    named = os.environ.get("INTEGRATION_RELEASED")
    for name in [named] if named else [f"refs/tags/{VERSION}", COMMIT]:
        found = _git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if found:
            return found
    raise LauncherError(
        f"The state released as {VERSION} (tag {VERSION} or commit {COMMIT[:12]}) is not in this "
        "clone, so no update from there can be tried. A shallow clone gets it by "
        "“git fetch --unshallow --tags”; in a CI, check out the whole history (fetch-depth: 0)."
    )


def _git(*words):
    try:
        command = ["git", "-C", str(paths.checkout()), *words]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        raise LauncherError("The update check needs git.") from None
    return answer.stdout.strip() if answer.returncode == 0 else ""
