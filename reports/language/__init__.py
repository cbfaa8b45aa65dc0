from . import course_list
from . import course_list_paper
