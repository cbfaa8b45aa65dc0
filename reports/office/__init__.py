from . import office_notice
from . import office_rooms
