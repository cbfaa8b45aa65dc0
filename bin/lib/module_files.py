"""What the module is made of, as far as a database depends on it."""

import ast
import hashlib

from . import paths
from .ui import LauncherError

# Folders whose files never reach the database; scripts and styles are read when served.
OUTSIDE = {"bin", "docs", "benchmarks", "tests"}
SERVED = ("static/src", "static/tests", "static/lib")
SUFFIXES = {".py", ".xml", ".csv", ".po", ".sql", ".js", ".css", ".scss", ".png", ".svg", ".json"}


def manifest():
    """Return the module's manifest."""
    path = paths.checkout() / "__manifest__.py"
    try:
        return ast.literal_eval(path.read_text())
    except OSError:
        raise LauncherError(f"{paths.checkout()} is not the module: it has no manifest.") from None
    except (SyntaxError, ValueError) as error:
        raise LauncherError(f"{path} cannot be read: {error}") from None


def database_hash():
    """Return a text that changes whenever a database made from the module is out of date."""
    return _hash(path for path in _files() if not _is_served(path))


def asset_hash():
    """Return a text that changes whenever the compiled scripts and styles are out of date."""
    return _hash(path for path in _files() if _is_served(path))


def world_hash():
    """Return a text that changes with what the tests find in their database."""
    path = paths.checkout() / "tests" / "world.py"
    return _hash([path] if path.exists() else [])


def _files():
    """Yield the module's own files in a stable order."""
    root = paths.checkout()
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
        if not hidden and parts[0] not in OUTSIDE and path.suffix in SUFFIXES and path.is_file():
            yield path


def _is_served(path):
    return path.relative_to(paths.checkout()).as_posix().startswith(SERVED)


def _hash(files):
    total = hashlib.sha256()
    for path in files:
        total.update(path.relative_to(paths.checkout()).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:16]
