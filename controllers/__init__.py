from .figures import report
from .signing import signing
