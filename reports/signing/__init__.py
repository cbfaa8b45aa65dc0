from . import signing_paper
