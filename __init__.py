from . import controllers, log_filter, models, reports, wizards
from .demo import loader
from .hooks import uninstall_hook

log_filter.install()
