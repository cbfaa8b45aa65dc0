"""Make databases with the module: a template with what it depends on, copies with the module.

Every database is made under another name and renamed when it is finished, so whatever breaks
off half-way is made anew at the next start.
"""

from datetime import date
from pathlib import Path

from . import assets, locks, module_files, paths
from .postgres.databases import PART
from .processes import run
from .ui import LauncherError, step

TEMPLATE = "template"
# The same with the apps that agencies have beside the module, to be tried together.
TEMPLATE_APPS = "template_apps"
APPS = (
    "account",
    "base_automation",
    "calendar",
    "crm",
    "event",
    "im_livechat",
    "mass_mailing",
    "mass_mailing_sms",
    "portal",
    "privacy_lookup",
    "project",
    "sms",
    "snailmail",
    "survey",
    "website",
    "website_crm",
    "website_customer",
    "website_event",
    "website_mass_mailing",
    "website_partner",
)
WITH_APPS = ("test_apps",)
# The demo county as it was installed, to be copied by anyone who shows or tests it.
COUNTY = "county"
# Databases that are kept, whose compiled scripts and styles a new one can take over.
KEPT = ("test", "demo")
# Their tests open no browser.
UNSERVED = ("test_demo", "test_apps")
# Where the people and employers of most tests are built beforehand (tests/world.py).
WITH_WORLD = ("test", "test_apps")
# What most agencies have beside the module and the tests look at: it is installed for them.
BESIDE = {"test": ("calendar",), "bench_crm": ("crm",)}
LANGUAGE = "de_DE"
# The language of the source texts; Odoo switches it off in a database begun in another one.
SOURCE_LANGUAGE = "en_US"
INSIDE_ODOO = Path(__file__).parent / "inside_odoo"


def build_lock():
    """Return the context in which databases of this checkout are made or changed."""
    return locks.exclusive(paths.state() / "locks" / "build", "preparing the databases")


def current_stamp(environment, demo):
    """Return what a database made now would be stamped with."""
    world = {} if demo else {"world": module_files.world_hash()}
    return {
        **world,
        "checkout": str(paths.checkout()),
        "odoo": environment.odoo.version,
        "source": str(environment.odoo.package),
        "files": module_files.database_hash(),
        "assets": module_files.asset_hash(),
        "demo": demo,
    }


def create(environment, name, *, demo, fresh=False):
    """Create the database with the module, replacing one of that name.

    :param fresh: install the demo county anew as well, also if that was done today already
    """
    databases = environment.databases
    part = environment.name(name) + PART
    stamp = current_stamp(environment, demo)
    if demo:
        databases.copy(_county(environment, fresh), part)
    else:
        _install(environment, name, part, False)
    if name in WITH_WORLD:
        with step(f"Building what the tests begin with in the database {name}"):
            run_inside(environment, part, "build_world.py", paths.logs() / f"world-{name}.log")
    relatives = [environment.name(relative) for relative in (name, *KEPT)]
    assets.carry_over(databases, relatives, part)
    _compile_assets(environment, part, name)
    databases.set_stamp(part, stamp)
    databases.publish(part, environment.name(name))


def update(environment, name):
    """Bring an existing database up to date with the module's files."""
    real = environment.name(name)
    databases = environment.databases
    stamp = current_stamp(environment, databases.stamp(real)["demo"])
    # The stamp goes first: an update that breaks off is repeated.
    databases.set_stamp(real, {**stamp, "files": None})
    with step(f"Updating the module in the database {name}"):
        log = update_log(name)
        _odoo(environment, log, real, "-u", paths.MODULE)
        _ensure_installed(databases.server, real, log, stamp["demo"])
    _compile_assets(environment, real, name)
    databases.set_stamp(real, stamp)


def refresh_assets(environment, name):
    """Compile scripts and styles anew, where only those have changed."""
    real = environment.name(name)
    _compile_assets(environment, real, name)
    stamp = environment.databases.stamp(real)
    environment.databases.set_stamp(real, {**stamp, "assets": module_files.asset_hash()})


def install_log(name):
    """Return the log of the last installation into a database."""
    return paths.logs() / f"install-{name}.log"


def update_log(name):
    """Return the log of the last update of a database."""
    return paths.logs() / f"update-{name}.log"


def run_inside(environment, database, script, log=None):
    """Run one of our scripts in Odoo's shell."""
    with (INSIDE_ODOO / script).open() as source:
        run(
            environment.command("shell", "-d", database, "--no-http", "--log-level=warn"),
            what=f"{script} in the database {database}",
            log=log,
            stdin=source,
            env=environment.variables,
        )


