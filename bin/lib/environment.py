"""Everything an Odoo process needs: source, libraries, database server, configuration."""

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import cleanup, disk, odoo_source, paths, python_env, system_packages
from .odoo_source import OdooSource
from .postgres import server as pg_server
from .postgres.cluster import Cluster
from .postgres.databases import Databases

CONFIGURATION = """\
[options]
addons_path = {addons}
data_dir = {data}
db_host = {host}
db_port = {port}
db_user = {user}
db_template = template0
http_interface = 127.0.0.1
list_db = False
proxy_mode = False
"""
ODOO_SCRIPT = Path(__file__).parent / "inside_odoo" / "odoo_bin.py"
# Variables of the user's shell that would lead Odoo to something else.
MISLEADING = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "VIRTUAL_ENV", "OPENERP_SERVER")


@dataclass(frozen=True)
class Environment:
    """A place where Odoo runs."""

    odoo: OdooSource
    venv: Path
    databases: Databases

    @property
    def python(self):
        """Return the interpreter that has Odoo's libraries."""
        return self.venv / "bin" / "python"

    @property
    def configuration(self):
        """Return the configuration file for Odoo."""
        return paths.state() / "odoo.conf"

    @property
    def variables(self):
        """Return the environment variables for Odoo, with the right PDF program first in PATH."""
        programs = [*self.venv.glob("lib/python3*/site-packages/pydf/bin"), self.venv / "bin"]
        variables = {
            **os.environ,
            **self.databases.server.environment,
            "PATH": os.pathsep.join([*map(str, programs), os.environ.get("PATH", os.defpath)]),
            "PYTHONPATH": str(self.odoo.import_path()),
            # Compiled Python goes to the cache: faster starts, nothing written into the checkout.
            "PYTHONPYCACHEPREFIX": str(paths.cache() / "pycache"),
            "ODOO_RC": str(self.configuration),
            "HOME": _home(),
        }
        for name in MISLEADING:
            variables.pop(name, None)
        return variables

    def command(self, *arguments):
        """Return a command line of Odoo, which finds its settings by the variables.

        By a script: with ``--workers`` Odoo starts the file that it was started by once more.
        """
        return [self.python, ODOO_SCRIPT, *arguments]

    def name(self, database):
        """Return the real name of one of this checkout's databases."""
        return self.databases.server.database_name(database)


@contextmanager
def prepared(needs=system_packages.FOR_DEMO, *, strict=False):
    """Provide the environment, and stop the database server afterwards if nobody else uses it."""
    cleanup.forget_gone_checkouts()
    disk.ensure_room()
    odoo = odoo_source.find()
    venv = python_env.ensure()
    system_packages.ensure(needs, strict=strict)
    server = pg_server.named_by_environment()
    cluster = None if server else Cluster()
    try:
        databases = Databases(server or cluster.start())
        environment = Environment(odoo, venv, databases)
        _write_configuration(environment)
        yield environment
    finally:
        if cluster:
            cluster.release()


def _write_configuration(environment):
    server = environment.databases.server
    folders = [*environment.odoo.addons, paths.addons()]
    environment.databases.data_dir.mkdir(exist_ok=True)
    text = CONFIGURATION.format(
        addons=",".join(map(str, folders)),
        data=environment.databases.data_dir,
        host=server.host,
        port=server.port,
        user=server.user,
    )
    # Aside and renamed: another launcher may be reading it right now.
    aside = environment.configuration.with_suffix(f".{os.getpid()}")
    aside.write_text(text)
    aside.replace(environment.configuration)


def _home():
    """Return a home folder that can be written: browser and fonts keep their caches there."""
    home = os.environ.get("HOME", "")
    if home and os.access(home, os.W_OK):
        return home
    own = paths.cache() / "home"
    own.mkdir(exist_ok=True)
    return str(own)
