"""The demo county: three employers, twelve users, and eighteen months of work up to today.

Everything is invented and the same on every load, counted back from today. Records are
made as the worker who would make them, so that gate, walls and assignments are real.
"""

from random import Random

from .access.sharing import share_files
from .case.course import Course
from .concern.concerns import create_concerns
from .consent.notices import Notices
from .contact.office_hours import create_office_hours
from .interpreter.pool import Pool
from .network.network import create_network
from .office.hours import create_hours
from .office.visitors import create_visitors
from .organisation.county import MODULE, County
from .outreach.arrivals import create_arrivals
from .papers.papers import enter_papers
from .past import move_to_the_past
from .people.family import Family
from .people.households import read_households
from .referral import directory
from .safety import incidents
from .signing.sheets import make_sheets
from .volunteer.volunteers import find_volunteers, open_language_cafe

SEED = "Bodensee"


def build(env, households=None):
    """Fill the companies and users of the demo with work.

    :param households: the families to build; those of households.csv by default
    """
    _load_terms(env)
    county = County(env)
    county.load_mandates()
    directory.complete(county)
    county.pool = Pool(county)
    county.notices = Notices(county)
    county.notices.publish()
    for household in read_households() if households is None else households:
        rng = Random(f"{SEED}-{household.number}")
        family = Family(county, rng, household)
        family.enter()
        Course(family).run()
        incidents.warn(family)
        find_volunteers(family)
        # Here, as the superuser: else the next worker's first look would write it, in her name
        env.flush_all()
    sessions = create_hours(county)
    create_office_hours(county, Random(SEED), sessions)
    create_arrivals(county)
    county.pool.part()
    create_concerns(county)
    create_network(county)
    open_language_cafe(county)
    env.flush_all()
    move_to_the_past(county)
    create_visitors(county, sessions)
    share_files(county)
    make_sheets(county)
    enter_papers(county)
    env["integration.deadline"]._collect()
    env["integration.guard.rail.count"]._cron_count()


def _load_terms(env):
    """Load the terms of shipped rows, which agreements freeze: Odoo does so after the demo."""
    languages = [code for code, _name in env["res.lang"].get_installed()]
    env["ir.module.module"]._load_module_terms([MODULE], languages)
    env.invalidate_all()


def is_built(env):
    """Return whether the demo county is there already."""
    company = env.ref(f"{MODULE}.demo_company_friedrichshafen")
    clients = env["integration.client"].with_context(active_test=False)
    return bool(clients.search_count([("company_id", "=", company.id)], limit=1))
