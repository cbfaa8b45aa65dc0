"""Clients of older databases are found by their names in other spellings as well."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Compute the keys of all names; the columns came with this version, or with other keys.

    :param version: the installed version; empty when the module is installed anew
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    clients = env["integration.client"].search([])
    for name in ("search_key", "search_sound", "search_phone"):
        env.add_to_compute(clients._fields[name], clients)
    clients.flush_recordset()
