from . import test_deadline
from . import test_plan
from . import test_plan_left_open
from . import test_plan_of_the_family
from . import test_plan_ui
from . import test_plan_versions
from . import test_plan_walls
