from . import integration_county_loader  # isort: skip
from . import integration_county_preset
from . import integration_county_preset_line
from . import integration_employer_settings
from . import integration_plan_agree
from . import integration_plan_review_wizard
from . import integration_family_new
from . import integration_family_new_line
from . import integration_contact_quick
from . import integration_case_close
from . import integration_case_reopen
from . import integration_report_wizard
from . import integration_first_steps
from . import integration_case_share
from . import integration_case_glass
from . import integration_case_visibility
from . import integration_case_visibility_line
from . import integration_user_roles
