from . import case_stage
from . import tile
from . import worker
from . import appointment
