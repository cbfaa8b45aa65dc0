from . import integration_report
