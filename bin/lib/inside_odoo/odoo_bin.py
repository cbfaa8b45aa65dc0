"""Odoo's command line as a script: what Odoo starts once more has to be a file."""

import sys

# Beside this file lie scripts of ours, which Odoo must not take for libraries.
sys.path.pop(0)

from odoo.cli.command import main  # noqa: E402

main()
