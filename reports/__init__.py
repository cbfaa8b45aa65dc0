from . import integration_figures
from . import integration_plan_sheet
from . import report_figures
