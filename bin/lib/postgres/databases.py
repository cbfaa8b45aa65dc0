"""Create, copy, rename and drop databases with their filestores, and remember how they were made.

What a database was made from stands in its comment, so it goes wherever the database goes.
"""

import json
import os
import shutil

from .. import paths
from ..ui import LauncherError, warn
from .server import ICU_DATABASES

PART = "_part"
# Databases that tests and checks fill and throw away
OF_TESTS = {"test", "test_second", "test_demo", "test_apps", "released"}
OF_CHECKS = ("check_", "suites_")


class Databases:
    """The databases of one server, as this checkout sees them."""

    def __init__(self, server):
        self.server = server
        self.data_dir = paths.state() / "data"

    def exists(self, name):
        """Return whether the database is there."""
        rows = self.server.query("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return bool(rows)

    def stamp(self, name):
        """Return what the launcher noted about a database.

        It is {} for one that the launcher did not make, or whose files in the cache are gone.
        """
        return self._note(name) if self.filestore(name).is_dir() else {}

    def is_ours(self, name):
        """Return whether this checkout made the database, so that it may drop it.

        On a server of our own everything is ours. On a shared one the name tells, or the note.
        """
        if self.server.own or name.startswith(f"{paths.MODULE}_{paths.key()}_"):
            return True
        return self._note(name).get("checkout") == str(paths.checkout())

    def _note(self, name):
        rows = self.server.query(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        )
        try:
            stamp = json.loads(rows[0][0])
        except (IndexError, TypeError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def set_stamp(self, name, stamp):
        """Note how a database was made."""
        self.server.query(f'COMMENT ON DATABASE "{name}" IS %s', [json.dumps(stamp)])

    def create(self, name):
        """Create an empty database that sorts names as German does."""
        self.drop(name)
        self.server.query(
            f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' {self._order()}"
        )
        self.set_stamp(name, {"checkout": str(paths.checkout())})
        self._configure(name)

    def copy(self, source, target):
        """Copy a database and its filestore."""
        self.drop(target)
        self.server.query(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        self.set_stamp(target, {"checkout": str(paths.checkout())})
        self._configure(target)
        if self.filestore(source).is_dir():
            # Files there are named by their content and never changed: a link is as good.
            shutil.copytree(self.filestore(source), self.filestore(target), copy_function=link_file)

    def publish(self, part, name):
        """Let a finished database take the place of the former one."""
        self.drop(name)
        if self.filestore(part).is_dir():
            self.filestore(part).rename(self.filestore(name))
        self.server.query(f'ALTER DATABASE "{part}" RENAME TO "{name}"')

    def drop(self, name):
        """Remove a database and its filestore, if they are there; never somebody else's."""
        if self.exists(name):
            if not self.is_ours(name):
                raise LauncherError(
                    f"The database {name} at {self.server.host}:{self.server.port} was not made by "
                    f"this checkout ({paths.checkout()}), so it stays. Rename or drop it yourself, "
                    "or name another server by PGHOST and PGPORT."
                )
            self.server.query(f'DROP DATABASE "{name}" WITH (FORCE)')
        shutil.rmtree(self.filestore(name), ignore_errors=True)

    def filestore(self, name):
        """Return the folder with the database's attachments and compiled assets."""
        return self.data_dir / "filestore" / name

    def _configure(self, name):
        """Switch off query compilation, which takes longer than the queries themselves.

        What tests write may be lost with a crash, what somebody typed into the demo may not.
        """
        self.server.query(f'ALTER DATABASE "{name}" SET jit = off')
        if is_of_tests(name):
            self.server.query(f'ALTER DATABASE "{name}" SET synchronous_commit = off')

    def _order(self):
        """Return the clause for the German order of names, Ä beside A, where the server can."""
        if self._version() >= ICU_DATABASES and self._has("de-x-icu"):
            return "LOCALE_PROVIDER icu ICU_LOCALE 'de' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
        for locale in ("de_DE.utf8", "de_DE"):
            if self._has(locale):
                return f"LC_COLLATE '{locale}' LC_CTYPE '{locale}'"
        warn("This PostgreSQL knows no German order: Ä comes after Z. Others do (ICU, de_DE.utf8).")
        return ""

    def _version(self):
        return int(self.server.query("SHOW server_version_num")[0][0])

    def _has(self, collation):
        return bool(
            self.server.query("SELECT 1 FROM pg_collation WHERE collname = %s", [collation])
        )


def is_of_tests(name):
    """Return whether nobody would miss what is in the database, whatever its name begins with."""
    own = name.removeprefix(f"{paths.MODULE}_{paths.key()}_").removesuffix(PART)
    return own in OF_TESTS or own.startswith(OF_CHECKS)


def link_file(source, target):
    """Link a file that is never changed, or copy it where links are impossible."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
