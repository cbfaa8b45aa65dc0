import io

from odoo import http
from odoo.http import request

from ..answers import file_answer


class IntegrationExportController(http.Controller):
    """Download of what somebody takes along."""

    @http.route("/integration/export/<int:dialog_id>", type="http", auth="user", readonly=True)
    def export(self, dialog_id):
        """Return the file that the own dialog asks for, made of what its author may read."""
        dialog = request.env["integration.export"].search([("id", "=", dialog_id)])
        if not dialog:
            # The same answer whether it does not exist or is somebody else's.
            return request.not_found()
        stream = io.BytesIO()
        name, mimetype = dialog._write_to(stream)
        return file_answer(stream.getvalue(), mimetype, name)
