from . import family_new
from . import arrival_import
