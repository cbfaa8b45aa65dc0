from . import contact_quick
from . import office_cancel
