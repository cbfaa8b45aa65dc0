from . import test_arrival
from . import test_arrival_clearing
from . import test_arrival_family
from . import test_arrival_walls
