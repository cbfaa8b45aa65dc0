import functools

from odoo import api, fields, models
from odoo.fields import Command

# What a column that must hold words says once they are gone
NOTHING = "–"


def once(method):
    """Let a button of a dialog do its work once: whoever presses again gets the first answer.

    The answer of a saved dialog may get lost on its way, and a second press then comes for the
    same dialog: without this, it would make a second talk, family or review.
    """

    @functools.wraps(method)
    def press(dialog, *args, **kwargs):
        dialog.ensure_one()
        if dialog.once_done:
            return dialog._answer_to_show(dialog.once_answer)
        dialog._claim_once()
        answer = method(dialog, *args, **kwargs)
        # sudo: self - the dialog's own mark; what it did may have cost the right to open it
        dialog.sudo()._forget_typed(answer or False)
        return dialog._answer_to_show(answer)

    press.works_once = True
    return press


def has_worked(dialog):
    """Return whether the button of ``dialog``, or of what it is a line of, has done its work."""
    parents = [
        dialog[field.name]
        for field in dialog._fields.values()
        if field.type == "many2one" and dialog.env[field.comodel_name]._transient
    ]
    return any("once_done" in each._fields and each.once_done for each in (dialog, *parents))


class IntegrationOnce(models.AbstractModel):
    """Base of the dialogs whose buttons create or change something that counts.

    The buttons themselves bear ``@once``.
    """

    _name = "integration.once"
    _inherit = ["integration.door"]
    _description = "Dialog that Works Once"

    # What a dialog still shows when it is done
    _shown_when_done = frozenset()

    once_done = fields.Boolean(readonly=True, copy=False, export_string_translation=False)
    once_answer = fields.Json(readonly=True, copy=False, export_string_translation=False)

    def _claim_once(self):
        """Mark the dialog, at once in the database: a press at the same time waits here.

        Odoo then tries it anew, and it finds the mark. What is refused takes the mark back.
        """
        self._as_system().once_done = True
        self.flush_recordset(["once_done"])

    def _answer_to_show(self, kept):
        """Return the answer, completed by what must not be kept for whoever presses again."""
        return kept

    def _forget_typed(self, answer):
        """Keep the first answer and nothing of what was typed: words stay in the file."""
        dialog = self._as_system()
        for field in self._fields.values():
            if field.name in self._shown_when_done:
                continue
            if field.type == "one2many" and field.store and not field.related:
                lines = dialog[field.name]
                if lines._transient:
                    lines.unlink()
        dialog.write({**self._typed_words(), "once_answer": answer})

    def _typed_words(self):
        """Return values that take back what was typed or chosen from lists.

        A column that must hold words gets a dash.
        """
        typed = {}
        for name, field in self._fields.items():
            if not field.store or field.compute or field.related:
                continue
            if name in self._shown_when_done:
                continue
            if field.type in ("char", "text"):
                typed[name] = NOTHING if field.required else False
            elif field.type == "many2many":
                typed[name] = [Command.clear()]
        return typed

    def _system_field_names(self):
        return super()._system_field_names() | {"once_done", "once_answer"}

    def _locked_fields(self):
        # What is typed after the first press would be lost without a word.
        return frozenset(self._fields) if self.once_done else super()._locked_fields()

    def _locked_message(self, names):
        return self._told_done() if self.once_done else super()._locked_message(names)

    @api.model
    def _told_done(self):
        return self.env._(
            "This was saved already; the answer got lost on the way. Close the window and change "
            "the rest in the record itself."
        )
