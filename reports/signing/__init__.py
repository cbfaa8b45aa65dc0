from . import signing_paper
from . import agreement_paper
