from . import case_close
from . import case_pause
from . import case_reopen
from . import case_transfer
