from . import test_ordinary_documents
from . import test_ordinary_activities
from . import test_malformed
