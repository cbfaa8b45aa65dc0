from . import course_list
