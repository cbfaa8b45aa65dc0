from . import release
from . import agreement
from . import agreement_sheet
from . import plan
from . import plan_line
from . import client
from . import case
from . import ir_http
