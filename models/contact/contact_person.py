from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class IntegrationContactPerson(models.Model):
    """One client present in one contact.

    Persons, families and silence are counted on these rows. Case and household are those
    of the day of the talk, so that a later separation or hand-over changes no past figure.
    """

    _name = "integration.contact.person"
    _inherit = ["integration.in.file", "integration.secured"]
    _description = "Presence in a Contact"
    _order = "date desc, id desc"
    _needs_file_consent = True
    _open_with_case = True
    _check_company_auto = True

    contact_id = fields.Many2one(
        "integration.contact", required=True, index=True, ondelete="cascade", check_company=True
    )
    client_id = fields.Many2one(
        "integration.client", required=True, ondelete="restrict", check_company=True
    )
    case_id = fields.Many2one(
        "integration.case",
        compute="_compute_situation",
        store=True,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
    )
    household_id = fields.Many2one(
        "integration.household",
        compute="_compute_household_id",
        store=True,
        precompute=True,
        ondelete="restrict",
        check_company=True,
        index="btree_not_null",
    )
    # Dimensions of the contact, denormalised for the figures
    company_id = fields.Many2one(related="contact_id.company_id", store=True, precompute=True)
    municipality_id = fields.Many2one(
        related="contact_id.municipality_id", store=True, precompute=True
    )
    user_id = fields.Many2one(related="contact_id.user_id", store=True, precompute=True)
    date = fields.Date(related="contact_id.date", store=True, precompute=True)
    is_talk = fields.Boolean(related="contact_id.is_talk", store=True, precompute=True)

    _contact_client_uniq = models.Constraint(
        "UNIQUE(contact_id, client_id)", "A person is present only once in a contact."
    )
    # Silence of a case; persons and families of a period by worker and by employer.
    _case_date_idx = models.Index("(case_id, date DESC) WHERE is_talk")
    _client_date_idx = models.Index("(client_id, date)")
    _user_date_idx = models.Index("(user_id, date, client_id, household_id) WHERE is_talk")
    _company_date_idx = models.Index("(company_id, date, client_id, household_id) WHERE is_talk")

    @api.depends("contact_id.case_id")
    def _compute_in_my_files(self):
        return super()._compute_in_my_files()

    @api.model
    def _in_my_files_domain(self):
        case_ids = self._open_to_me("case_id")
        # sudo: integration.contact - ids for the rule itself
        contacts = self.env["integration.contact"].sudo()
        here = contacts._search(Domain("case_id", "in", case_ids)).subselect("id")
        return Domain("case_id", "in", case_ids) | Domain("contact_id", "in", here)

    @api.depends("client_id", "contact_id.date", "contact_id.case_id")
    def _compute_situation(self):
        """Set the case as of the day of the talk.

        It is the client's own on that day, else the one the talk is documented in.
        """
        for person in self:
            day = person.contact_id.date
            # sudo: integration.client - the own case of a family member may be a colleague's
            client = person.client_id.sudo()
            own = client.case_ids.filtered(
                lambda case, day=day: (
                    day and case.date_start <= day and (not case.date_end or case.date_end >= day)
                )
            )
            # sudo: integration.case - which case it is, to be compared alone
            here = own & person.contact_id.case_id.sudo()
            person.case_id = here or own[:1] or person.contact_id.case_id

    @api.depends(
        "client_id.household_member_ids.household_id",
        "client_id.household_member_ids.date_from",
        "client_id.household_member_ids.date_to",
        "contact_id.date",
    )
    def _compute_household_id(self):
        """Set the household as of the day of the talk, also if it is entered later.

        Else one family would count twice: alone, and from the next talk on as a household.
        """
        for person in self:
            day = person.contact_id.date
            # sudo: integration.client - a household may have members of a colleague's files
            members = person.client_id.sudo().household_member_ids
            person.household_id = members._valid_on(day).household_id if day else False

    @api.constrains("contact_id", "client_id")
    def _check_contact(self):
        """Ask the contact, for a presence may be written by itself."""
        self.contact_id._check_persons()

    @api.depends("contact_id", "client_id.file_number")
    def _compute_display_name(self):
        for person in self:
            number = person.client_id.file_number or ""
            person.display_name = f"{number}, {format_date(self.env, person.date)}"

    # ------------------------------------------------------------
    # A presence written by itself is a correction of its contact
    # ------------------------------------------------------------

    def _created(self):
        super()._created()
        self._note_presence(now=True)

    def _before_write(self, change):
        super()._before_write(change)
        change.before["traced"] = self.contact_id._traced() if self._is_traced_here() else {}

    def _after_write(self, change):
        super()._after_write(change)
        self.contact_id._note_changes(change.before["traced"])

    def unlink(self):
        self._note_presence(now=False)
        return super().unlink()

    def _is_traced_here(self):
        return not self.contact_id._is_being_written()

    def _note_presence(self, now):
        """Note who was added to the contacts, or taken off them, unless the contacts do so."""
        if not self or not self._is_traced_here():
            return
        rows = []
        # sudo: integration.contact.person - numbers of whoever was there
        for person in self.sudo():
            number = person.client_id.file_number
            told = ("", number) if now else (number, "")
            rows.append(person.contact_id._change_vals("person_ids", *told))
        self.contact_id._add_changes(rows)
