import re

from odoo import models
from odoo.exceptions import UserError

KEY = re.compile(r"[0-9a-z-]{1,64}")


class IntegrationSaveOnce(models.AbstractModel):
    """A new form is saved once, also if the answer got lost and the user presses again.

    The form sends a key of its own with each save (``static/src/dialogs/save_once.js``).
    """

    _name = "integration.save.once"
    _description = "Form that Is Saved Once"

    def web_save(self, vals, specification, next_id=None):
        """Create the record of a new form, or return the one that the same form created.

        :raises UserError: if something else is in the form now than in what was saved
        """
        key = self.env.context.get("integration_save_key")
        if self or not (isinstance(key, str) and KEY.fullmatch(key)):
            return super().web_save(vals, specification, next_id=next_id)
        mark = self.env["integration.save.key"]._claim(key, self._name, vals)
        if mark.res_id:
            return self._answer_again(mark, vals, specification, next_id)
        answer = super().web_save(vals, {} if next_id else specification)
        mark.res_id = answer[0]["id"]
        return self._read_saved(next_id, specification) if next_id else answer

    def _answer_again(self, mark, vals, specification, next_id):
        """Answer the second save of one form as the first was answered."""
        record = self.browse(mark.res_id).exists()
        if not record:
            raise UserError(
                self.env._("This was saved already and has been deleted since. Reload the page.")
            )
        if mark.digest != mark._digest(mark.key, vals):
            raise UserError(
                self.env._(
                    "%s was saved already; the answer got lost on the way. Copy what was typed "
                    "since, open the record and add it there.",
                    record.display_name,
                )
            )
        return self._read_saved(next_id or record.id, specification)

    def _read_saved(self, id_, specification):
        """Return what a save of record ``id_`` that changes nothing answers."""
        record = self.browse(id_)
        return super(IntegrationSaveOnce, record).web_save({}, specification)  # pylint: disable=super-method-mismatch
