from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ...tools import local_today

MINUTES_A_DAY = 24 * 60


class IntegrationContact(models.Model):
    """The countable facts of one contact; the words of the talk live in notes.

    A contact without case is an unnamed talk: nobody of whom there is a file or consent.
    """

    _name = "integration.contact"
    _inherit = ["integration.in.file", "integration.secured"]
    _description = "Contact"
    _order = "date desc, id desc"
    _check_company_auto = True
    _open_with_case = True
    _content_fields = frozenset({"note_text"})
    _fixed_fields = frozenset({"company_id"})

    case_id = fields.Many2one(
        "integration.case",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Where the contact is documented; empty for an unnamed talk.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        required=True,
        index=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Held By",
        required=True,
        check_company=True,
        default=lambda self: self.env.user,
        help="The talk counts for the worker who held it, not for who typed it.",
    )
    municipality_id = fields.Many2one(
        "integration.municipality",
        compute="_compute_municipality_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        ondelete="restrict",
    )
    # When and how
    date = fields.Date(required=True, default=lambda self: local_today(self.env))
    time_start = fields.Float(string="Time")
    duration = fields.Integer(string="Minutes", help="Duration in minutes.")
    channel_id = fields.Many2one(
        "integration.channel", required=True, ondelete="restrict", check_company=True
    )
    reached = fields.Boolean(default=True, help="Whether the contact reached somebody.")
    cancelled = fields.Boolean(help="A cancelled contact counts nowhere.", copy=False)
    is_talk = fields.Boolean(
        compute="_compute_is_talk",
        store=True,
        precompute=True,
        help="Reached somebody, on a channel that counts as talk, and was not cancelled.",
    )
    # Who
    person_ids = fields.One2many("integration.contact.person", "contact_id", string="Presences")
    client_ids = fields.Many2many(
        "integration.client",
        string="Persons Present",
        compute="_compute_client_ids",
        inverse="_inverse_client_ids",
        search="_search_client_ids",
    )
    unnamed_count = fields.Integer(string="Further Persons", help="Present without a file.")
    person_count = fields.Integer(compute="_compute_person_count", string="Persons")
    interpreter_used = fields.Boolean(string="With Interpreter")
    # What about
    topic_ids = fields.Many2many(
        "integration.topic",
        "integration_contact_topic_rel",
        "contact_id",
        "topic_id",
        string="Topics",
        check_company=True,
        context={"active_test": False},
    )
    area_ids = fields.Many2many(
        "integration.area",
        "integration_contact_area_rel",
        "contact_id",
        "area_id",
        string="Life Areas",
        compute="_compute_area_ids",
        store=True,
        readonly=False,
        check_company=True,
        context={"active_test": False},
    )
    note_ids = fields.One2many("integration.note", "contact_id", string="Notes")
    note_text = fields.Text(
        string="Note", compute="_compute_note_text", help="The notes the reader may read."
    )

    # The official figures read talks of a period per worker or per employer.
    _user_date_idx = models.Index("(user_id, date)")
    _company_date_idx = models.Index("(company_id, date DESC, id DESC)")
    _case_date_idx = models.Index("(case_id, date DESC) WHERE case_id IS NOT NULL")

    @api.depends("case_id")
    def _compute_company_id(self):
        for contact in self:
            contact.company_id = (
                contact.case_id.company_id or contact.company_id or self.env.company
            )

    @api.depends("case_id")
    def _compute_municipality_id(self):
        # Not on the day: another place may have been chosen by hand, see _before_write().
        for contact in self:
            case = contact.case_id
            there = case and case._municipality_on(contact.date)
            contact.municipality_id = there or contact.municipality_id

    @api.depends("reached", "cancelled", "channel_id.counts_as_talk")
    def _compute_is_talk(self):
        for contact in self:
            contact.is_talk = (
                contact.reached and not contact.cancelled and contact.channel_id.counts_as_talk
            )

    @api.depends("person_ids.client_id")
    @api.depends_context("uid")
    def _compute_client_ids(self):
        """Show whom the reader may read: a relative's file may have gone to a colleague."""
        present = {contact: contact.person_ids for contact in self if not contact.id}
        if stored := self - self.browse().union(*present):
            # With the client at once: a list of them would be looked up first, and then read.
            persons = self.env["integration.contact.person"].search_fetch(
                [("contact_id", "in", stored.ids)], ["contact_id", "client_id"]
            )
            present.update(persons.grouped("contact_id"))
        nobody = self.env["integration.contact.person"]
        readable = nobody.union(*present.values()).client_id._filtered_access("read")
        for contact in self:
            contact.client_ids = present.get(contact, nobody).client_id & readable

    def _inverse_client_ids(self):
        """Write the presences of those the writer may read; the others stay."""
        readable = self.person_ids.client_id._filtered_access("read")
        for contact in self:
            gone = contact.person_ids.filtered(
                lambda p, c=contact: p.client_id in readable - c.client_ids
            )
            new = contact.client_ids - contact.person_ids.client_id
            contact.person_ids = [Command.delete(person.id) for person in gone] + [
                Command.create({"client_id": client.id}) for client in new
            ]

    def _search_client_ids(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented  # the ORM negates the answer to the opposite
        found = Domain("person_ids.client_id", operator, value)
        if operator == "in" and False in value:
            found |= Domain("person_ids", "=", False)
        return found

    @api.depends("person_ids", "unnamed_count")
    def _compute_person_count(self):
        for contact in self:
            contact.person_count = len(contact.person_ids) + contact.unnamed_count

    @api.onchange("date")
    def _onchange_date_municipality(self):
        """Follow the case to where it was on the corrected day, unless it took place elsewhere."""
        before = self._origin
        if before.case_id and before._is_where_its_case_was():
            self.municipality_id = before.case_id._municipality_on(self.date)

    def _is_where_its_case_was(self):
        """Return whether the contact took place in the municipality of its case on that day."""
        self.ensure_one()
        return self.case_id and self.municipality_id == self.case_id._municipality_on(self.date)

    @api.depends("topic_ids")
    def _compute_area_ids(self):
        for contact in self:
            # In a form: what a topic brought along goes with it, see also _after_write().
            topics = contact.topic_ids._origin
            gone = (contact._origin.topic_ids - topics).area_id - topics.area_id
            contact.area_ids = contact.area_ids._origin - gone | topics.area_id

    @api.depends("person_ids.case_id")
    def _compute_in_my_files(self):
        return super()._compute_in_my_files()

    def _known_files(self):
        """Leave it to the query which of those in closed files have the reader's client present."""
        return self._at_hand()._lying_open()

    @api.model
    def _in_my_files_domain(self):
        """Add the talks documented elsewhere at which a client of the reader was present."""
        case_ids = self._open_to_me("case_id")
        # sudo: integration.contact.person - ids for the rule itself
        persons = self.env["integration.contact.person"].sudo()
        present = persons._search(Domain("case_id", "in", case_ids)).subselect("contact_id")
        return Domain("case_id", "in", case_ids) | Domain("id", "in", present)

    @api.depends("note_ids")
    @api.depends_context("uid")
    def _compute_note_text(self):
        notes = self.env["integration.note"].search_fetch(
            [("contact_id", "in", self.ids)], ["contact_id", "body"], order="id"
        )
        texts = notes.grouped("contact_id")
        for contact in self:
            contact.note_text = "\n".join(
                note.body for note in texts.get(contact._origin, notes.browse())
            )

    @api.depends("case_id.file_number", "date")
    def _compute_display_name(self):
        for contact in self:
            # sudo: integration.case - the neutral number; the talk may stand in a colleague's file
            number = contact.case_id.sudo().file_number or self.env._("Unnamed talk")
            contact.display_name = f"{number}, {format_date(self.env, contact.date)}"

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("duration", "unnamed_count")
    def _check_numbers(self):
        for contact in self:
            if not 0 <= contact.duration <= MINUTES_A_DAY:
                raise ValidationError(
                    contact._about_file(
                        self.env._("the duration must lie between 0 minutes and 24 hours.")
                    )
                )
            if not 0 <= contact.unnamed_count <= 1000:
                raise ValidationError(
                    contact._about_file(
                        self.env._("the number of further persons must lie between 0 and 1000.")
                    )
                )

    @api.constrains("time_start")
    def _check_time(self):
        for contact in self:
            if not 0 <= contact.time_start < 24:
                raise ValidationError(
                    contact._about_file(self.env._("the time must lie between 0:00 and 23:59."))
                )

    @api.constrains("date", "case_id")
    def _check_date(self):
        today = local_today(self.env)
        for contact in self:
            case = contact.case_id
            if contact.date > today:
                raise ValidationError(
                    contact._about_file(
                        self.env._(
                            "a contact is documented after it took place; the date lies in "
                            "the future."
                        )
                    )
                )
            if case and contact.date < case.date_start:
                raise ValidationError(
                    contact._about_file(
                        self.env._(
                            "the contact lies before the start of the case (%s).",
                            format_date(self.env, case.date_start),
                        )
                    )
                )
            if case.date_end and contact.date > case.date_end:
                raise ValidationError(
                    contact._about_file(
                        self.env._(
                            "the contact lies after the end of the case (%s).",
                            format_date(self.env, case.date_end),
                        )
                    )
                )

    # Not on is_talk: computed while the presences of the same save are still being written.
    @api.constrains(
        "reached", "cancelled", "channel_id", "person_ids", "unnamed_count", "case_id", "date"
    )
    def _check_persons(self):
        for contact in self:
            if contact.person_ids and not contact.case_id:
                raise ValidationError(
                    contact._about_file(
                        self.env._("a talk with named persons belongs to a case; choose it.")
                    )
                )
            if contact.is_talk and not contact.person_ids and not contact.unnamed_count:
                raise ValidationError(
                    contact._about_file(self.env._("choose who was present, or untick “Reached”."))
                )
            contact._check_alive()
            if not contact.reached and (contact.person_ids or contact.unnamed_count):
                raise ValidationError(
                    contact._about_file(
                        self.env._("nobody can be present in a contact that reached nobody.")
                    )
                )

    def _check_alive(self):
        """Refuse to name somebody in a talk after her death, in whoever's file it stands."""
        self.ensure_one()
        # sudo: integration.client - a relative's own case may be a colleague's
        for client in self.person_ids.client_id.sudo():
            died = client.case_ids.filtered(lambda case: case.closure_reason_id.kind == "death")
            ended = died and min(died.mapped("date_end"))
            if ended and ended < self.date:
                raise ValidationError(
                    client._about_file(
                        self.env._(
                            "the case ended on %s by the client's death; a later talk cannot name "
                            "her or him. Untick the person, or correct the end.",
                            format_date(self.env, ended),
                        )
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_documented(self):
        raise UserError(self.env._("Contacts are not deleted. Tick “Cancelled” instead."))

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _about_file(self, text):
        """Return ``text`` with file number (or “unnamed talk”) and date in front."""
        return self.env._("%(contact)s: %(text)s", contact=self.display_name, text=text)
