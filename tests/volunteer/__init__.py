from . import test_volunteer_match
from . import test_group_offer
from . import test_volunteer_ui
