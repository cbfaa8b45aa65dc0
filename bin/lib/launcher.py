"""The frame around every launcher: signals, and failures shown as one clear message."""

import errno
import os
import sys

from . import disk
from .processes import Stopped, handle_signals
from .ui import LauncherError, say

# What the machine refuses; a traceback would not help.
PLAIN_ERRORS = {errno.EACCES, errno.EPERM, errno.EROFS}


def launch(main):
    """Run ``main`` with the command line's arguments and leave with its exit code."""
    handle_signals()
    try:
        code = main(sys.argv[1:])
    except LauncherError as error:
        say(f"\n{os.path.basename(sys.argv[0])}: {error}")
        _tell_of_full_disk(error)
        code = 1
    except Stopped as stopped:
        say("Stopped.")
        code = 128 + stopped.number
    except Exception as error:
        code = 1
        name = os.path.basename(sys.argv[0])
        if disk.is_full(error):
            say(f"\n{name}: {str(error).strip()}")
        elif isinstance(error, OSError) and error.errno in PLAIN_ERRORS:
            say(f"\n{name}: {error.strerror}: {error.filename or 'the cache'}")
        else:
            raise
        _tell_of_full_disk(error)
    sys.exit(code)


def _tell_of_full_disk(error):
    if disk.is_full(error):
        say(f"The disk is full. {disk.way_out()}")
