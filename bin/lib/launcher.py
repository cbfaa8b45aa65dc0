"""The frame around every launcher: signals, and failures shown as one clear message."""

import errno
import os
import sys

from .processes import Stopped, handle_signals
from .ui import LauncherError, say

# What the machine refuses; a traceback would not help.
PLAIN_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS}


def launch(main):
    """Run ``main`` with the command line's arguments and leave with its exit code."""
    handle_signals()
    try:
        code = main(sys.argv[1:])
    except LauncherError as error:
        say(f"\n{os.path.basename(sys.argv[0])}: {error}")
        code = 1
    except Stopped as stopped:
        say("Stopped.")
        code = 128 + stopped.number
    except OSError as error:
        if error.errno not in PLAIN_ERRORS:
            raise
        say(f"\n{os.path.basename(sys.argv[0])}: {error.strerror}: {error.filename or 'the cache'}")
        code = 1
    sys.exit(code)
