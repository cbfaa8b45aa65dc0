from . import test_arrival
from . import test_arrival_clearing
from . import test_arrival_concurrent
from . import test_arrival_family
from . import test_arrival_figures
from . import test_arrival_import
from . import test_arrival_ui
from . import test_arrival_walls
