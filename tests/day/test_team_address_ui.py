from odoo.tests import tagged

from ..common import IntegrationCommon
from ..product.ui_common import ConsoleCase


@tagged("post_install", "-at_install")
class TestTeamAddressUi(IntegrationCommon, ConsoleCase):
    """The list of the team opens by its address as by its menu."""

    def test_address_shows_the_team_before_the_menu_was_used(self):
        self.assertFalse(self.env["integration.worker"].search([]))
        self._see("/odoo/integration-team", self.lead_a, (".o_data_row", self.worker_a.name))
