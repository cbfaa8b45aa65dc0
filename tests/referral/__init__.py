from . import test_directory
from . import test_guard_rail_counts
from . import test_guard_rails
from . import test_referral
from . import test_referral_papers
from . import test_referral_ui
