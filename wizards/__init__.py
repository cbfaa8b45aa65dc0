from . import organisation  # isort: skip
from . import people  # isort: skip
from . import case  # isort: skip
from . import contact  # isort: skip
from . import plan  # isort: skip
from . import signing  # isort: skip
from . import access  # isort: skip
from . import figures  # isort: skip
