# Bases first: the others inherit from them.
from . import base
from . import plausible
from . import overtaken
from . import door
from . import ir_default
from . import logged
from . import once
from . import secured
from . import references
from . import in_file
from . import evidence
from . import ledger
from . import monthly_count
from . import signed_paper
from . import master_guard
from . import master
from . import needs_consent
