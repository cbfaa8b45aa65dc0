from . import signing
from . import signing_page
from . import signing_sign
