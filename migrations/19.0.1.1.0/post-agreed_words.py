"""Plans that are agreed already get their words frozen as they stand now."""

from odoo import SUPERUSER_ID, api

BATCH = 500


def migrate(cr, version):
    """Freeze the words of every plan that was agreed before there were frozen words.

    :param version: the installed version; empty when the module is installed anew
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    ids = env["integration.plan"].search([("date_agreed", "!=", False)], order="id").ids
    for start in range(0, len(ids), BATCH):
        env["integration.agreement"]._freeze(env["integration.plan"].browse(ids[start:][:BATCH]))
        env.flush_all()
        env.invalidate_all()
