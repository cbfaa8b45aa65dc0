from . import appointment  # isort: skip
from . import office  # isort: skip
from . import language  # isort: skip
from . import signing  # isort: skip
from . import intake  # isort: skip
from . import network  # isort: skip
from . import figures  # isort: skip
