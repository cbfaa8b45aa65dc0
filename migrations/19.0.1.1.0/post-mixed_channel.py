"""Messenger and e-mail became two channels, as only the messenger asks for a consent of its own."""

import logging

from odoo import SUPERUSER_ID, api

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    """Take the mixed channel out of use; contacts that name it keep it.

    :param version: the installed version; empty when the module is installed anew
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
    mixed = env.ref("integration_management.channel_messenger_email", raise_if_not_found=False)
    if not mixed or not mixed.active:
        return
    if mixed.name != "Messenger or e-mail" or mixed.write_uid.id != SUPERUSER_ID:
        _logger.warning(
            "The channel %s is one of your own now. If it is for messengers, let it ask for that "
            "consent (Configuration, Channels).",
            mixed.code,
        )
    elif mixed._filtered_used():
        mixed.active = False
    else:
        mixed.unlink()
