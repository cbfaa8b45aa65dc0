from . import import_mapping
from . import import_mapping_line
from . import import_batch
from . import import_batch_run
from . import import_batch_undo
from . import import_row
from . import import_row_read
from . import import_row_refused
