from . import bring_item
from . import appointment
from . import appointment_times
from . import appointment_gate
from . import appointment_course
from . import appointment_words
from . import case
from . import res_users
