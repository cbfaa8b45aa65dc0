from . import test_day
from . import test_worker
