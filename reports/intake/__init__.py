from . import export_pack
from . import export_people
from . import export_tables
