from . import client
from . import client_death
from . import client_of_age
from . import consent
from . import contact
from . import household
from . import household_member
from . import case
