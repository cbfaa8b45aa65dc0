from . import test_archived_choices
from . import test_branches
from . import test_county_preset
from . import test_employer
from . import test_mandate
from . import test_master_data
