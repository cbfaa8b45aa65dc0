from . import rating
from . import assessment
from . import assessment_line
from . import assessment_profile
from . import plan
from . import plan_line
from . import case
