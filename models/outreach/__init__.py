from . import res_company
from . import res_users
from . import arrival
from . import arrival_twice
from . import arrival_visit
from . import arrival_result
from . import arrival_clearing
