from . import test_reader
from . import test_export
from . import test_import
from . import test_import_undo
from . import test_import_ui
