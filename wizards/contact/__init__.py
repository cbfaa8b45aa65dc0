from . import contact_quick
