from . import test_busy_calls
from . import test_plans
