from . import test_signing
from . import test_signing_forged
from . import test_signing_ui
