from . import test_apps_automation
from . import test_apps_documents
from . import test_apps_mailing
from . import test_apps_privacy
from . import test_apps_routes
from . import test_malformed
from . import test_ordinary_activities
from . import test_ordinary_documents
