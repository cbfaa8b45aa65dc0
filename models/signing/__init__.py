from . import release
from . import client
from . import case
from . import ir_http
