from . import contact_quick
from . import contact_quick_referral
from . import contact_quick_appointment
from . import contact_quick_interpreter
from . import contact_quick_draft
from . import contact_quick_typed
