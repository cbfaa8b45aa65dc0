from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class IntegrationContact(models.Model):
    """Whom a talk can name once a family is no longer what it was."""

    _inherit = "integration.contact"

    def _check_alive(self):  # pylint: disable=missing-return
        super()._check_alive()
        # sudo: integration.client - a relative's file may be a colleague's
        for client in self.person_ids.client_id.sudo():
            if client.date_death and client.date_death < self.date:
                raise ValidationError(
                    client._about_file(
                        self.env._(
                            "the person died on %s; a later talk cannot name her or him. Untick "
                            "the person, or correct the day.",
                            format_date(self.env, client.date_death),
                        )
                    )
                )
        self._check_not_parted()

    def _check_not_parted(self):
        """Refuse to write a talk with somebody alone into the file of whom she has parted from.

        What she says from then on is read in her own file only; where both are present, both
        know what was said.

        :raises ValidationError: naming her by the file number
        """
        # sudo: integration.case - who is accompanied in it, and lived there once
        case = self.case_id.sudo()
        # sudo: integration.client - as above, of persons who may be a colleague's
        persons = self.person_ids.client_id.sudo()
        if not case or persons & case.client_id or persons & case.member_ids:
            return
        homes = case.client_id.household_member_ids
        here = homes._valid_on(self.date).household_id
        for person in persons:
            rows = person.household_member_ids
            shared = rows.household_id & homes.household_id
            if shared and not (here & rows._valid_on(self.date).household_id):
                last = max(
                    (row.date_to for row in rows if row.household_id in shared and row.date_to),
                    default=None,
                )
                if last and last < self.date:
                    raise ValidationError(
                        person._about_file(
                            self.env._(
                                "this person no longer lives with the client of the case. Write "
                                "the talk into her or his own case."
                            )
                        )
                    )
