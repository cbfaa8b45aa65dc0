from . import report_figures
