"""Odoo's command line, so that the chosen tests run after everything has been loaded.

Odoo runs the tests of a module as soon as that is loaded, before the modules above it are: its own
would never meet ours. Here all of them wait, those for later with those for then. What needs a
browser is left out and named in the log, or run alone, as a variable says: it takes longest.
"""

import os
import sys
from unittest import SkipTest

# Beside this file lie scripts of ours, which Odoo must not take for libraries.
sys.path.pop(0)

from odoo.cli.command import main  # noqa: E402
from odoo.tests import loader  # noqa: E402
from odoo.tests.common import HttpCase  # noqa: E402
from odoo.tests.suite import OdooSuite  # noqa: E402


def _make_suite(names, position="at_install"):
    if position == "at_install":
        return OdooSuite()
    names = list(names)
    return OdooSuite([*_of_position(names, "at_install"), *_of_position(names, position)])


def _no_browser(*_arguments, **_options):
    raise SkipTest("needs a browser")


def _is_without_assets(_suite):
    return False


_of_position = loader.make_suite
loader.make_suite = _make_suite
if not os.environ.get("INTEGRATION_SUITES_BROWSER"):
    HttpCase.browser_js = _no_browser
# Scripts and styles are compiled beforehand where a browser looks at them.
OdooSuite.has_http_case = _is_without_assets

main()
