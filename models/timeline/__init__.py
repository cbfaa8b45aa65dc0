from . import case
