from . import test_day
from . import test_worker
from . import test_team_address_ui
