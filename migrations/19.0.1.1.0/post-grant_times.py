"""The times of mandates are remembered, for figures of a grant period told of them stay told."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Remember the times of all mandates, as if they had been entered together.

    Nobody can say which of them were moved before.

    :param version: the installed version; empty when the module is installed anew
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    mandates = env["integration.mandate"].with_context(active_test=False)
    mandates.search([], order="date_start, id")._record_times()
