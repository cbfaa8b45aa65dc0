import functools

from odoo import fields, models


def once(method):
    """Let a button of a dialog do its work once: whoever presses again gets the first answer.

    The answer of a saved dialog may get lost on its way, and a second press then comes for the
    same dialog: without this, it would make a second talk, family or review.
    """

    @functools.wraps(method)
    def press(dialog, *args, **kwargs):
        dialog.ensure_one()
        if dialog.once_done:
            return dialog.once_answer
        dialog._claim_once()
        answer = method(dialog, *args, **kwargs)
        # sudo: self - the dialog's own mark; what it did may have cost the right to open it
        dialog.sudo()._as_system().write({**dialog._typed_words(), "once_answer": answer or False})
        return answer

    press.works_once = True
    return press


class IntegrationOnce(models.AbstractModel):
    """Base of the dialogs whose buttons create or change something that counts.

    The buttons themselves bear ``@once``.
    """

    _name = "integration.once"
    _inherit = ["integration.door"]
    _description = "Dialog that Works Once"

    once_done = fields.Boolean(readonly=True, copy=False, export_string_translation=False)
    once_answer = fields.Json(readonly=True, copy=False, export_string_translation=False)

    def _claim_once(self):
        """Mark the dialog, at once in the database: a press at the same time waits here.

        Odoo then tries it anew, and it finds the mark. What is refused takes the mark back.
        """
        self._as_system().once_done = True
        self.flush_recordset(["once_done"])

    def _typed_words(self):
        """Return values that take back what was typed: words stay in the file, not in dialogs."""
        return {
            name: False
            for name, field in self._fields.items()
            if field.type in ("char", "text") and field.store and not field.required
            if not (field.compute or field.related)
        }

    def _system_field_names(self):
        return super()._system_field_names() | {"once_done", "once_answer"}

    def _locked_fields(self):
        # What is typed after the first press would be lost without a word.
        return frozenset(self._fields) if self.once_done else super()._locked_fields()

    def _locked_message(self, names):
        if not self.once_done:
            return super()._locked_message(names)
        return self.env._(
            "This was saved already; the answer got lost on the way. Close the window and change "
            "the rest in the record itself."
        )
