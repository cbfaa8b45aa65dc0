from . import test_activity_words
from . import test_appointment_addresses
from . import test_appointment_documents
from . import test_appointment_paths
from . import test_appointment_ties
from . import test_appointments
from . import test_personal_and_numbering
from . import test_tied_records
