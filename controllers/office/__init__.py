from . import office
