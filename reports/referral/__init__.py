from . import referral_slip
from . import service_slip
from . import directory_paper
