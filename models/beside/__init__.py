from . import beside
from . import ir_actions_server
from . import ir_http
from . import mail_compose_message
from . import res_partner
