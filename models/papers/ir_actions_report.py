import re

from odoo import api, models

OURS = "integration_management."
PICTURE = re.compile(rb"<img\b[^>]*?\bsrc=([\"'])data:image/[a-z+]+;base64,([^\"']*)\1[^>]*>")


class IrActionsReport(models.Model):
    """An employer without a logo has none on our papers either, whatever the layout.

    Odoo gives each employer a picture that says “Your logo”, and its layouts print it.
    """

    _inherit = "ir.actions.report"

    @api.model
    def _render_template(self, template, values=None):
        page = super()._render_template(template, values)
        if not str(template).startswith(OURS):
            return page
        placeholder = self.env["res.company"]._get_logo()
        return PICTURE.sub(
            lambda found: b"" if found.group(2) == placeholder else found.group(), page
        )
