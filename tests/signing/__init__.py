from . import test_signing
from . import test_signing_brake
from . import test_signing_forged
from . import test_signing_ui
