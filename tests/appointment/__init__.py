from . import test_appointment
from . import test_appointment_gate
from . import test_appointment_course
from . import test_appointment_contact
from . import test_appointment_calendar
from . import test_appointment_told
from . import test_appointment_ui
