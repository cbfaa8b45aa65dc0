from . import base
from . import case
from . import employers_own
from . import ir_embedded_actions
from . import ir_filters
from . import ir_rule
from . import mail_scheduled_message
from . import secured
