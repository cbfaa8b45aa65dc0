from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL, format_date

CONTACTS_SHOWN = 40


class IntegrationCase(models.Model):
    """The contacts, presences and notes of a case."""

    _inherit = "integration.case"

    contact_ids = fields.One2many("integration.contact", "case_id", string="Contacts")
    presence_ids = fields.One2many("integration.contact.person", "case_id", string="Presences")
    note_ids = fields.One2many("integration.note", "case_id", string="Notes")
    recent_contact_ids = fields.Many2many(
        "integration.contact", string="Recent Contacts", compute="_compute_contacts"
    )
    contact_count = fields.Integer(compute="_compute_contacts", string="Number of Contacts")

    @api.depends("contact_ids", "presence_ids")
    @api.depends_context("uid")
    def _compute_contacts(self):
        contacts = self.env["integration.contact"]
        for case in self:
            # Two sets of ids: with one or the other asked of each, all contacts would be read.
            of_case = Domain("case_id", "in", case.ids)
            # sudo: integration.contact - ids for a search that keeps the rules itself
            own = contacts.sudo()._search(of_case)
            present = self.env["integration.contact.person"]._search(of_case)
            contact_id = SQL.identifier(present.table, "contact_id")
            ids = SQL("(%s UNION %s)", own.select(), present.select(contact_id))
            domain = Domain("id", "in", ids)
            recent = contacts.search_fetch(domain, limit=CONTACTS_SHOWN)
            count = len(recent) if len(recent) < CONTACTS_SHOWN else contacts.search_count(domain)
            case.recent_contact_ids, case.contact_count = recent, count

    def action_new_contact(self):
        """Open the dialog that documents a contact, with this case filled in."""
        return self._dialog("integration_contact_quick_action")

    def _new_contact(self, clients):
        """Open the dialog that documents a contact, with ``clients`` present."""
        return self._dialog(
            "integration_contact_quick_action", default_client_ids=[Command.set(clients.ids)]
        )

    def action_open_contacts(self):
        """List the contacts documented in this case or with its client present."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_contact_action"
        )
        return dict(
            action,
            domain=self._contact_domain(),
            context={"default_case_id": self.id, "integration_show_name": True},
        )

    def _contact_domain(self):
        return ["|", ("case_id", "in", self.ids), ("person_ids.case_id", "in", self.ids)]

    def _after_write(self, change):
        super()._after_write(change)
        if "date_start" in change.names:
            self._check_starts_before_contacts()

    def _check_starts_before_contacts(self):
        """Refuse a start behind a contact that was documented already.

        :raises UserError: naming the day of the first one
        """
        for case in self:
            earlier = case.contact_ids.filtered(
                lambda c, start=case.date_start: c.date < start and not c.cancelled
            )
            if earlier:
                raise UserError(
                    self.env._(
                        "File %(number)s: there is a contact on %(date)s, before the start. "
                        "Choose an earlier start or correct that contact.",
                        number=case.file_number,
                        date=format_date(self.env, min(earlier.mapped("date"))),
                    )
                )

    def _check_can_close(self, date_end):
        """Refuse an end before a contact; see the base for the rest."""
        super()._check_can_close(date_end)
        contacts = self.contact_ids | self.presence_ids.contact_id
        later = contacts.filtered(lambda c: c.date > date_end and not c.cancelled)
        if later:
            raise UserError(
                self.env._(
                    "File %(number)s: there is a contact on %(date)s, after the end. "
                    "Choose a later end or correct that contact.",
                    number=self.file_number,
                    date=format_date(self.env, max(later.mapped("date"))),
                )
            )
