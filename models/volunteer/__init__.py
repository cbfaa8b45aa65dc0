from . import volunteer_match
from . import volunteer_match_course
from . import group_offer
from . import group_offer_date
from . import service
from . import case
from . import consent
