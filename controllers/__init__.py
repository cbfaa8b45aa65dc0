from . import signing  # isort: skip
from . import figures  # isort: skip
