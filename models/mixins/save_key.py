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
        id_ = self._insert(key, model, vals)
        if id_ is not None:
            # sudo: integration.save.key - see _own()
            return self.sudo().browse(id_)
        mark = self._own(key)
        return mark if mark.res_model == model else mark.browse()

    @api.model
    def _is_first(self, key, model, vals):
        """Return whether the form ``key`` is saved for the first time; see above."""
        return self._insert(key, model, vals) is not None

    @api.model
    def _is_same(self, key, model, vals):
        """Return whether the form ``key`` was saved with the very same values."""
        mark = self._own(key)
        return mark.res_model == model and mark.digest == self._digest(key, vals)

    @api.model
    def _own(self, key):
        # sudo: integration.save.key - the user's own, by her own key
        return self.sudo().search([("key", "=", key), ("create_uid", "=", self.env.uid)])

    @api.model
    def _insert(self, key, model, vals):
        """Return the id of a new mark, None if the form has one already."""
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
        return found[0][0] if found else None

    @api.model
    def _digest(self, key, vals):
        """Return what tells two sets of values apart without keeping any of them."""
        words = json.dumps(vals, sort_keys=True, default=str)
        return hashlib.sha256((key + words).encode()).hexdigest()
