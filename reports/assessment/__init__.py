from . import assessment_sheet
