from . import case_glass
from . import case_share
from . import case_visibility
from . import case_visibility_line
from . import user_roles
