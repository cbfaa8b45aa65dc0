from . import signing
from . import signing_page
from . import signing_sign
from . import signing_agreement
from . import agreement_make
from . import agreement_make_line
