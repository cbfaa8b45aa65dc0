from . import test_disclosure_gate
from . import test_disclosure_register
from . import test_disclosure_rules
from . import test_release
from . import test_withdrawal_recipients
