from . import test_agreement
from . import test_agreement_papers
from . import test_agreement_signing
from . import test_signing
from . import test_signing_brake
from . import test_signing_forged
from . import test_signing_ui
from . import test_whole_plan
