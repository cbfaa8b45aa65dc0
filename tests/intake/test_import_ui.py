from odoo.tests import tagged

from ..product.ui_common import ConsoleCase
from .test_import import ImportCommon

ACTION = "integration_management.integration_import_batch_action"


@tagged("post_install", "-at_install")
class TestImportUi(ImportCommon, ConsoleCase):
    """In a browser: each step of an import shows what it is about."""

    def test_preview_shows_the_rows(self):
        batch = self._batch("Muster;Eva;3.2.1990;;;;")
        batch.action_read()
        self._see(
            f"/odoo/action-{ACTION}/{batch.id}",
            self.worker_a,
            ("[name=column_ids] .o_data_row", "Nachname"),
            ("button[name=action_preview]", ""),
            ("[name=row_ids] .o_data_row", "Muster"),
            ("button[name=action_read]", ""),
            ("[name=column_ids] .o_data_row", "Nachname"),
        )
