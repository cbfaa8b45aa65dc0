from . import test_demo_network
from . import test_meeting
from . import test_meeting_walls
from . import test_nameless
from . import test_network_contact
from . import test_network_figures
from . import test_meeting_calendar
from . import test_meeting_ui
