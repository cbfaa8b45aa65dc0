from odoo import api, fields, models
from odoo.tools import format_date

from ..mixins.door import SYSTEM


class IntegrationContact(models.Model):
    """What was corrected leaves a trace, for whoever works in the file."""

    _inherit = "integration.contact"

    change_ids = fields.One2many("integration.contact.change", "contact_id", string="Corrections")

    def _for_create(self):
        return super()._for_create().with_context(integration_traced=SYSTEM)

    def _for_write(self):
        return super()._for_write().with_context(integration_traced=SYSTEM)

    def _before_write(self, change):
        super()._before_write(change)
        change.before["traced"] = self._traced()

    def _after_write(self, change):
        super()._after_write(change)
        self._note_changes(change.before["traced"])

    def _traced(self):
        """Return {contact: {field: what it says}}, in the words of the trace."""
        # sudo: integration.contact - also persons whose file is a colleague's, by number
        return {contact: contact._traced_words() for contact in self.sudo()}

    def _traced_words(self):
        return {name: self._words_of(name) for name in self._traced_fields()}

    @api.model
    def _traced_fields(self):
        """Return the fields that somebody fills in, of whatever room, and who was there."""
        return ["person_ids"] + [
            name
            for name, field in self._fields.items()
            if field.store
            and not field.readonly
            and field.type != "one2many"
            and name not in models.MAGIC_COLUMNS
        ]

    def _words_of(self, name):
        """Return what a field says, without the name of a client."""
        field, value = self._fields[name], self[name]
        if name == "person_ids":
            return ", ".join(sorted(value.client_id.mapped("file_number")))
        if field.relational:
            names = value.with_context(integration_show_name=False).mapped("display_name")
            return ", ".join(sorted(names))
        if field.type == "date":
            return format_date(self.env, value) if value else ""
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value) or ""
        if name == "time_start":
            return f"{int(value)}:{round(value % 1 * 60):02}"
        return str(value or "")

    def _note_changes(self, before):
        """Note what says something else now than ``before``."""
        rows = []
        for contact, words in before.items():
            now = contact._traced_words()
            for name, former in words.items():
                if now[name] != former:
                    rows.append(contact._change_vals(name, former, now[name]))
        self._add_changes(rows)

    def _change_vals(self, name, former="", value=""):
        """Return a row of the trace; of words it says that they were changed, and not more."""
        if name in self._fields and self._fields[name].type == "text":
            former = value = ""
        return {
            "contact_id": self.id,
            "user_id": self.env.uid,
            "field": name,
            "former": former,
            "value": value,
        }

    def _add_changes(self, rows):
        if rows:
            # sudo: integration.contact.change - the trace of what was allowed just now
            self.env["integration.contact.change"].sudo()._as_system().create(rows)

    def _is_being_written(self):
        """Return whether the contact itself is on its way through the door, and notes it all."""
        return self.env.context.get("integration_traced") is SYSTEM
