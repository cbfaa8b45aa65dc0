from . import test_told_as_time_goes_by
