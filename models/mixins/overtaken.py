from odoo import models
from odoo.exceptions import UserError


class IntegrationOvertaken(models.AbstractModel):
    """Words that somebody else has changed meanwhile are not wiped without a word.

    The form says with each save what stood there when it was opened. Whoever comes second is
    asked, and sees both (``static/src/dialogs/overtaken.js``).
    """

    _name = "integration.overtaken"
    _description = "Two Editors of One Record"

    def _check_overtaken(self, vals):
        """Refuse to write over words that are not those the form was opened with.

        The refusal names fields alone, for it is logged; the form reads what stands there now.

        :raises UserError: with the record and the names of the fields in its context
        """
        known = self.env.context.get("integration_known")
        if not isinstance(known, dict) or len(self) != 1:
            return
        before = known.get(f"{self._name},{self.id}")
        overtaken = [
            name
            for name in (before if isinstance(before, dict) else ())
            if name in vals
            and name in self._fields
            and self._fields[name].type in ("char", "text")
            and (self[name] or "") not in (before[name] or "", vals[name] or "")
        ]
        if overtaken:
            labels = ", ".join(
                self._fields[name]._description_string(self.env) for name in overtaken
            )
            error = UserError(
                self.env._(
                    "Somebody else has changed this meanwhile: %s. Nothing was saved. Look at the "
                    "other version before yours takes its place.",
                    labels,
                )
            )
            error.context = {"integration_overtaken": [self._name, self.id, overtaken]}
            raise error
