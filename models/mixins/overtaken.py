from odoo import api, fields, models
from odoo.exceptions import UserError

# What is compared; what is ticked twice is ticked, and the order of rows is nobody's words.
COMPARED = ("char", "text", "date", "datetime", "selection", "many2one")


class IntegrationOvertaken(models.AbstractModel):
    """What somebody else has changed meanwhile is not wiped without a word.

    The form says with each save what stood there when it was opened, and of each row that it
    deletes what it was. Whoever comes second is asked, and sees both
    (``static/src/dialogs/overtaken.js``).
    """

    _name = "integration.overtaken"
    _description = "Two Editors of One Record"

    def _check_overtaken(self, vals):
        """Refuse to write over values that are not those the form was opened with.

        :raises UserError: with the record and the names of the fields in its context
        """
        if len(self) != 1:
            return
        before = self._known_before()
        overtaken = [
            name
            for name in before
            if name in vals and self._as_sent(name) not in (before[name] or "", vals[name] or "")
        ]
        if overtaken:
            self._refuse_overtaken(
                overtaken,
                self.env._(
                    "Somebody else has changed this meanwhile: %s. Nothing was saved. Look at the "
                    "other version before yours takes its place.",
                    self._labels_in_order(overtaken),
                ),
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_overtaken(self):
        """Refuse to delete with a form what is not what the form has shown."""
        for record in self:
            before = record._known_before()
            overtaken = [name for name in before if record._as_sent(name) != (before[name] or "")]
            if overtaken:
                record._refuse_overtaken(
                    overtaken,
                    self.env._(
                        "Somebody else has changed meanwhile what is to be deleted: %s. Nothing "
                        "was saved. Look at the other version first.",
                        record._labels_in_order(overtaken),
                    ),
                )

    def _known_before(self):
        """Return what the form has shown of this record, as far as it is compared."""
        known = self.env.context.get("integration_known")
        before = known.get(f"{self._name},{self.id}") if isinstance(known, dict) else None
        return {
            name: value
            for name, value in (before.items() if isinstance(before, dict) else ())
            if name in self._fields and self._fields[name].type in COMPARED
        }

    def _as_sent(self, name):
        """Return the value of a field as a form sends it, and nothing for none."""
        field, value = self._fields[name], self[name]
        if field.type == "many2one":
            return value.id or ""
        if value and field.type in ("date", "datetime"):
            kind = fields.Date if field.type == "date" else fields.Datetime
            return kind.to_string(value)
        return value or ""

    def _labels_in_order(self, names):
        return ", ".join(self._fields[name]._description_string(self.env) for name in names)

    def _refuse_overtaken(self, names, message):
        """Refuse with fields alone, for it is logged; the form reads what stands there now."""
        error = UserError(message)
        error.context = {"integration_overtaken": [self._name, self.id, names]}
        raise error
