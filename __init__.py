from . import controllers, domain_guard, log_filter, models, reports, wizards
from .demo import loader
from .hooks import uninstall_hook

domain_guard.install()
log_filter.install()
