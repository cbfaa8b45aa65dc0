"""Reads everything that somebody can read, in whatever model, and looks for foreign words."""

import json

from odoo.exceptions import UserError

from ..product.thirds import due
from .walls_count import count
from .walls_table import allowed
from .walls_words import SECRET

# Technical models without a word of anybody
TECHNICAL = (
    "ir.ui.",
    "ir.model",
    "ir.module",
    "ir.actions",
    "ir.asset",
    "ir.rule",
    "res.country",
    "res.lang",
    "res.currency",
    "base.language",
    "base.module",
    "web_tour",
    "base_import",
)
PER_MODEL = 150


class ScanProbes:
    """Mixin of the matrix: needs its world."""

    def test_nobody_reads_a_foreign_word(self):
        """Not in her own rows either, whatever they refer to, copy or compute."""
        for role, user in self.users.items():
            heard = set()
            with self.acting(user), self._short_errors():
                for name in sorted(self.env.registry):
                    if self.env[name]._abstract or name.startswith(TECHNICAL):
                        continue
                    if due("scan", role, name):
                        heard |= {(name, word) for word in self._read_all(role, name)}
            with self.subTest(role):
                self.assertEqual(sorted(heard), [])

    def _read_all(self, role, name):
        """Return the closed words in all rows of a model that the user can read."""
        model = self.env[name].with_context(active_test=False, integration_show_name=True)
        self.env.invalidate_all()
        try:
            rows = model.search([], limit=PER_MODEL, order="id desc")
            names = [
                field
                for field, data in model.fields_get([], ["type"]).items()
                if data["type"] != "binary"
            ]
        except UserError:
            return set()
        text = ""
        for field in names:
            try:
                text += json.dumps(rows.read([field]), default=str)
            except UserError:
                # One closed field must not hide the others.
                text += ""
            count("fields read", len(rows))
        return self.closed_words(role, text)

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def role_of(self, user):
        return next(role for role, other in self.users.items() if other.id == user.id)

    def closed_words(self, role, text):
        """Return what ``text`` holds that ``role`` may not know, as (file, model, field)."""
        return {
            (kit.tag, key, name)
            for kit, key, name in map(self.words.__getitem__, set(map(int, SECRET.findall(text))))
            if not self._may_know(role, kit, key, name)
        }

    def _may_know(self, role, kit, key, name):
        situation = self.file_situation(role, kit)
        if kit.tag == "other" and key in self.dialogs["other"]:
            return False
        if "read" in allowed(key, role, situation):
            return True
        # Her name stands on the card as well.
        on_card = key == "res.partner" and name in ("name", "complete_name")
        return on_card and "read" in allowed("integration.client.card", role, situation)
