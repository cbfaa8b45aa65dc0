from . import family_new
