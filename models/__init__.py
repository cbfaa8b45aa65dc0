# From the bottom to the top: a room extends the rooms above it in this list, never those below.
from . import mixins  # isort: skip
from . import organisation  # isort: skip
from . import people  # isort: skip
from . import case  # isort: skip
from . import contact  # isort: skip
from . import plan  # isort: skip
from . import consent  # isort: skip
from . import assessment  # isort: skip
from . import disclosure  # isort: skip
from . import referral  # isort: skip
from . import signing  # isort: skip
from . import roles  # isort: skip
from . import access  # isort: skip
from . import beside  # isort: skip
from . import neighbours  # isort: skip
from . import day  # isort: skip
from . import figures  # isort: skip
