from . import integration_paper  # isort: skip
from . import integration_consent_form_paper
from . import integration_consent_notice_paper
from . import integration_disclosure_paper
from . import integration_disclosure_register
from . import integration_figures
from . import integration_plan_sheet
from . import integration_release_paper
from . import integration_signing_paper
from . import report_figures
