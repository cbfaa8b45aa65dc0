from . import organisation  # isort: skip
from . import plan  # isort: skip
from . import assessment  # isort: skip
from . import consent  # isort: skip
from . import disclosure  # isort: skip
from . import referral  # isort: skip
from . import signing  # isort: skip
from . import figures  # isort: skip