def _county(environment, fresh):
    """Return the database with the demo county, made once a day: it tells of the last weeks."""
    databases = environment.databases
    real = environment.name(COUNTY)
    stamp = {**current_stamp(environment, demo=True), "assets": "", "day": date.today().isoformat()}
    if fresh or databases.stamp(real) != stamp:
        part = real + PART
        _install(environment, COUNTY, part, True)
        databases.set_stamp(part, stamp)
        databases.publish(part, real)
    return real


def _install(environment, name, part, demo):
    """Make the database ``part`` of what Odoo brings and the module."""
    databases = environment.databases
    with step(f"Copying what Odoo brings into the database {name}"):
        made = template_apps if name in WITH_APPS else template
        databases.copy(made(environment), part)
    contents = "the module with the demo county" if demo else "the module"
    with step(f"Installing {contents} into the database {name}"):
        if demo:
            _allow_demo_data(databases.server, part)
        flags = ["--with-demo"] if demo else []
        log = install_log(name)
        modules = ",".join([paths.MODULE, *BESIDE.get(name, ())])
        _odoo(environment, log, part, "-i", modules, *flags)
        _ensure_installed(databases.server, part, log, demo)


def template_apps(environment):
    """Return the database with the apps of Odoo beside which the module is tried, made once."""
    databases = environment.databases
    below, real = template(environment), environment.name(TEMPLATE_APPS)
    stamp = {**_template_stamp(environment), "apps": sorted(APPS)}
    if databases.stamp(real) == stamp:
        return real
    part = real + PART
    with step(f"Installing Odoo's apps ({', '.join(APPS)}) once"):
        databases.copy(below, part)
        _odoo(environment, install_log(TEMPLATE_APPS), part, "-i", ",".join(APPS))
    databases.set_stamp(part, stamp)
    databases.publish(part, real)
    return real


def _template_stamp(environment):
    depends = module_files.manifest().get("depends", [])
    return {
        "checkout": str(paths.checkout()),
        "source": str(environment.odoo.package),
        "depends": sorted({"base", "web", *depends}),
        "languages": [LANGUAGE, SOURCE_LANGUAGE],
    }


def template(environment):
    """Return the database with Odoo and the module's dependencies, made once."""
    databases = environment.databases
    real = environment.name(TEMPLATE)
    stamp = _template_stamp(environment)
    if databases.stamp(real) == stamp:
        return real
    part = real + PART
    with step(f"Installing Odoo's own modules ({', '.join(stamp['depends'])}) once"):
        databases.create(part)
        log = install_log(TEMPLATE)
        wanted = ",".join(stamp["depends"])
        _odoo(environment, log, part, "-i", wanted, f"--load-language={LANGUAGE}")
    _activate_languages(databases.server, part)
    set_parameters(databases.server, part, {"report.print_delay": "0"})
    databases.set_stamp(part, stamp)
    databases.publish(part, real)
    return real


def _odoo(environment, log, database, *arguments):
    run(
        environment.command("-d", database, *arguments, "--stop-after-init", "--no-http"),
        what=f"Odoo ({' '.join(arguments)})",
        log=log,
        env=environment.variables,
    )


def _allow_demo_data(server, database):
    """Let the module load its demo data although Odoo's own modules have none.

    Odoo asks for demo data in all dependencies; theirs would only clutter the demo county.
    """
    server.query(
        "UPDATE ir_module_module SET demo = true WHERE state = 'installed'", database=database
    )


def _ensure_installed(server, database, log, demo):
    """Check what Odoo left behind: it may skip a module, or its demo data, with a mere line."""
    rows = server.query(
        "SELECT state, demo FROM ir_module_module WHERE name = %s",
        [paths.MODULE],
        database=database,
    )
    state, has_demo = rows[0] if rows else ("unknown", False)
    if state != "installed":
        raise LauncherError(f"Odoo did not install the module (it is {state}); see {log}.")
    if demo and not has_demo:
        raise LauncherError(f"The demo county could not be loaded; see {log}.")
    if demo:
        server.query(
            "UPDATE ir_module_module SET demo = false WHERE name != %s",
            [paths.MODULE],
            database=database,
        )


def _activate_languages(server, database):
    """Check that German was loaded, and let people and tests choose English as well."""
    switch_on = "UPDATE res_lang SET active = true WHERE code = %s"
    server.query(switch_on, [SOURCE_LANGUAGE], database=database)
    active = "SELECT 1 FROM res_lang WHERE code = %s AND active"
    if not server.query(active, [LANGUAGE], database=database):
        raise LauncherError(f"Odoo did not load the language {LANGUAGE}.")


def set_parameters(server, database, values):
    """Set system parameters; only before Odoo runs, which keeps them in memory."""
    for key, value in values.items():
        server.query(
            "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [key, value],
            database=database,
        )


def _compile_assets(environment, database, name):
    if name in UNSERVED:
        return
    with step(f"Compiling scripts and styles for the database {name}"):
        run_inside(environment, database, "compile_assets.py", paths.logs() / f"assets-{name}.log")
