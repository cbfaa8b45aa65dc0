from . import family_event
from . import family_birth
from . import family_marriage
from . import family_separation
from . import family_death
from . import family_of_age
