from . import disclosure_paper
from . import disclosure_register
from . import release_paper
