from odoo import api, fields, models
from odoo.exceptions import UserError

from ..consent.gate import Ask


class IntegrationContact(models.Model):
    """Who interpreted in a contact, or why nobody did."""

    _inherit = "integration.contact"

    interpreting_ids = fields.One2many(
        "integration.contact.interpreter", "contact_id", string="Interpreters"
    )
    # Of contacts from before the pool it stays as it was ticked: only rows are followed.
    interpreter_used = fields.Boolean(
        compute="_compute_interpreter_used", store=True, readonly=False, precompute=True
    )
    no_interpreter_reason = fields.Selection(
        [
            ("shared", "The worker speaks the language"),
            ("declined", "Not wanted by the client"),
            ("missing", "Nobody was available"),
        ],
        string="Why without Interpreter",
        help="Where one is needed. The first two are no gap.",
    )

    @api.depends("interpreting_ids")
    def _compute_interpreter_used(self):
        for contact in self:
            contact.interpreter_used = bool(contact.interpreting_ids)

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            if vals.get("interpreting_ids"):
                # It follows, and a form may have sent what was ticked before.
                vals["interpreter_used"] = True
        return vals_list

    def _created(self):
        # First: that a child interpreted is no question of consent.
        self._interpreting()._check_whole()
        super()._created()

    def _before_write(self, change):
        super()._before_write(change)
        if "duration" in change.names:
            # Whoever interpreted all of it still does when the length is corrected.
            change.before["whole"] = self._interpreting().filtered(
                lambda row: row.minutes == row.contact_id.duration
            )

    def _after_write(self, change):
        told = "interpreting_ids" in change.names
        if "interpreter_used" in change.names or told:
            self._check_interpreter_used()
        for row in change.before.get("whole", ()):
            if not told and row.minutes != row.contact_id.duration:
                row.minutes = row.contact_id.duration
        if told or {"duration", "date", "reached", "person_ids", "client_ids"} & change.names:
            self._interpreting()._check_whole()
        super()._after_write(change)

    def _check_interpreter_used(self):
        """Refuse to say that nobody interpreted as long as somebody is named."""
        for contact in self:
            if contact.interpreting_ids and not contact.interpreter_used:
                raise UserError(
                    contact._about_file(
                        self.env._(
                            "somebody is named who interpreted. Remove the row, and “With "
                            "Interpreter” is unticked with it."
                        )
                    )
                )

    def _interpreting(self):
        """Return the rows of these contacts; where nobody interpreted nothing is asked."""
        return self.filtered("interpreter_used").interpreting_ids

    # ------------------------------------------------------------
    # Gate and trace
    # ------------------------------------------------------------

    def _asks_file(self):
        """Ask for the consents of a family one of whom interpreted: that is of the file."""
        asks = super()._asks_file()
        # sudo: integration.contact - as in the room of consent
        for row in self.sudo()._interpreting():
            if row.kind == "relative":
                clients = row.contact_id.case_id.client_id | row.relative_id
                asks |= {Ask(client, "file") for client in clients}
        return asks

    @api.model
    def _traced_fields(self):
        return [*super()._traced_fields(), "interpreting_ids"]

    def _words_of(self, name):
        if name == "interpreting_ids":
            return ", ".join(row._in_words() for row in self._interpreting())
        return super()._words_of(name)
