from . import test_incident
from . import test_house_visit
from . import test_safety_ui
