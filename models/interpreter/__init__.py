from . import interpreter
from . import contact_interpreter
from . import contact_interpreter_check
from . import contact
from . import client
from . import interpreter_count
