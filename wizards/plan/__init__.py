from . import plan_agree
from . import plan_review_rated
from . import plan_review_wizard
from . import plan_review_wizard_line
from . import plan_review_wizard_rating
