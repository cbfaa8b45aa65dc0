from . import test_concern
from . import test_concern_walls
from . import test_concern_file
from . import test_concern_clearing
from . import test_concern_counts
from . import test_concern_role
from . import test_concern_ui
