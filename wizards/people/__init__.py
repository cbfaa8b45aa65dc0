from . import base_partner_merge
from . import family_person
from . import family_new
from . import family_new_line
