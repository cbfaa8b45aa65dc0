"""A PostgreSQL server, own or named by the user, and the connections to it."""

import os
import site
from dataclasses import dataclass

from .. import paths, python_env
from ..ui import LauncherError

OLDEST = 130000
ICU_DATABASES = 150000


@dataclass(frozen=True)
class Server:
    """How to reach a server; passwords stay where libpq finds them (PGPASSWORD, ~/.pgpass)."""

    host: str
    port: int
    user: str
    own: bool = False

    @property
    def environment(self):
        """Return the variables that lead PostgreSQL's own tools to this server."""
        return {"PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user}

    def connect(self, database=None):
        """Return a connection on which every statement counts at once."""
        psycopg2 = _driver()
        connection = psycopg2.connect(
            host=self.host,
            port=self.port,
            user=self.user,
            dbname=database or self.maintenance_database,
            connect_timeout=10,
            application_name="launcher",
        )
        connection.autocommit = True
        return connection

    @property
    def maintenance_database(self):
        """Return a database that is always there to talk to the server."""
        return "postgres" if self.own else os.environ.get("PGDATABASE", "postgres")

    def answers(self):
        """Return whether the server can be talked to."""
        try:
            self.connect().close()
        except _driver().Error:
            return False
        return True

    def query(self, statement, parameters=(), *, database=None):
        """Run one statement and return its rows, if it has any."""
        connection = self.connect(database)
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters or None)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def database_name(self, name):
        """Return the name of a database of this checkout.

        On a shared server checkouts are told apart by the name; only the demo's is fixed.
        """
        return name if self.own or name == "demo" else f"{paths.MODULE}_{paths.key()}_{name}"


def named_by_environment():
    """Return the server named by PGHOST, or None; refuse one that Odoo cannot work with."""
    if not os.environ.get("PGHOST"):
        return None
    import getpass

    server = Server(
        host=os.environ["PGHOST"],
        port=int(os.environ.get("PGPORT") or 5432),
        user=os.environ.get("PGUSER") or getpass.getuser(),
    )
    where = f"PostgreSQL at {server.host}:{server.port}"
    if server.user == "postgres":
        raise LauncherError(
            "Odoo refuses to work as the database user 'postgres'. Create a role with the right "
            "to create databases and name it by PGUSER."
        )
    try:
        connection = server.connect()
    except _driver().Error as error:
        raise LauncherError(f"{where} (named by PGHOST) does not answer: {error}".strip()) from None
    version = connection.server_version
    connection.close()
    if version < OLDEST:
        raise LauncherError(f"{where} is too old: version 13 or newer is needed.")
    rights = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    if not server.query(rights)[0][0]:
        raise LauncherError(f"{where}: the role {server.user} may not create databases.")
    return server


def _driver():
    """Return psycopg2 from our own environment; the launcher itself runs on any Python 3."""
    try:
        import psycopg2
    except ImportError:
        (packages,) = (python_env.ensure() / "lib").glob("python3*/site-packages")
        site.addsitedir(str(packages))
        import psycopg2
    return psycopg2
