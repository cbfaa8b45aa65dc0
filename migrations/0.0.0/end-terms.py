"""Screens, menus and labels speak of the new version in every language.

Runs whenever the version moves. Odoo keeps what stands there in another language, even beside a
source text that has changed: an update leaves old words beside new ones.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Load the translations of the module anew; rows that belong to the offices are left alone.

    :param version: the installed version; empty when the module is installed anew
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.ref("base.module_integration_management")._update_translations(overwrite=True)
