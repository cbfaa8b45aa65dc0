from . import test_course_enrolment
from . import test_course_gate
from . import test_course_registration
from . import test_course_waiting
from . import test_language_level
from . import test_language_ui
