from . import test_assessment
from . import test_assessment_gate
from . import test_assessment_goal
from . import test_assessment_of_relative
from . import test_assessment_ui
from . import test_review
