from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command


class IntegrationContact(models.Model):
    """What is checked and follows when a contact is entered or corrected."""

    _inherit = "integration.contact"

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        for vals in vals_list:
            self._name_persons(vals)
        return vals_list

    def _before_write(self, change):
        super()._before_write(change)
        if len(self) == 1:
            self._name_persons(change.vals)
        if "case_id" in change.names:
            self._check_stays_in_case(change.vals["case_id"])
        if "date" in change.names and not {"case_id", "municipality_id"} & change.names:
            change.before["follow"] = self.filtered(lambda c: c._is_where_its_case_was())
        if "topic_ids" in change.names and "area_ids" not in change.names:
            change.before["areas"] = {contact: contact.topic_ids.area_id for contact in self}

    def _after_write(self, change):
        super()._after_write(change)
        if {"date", "case_id", "cancelled", "person_ids", "client_ids"} & change.names:
            self._take_turns_with_closing()
        self._end_silences()
        for contact in change.before.get("follow", ()):
            there = contact.case_id._municipality_on(contact.date)
            if contact.municipality_id != there:
                contact.municipality_id = there
        # A talk is not about an area any more whose only topic was taken off it.
        for contact, before in change.before.get("areas", {}).items():
            gone = before - contact.topic_ids.area_id
            if gone & contact.area_ids:
                contact.area_ids -= gone

    def _created(self):
        super()._created()
        self._take_turns_with_closing()
        self._end_silences()

    def _end_silences(self):
        """Take back the tasks of silences that these talks have ended, in whoever's case."""
        # sudo: integration.contact - a person's own case may be a colleague's
        talks = self.sudo().filtered("is_talk")
        if talks:
            (talks.case_id | talks.person_ids.case_id)._end_silence_tasks()

    def _take_turns_with_closing(self):
        """Let no case be closed before this contact while it is being documented."""
        # sudo: integration.contact - a person's own case may be a colleague's; its turn alone
        contacts = self.sudo()
        (contacts.case_id | contacts.person_ids.case_id)._take_turns()

    def _name_persons(self, vals):
        """Write “Persons Present” as presences: the checks ask for them before any inverse."""
        if "client_ids" not in vals or "person_ids" in vals:
            return
        draft = self.new({"client_ids": vals.pop("client_ids")}, origin=self or None)
        chosen = draft.client_ids._origin
        rows = self.person_ids
        gone = rows.client_id._filtered_access("read") - chosen
        vals["person_ids"] = [Command.delete(row.id) for row in rows if row.client_id in gone] + [
            Command.create({"client_id": client.id}) for client in chosen - rows.client_id
        ]

    def _check_stays_in_case(self, case_id):
        """Refuse to move a contact with persons or notes to another case: they are of this one."""
        for contact in self:
            # sudo: integration.note - whether there is one, also where it cannot be read
            bound = contact.person_ids or contact.sudo().note_ids
            if bound and contact.case_id.id != case_id:
                raise UserError(
                    contact._about_file(
                        self.env._(
                            "the contact cannot be moved to another case; cancel it and enter "
                            "it there."
                        )
                    )
                )
