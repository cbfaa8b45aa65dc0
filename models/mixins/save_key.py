import hashlib
import json

from odoo import api, fields, models
from odoo.tools import SQL


class IntegrationSaveKey(models.TransientModel):
    """Which form made which record; kept for as long as an answer may be lost."""

    _name = "integration.save.key"
    _inherit = ["integration.door"]
    _description = "Key of a Saved Form"

    key = fields.Char(required=True)
    res_model = fields.Char(required=True)
    res_id = fields.Integer()
    digest = fields.Char(required=True)

    _key_uniq = models.UniqueIndex("(create_uid, key)")

    @api.model
    def _claim(self, key, model, vals):
        """Return the mark of the form ``key``: a new one, or that of its first save.

        A second save at the same time waits for the first. It is then tried anew by Odoo, and
        finds the mark.
        """
        # sudo: integration.save.key - the user's own, by her own key
        marks = self.sudo()
        found = self.env.execute_query(
            SQL(
                """INSERT INTO integration_save_key
                              (key, res_model, digest, create_uid, create_date, write_date)
                        VALUES (%s, %s, %s, %s, %s, %s)
                   ON CONFLICT (create_uid, key) DO NOTHING RETURNING id""",
                key,
                model,
                self._digest(key, vals),
                self.env.uid,
                self.env.cr.now(),
                self.env.cr.now(),
            )
        )
        if found:
            return marks.browse(found[0][0])
        mark = marks.search([("key", "=", key), ("create_uid", "=", self.env.uid)])
        return mark if mark.res_model == model else marks.browse()

    @api.model
    def _digest(self, key, vals):
        """Return what tells two sets of values apart without keeping any of them."""
        words = json.dumps(vals, sort_keys=True, default=str)
        return hashlib.sha256((key + words).encode()).hexdigest()
