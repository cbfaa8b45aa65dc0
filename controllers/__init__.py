from . import integration_report
from . import integration_signing
