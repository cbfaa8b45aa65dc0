from . import role_change
from . import res_users
from . import res_company
from . import res_groups
