from . import quality
from . import report_wizard
