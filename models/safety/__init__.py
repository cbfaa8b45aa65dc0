from . import incident
from . import house_visit
from . import house_visit_overdue
from . import case
from . import client
from . import appointment
from . import res_company
