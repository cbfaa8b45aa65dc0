from . import test_role_change
