from . import test_activity_words
from . import test_appointments
from . import test_personal_and_numbering
from . import test_tied_records
