from . import plan_sheet
