from . import course_finish
from . import course_registration
from . import course_registration_line
