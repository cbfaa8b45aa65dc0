from . import county_loader
from . import county_preset
from . import county_preset_line
from . import employer_settings
from . import first_steps
