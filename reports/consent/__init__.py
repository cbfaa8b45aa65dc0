from . import consent_form_paper
from . import consent_notice_paper
