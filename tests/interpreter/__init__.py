from . import test_interpreter
from . import test_contact_interpreter
from . import test_contact_quick_interpreter
from . import test_interpreter_count
from . import test_interpreter_ui
