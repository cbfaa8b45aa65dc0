from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...models.consent.consent import PURPOSES
from ...tools import local_today

AGREED = ("paper", "all", "oral")


class IntegrationFamilyNewLine(models.TransientModel):
    """One person of a new family."""

    _name = "integration.family.new.line"
    _inherit = ["integration.secured"]
    _description = "Person of a New Family"
    _order = "sequence, id"

    wizard_id = fields.Many2one(
        "integration.family.new", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    birthdate = fields.Date()
    gender = fields.Selection(
        [("female", "Female"), ("male", "Male"), ("diverse", "Diverse"), ("unknown", "Unknown")],
        default="unknown",
        required=True,
    )
    role = fields.Selection(
        [
            ("adult", "Adult"),
            ("partner", "Spouse or Partner"),
            ("child", "Child"),
            ("parent", "Parent"),
            ("sibling", "Brother or Sister"),
            ("other", "Other"),
        ],
        compute="_compute_role",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    nationality_id = fields.Many2one("res.country")
    language_ids = fields.Many2many("integration.language", string="Languages")
    is_minor = fields.Boolean(compute="_compute_is_minor")
    consent = fields.Selection(
        [
            ("paper", "Yes, on paper"),
            ("all", "Yes to everything, on paper"),
            ("oral", "Yes, orally"),
            ("refused", "No"),
            ("later", "Not asked yet"),
        ],
        # Never preset: nobody has consented until somebody says so (Art. 4 no. 11 GDPR).
        help="“Yes” means the counselling file; “to everything” also sharing with colleagues, "
        "transfer on hand-over, messenger and health data, as ticked on the form. For a minor the "
        "first adult of the list with consent counts as guardian.",
    )
    witness = fields.Char(help="Required for a consent given orally.")
    has_case = fields.Boolean(
        string="Own Case",
        compute="_compute_has_case",
        store=True,
        precompute=True,
        readonly=False,
        help="Otherwise the person is accompanied in the case of the family.",
    )
    present = fields.Boolean(
        compute="_compute_present", store=True, precompute=True, readonly=False
    )
    client_id = fields.Many2one("integration.client", readonly=True)

    @api.depends("birthdate", "wizard_id.talk", "wizard_id.date", "wizard_id.date_start")
    def _compute_is_minor(self):
        """Ask for the first day, of which the consents are: somebody may be of age since."""
        today = local_today(self.env)
        for line in self:
            day = line.wizard_id._first_day() if line.wizard_id else today
            # As the client will be asked: born on 29 February, of age on 1 March (§ 188 BGB)
            person = self.env["integration.client"].new({"birthdate": line.birthdate})
            line.is_minor = person._is_minor(day or today)

    @api.depends("birthdate")
    def _compute_role(self):
        for line in self:
            if line.is_minor:
                line.role = "child"
            elif not line.role or line.role == "child":
                line.role = "adult"

    @api.depends("birthdate")
    def _compute_has_case(self):
        """Propose an own case for adults."""
        for line in self:
            line.has_case = not line.is_minor

    @api.depends("birthdate", "consent")
    def _compute_present(self):
        """Propose presence for adults with consent."""
        for line in self:
            line.present = not line.is_minor and line.consent in AGREED

    @api.depends("sequence")
    def _compute_display_name(self):
        # Odoo names records in its error messages: never by what was typed.
        for line in self:
            line.display_name = self.env._("Person %s", line.sequence)

    def _create_client(self, household):
        """Create the client's card and her membership in the household."""
        self.ensure_one()
        wizard = self.wizard_id
        contact_data = {
            name: wizard[name]
            for name in ("phone", "street", "zip", "city")
            if wizard[name] and not (name == "phone" and self.is_minor)
        }
        self.client_id = self.env["integration.client"].create(
            {
                "name": self.name,
                "company_id": wizard.company_id.id,
                "birthdate": self.birthdate,
                "gender": self.gender,
                "language_ids": [Command.set(self.language_ids.ids)],
                "interpreter_needed": wizard.interpreter_used,
                **contact_data,
            }
        )
        self.env["integration.household.member"].create(
            {
                "household_id": household.id,
                "client_id": self.client_id.id,
                "role": self.role,
                "date_from": wizard._first_day(),
            }
        )

    def _create_consents(self):
        """Record each decision; a minor's guardian is the first adult who consented."""
        asked = self.filtered(lambda line: line.consent != "later")
        adults = asked.filtered(lambda line: not line.is_minor and line.consent != "refused")
        vals_list = []
        # Adults first, for they are the guardians of the minors.
        for line in asked.sorted("is_minor"):
            if line.is_minor and line.consent != "refused" and not adults:
                raise UserError(
                    self.env._(
                        "A minor needs a guardian who consents. Enter an adult with consent, or "
                        "choose “Not asked yet” and record the consent with the guardian's "
                        "name later."
                    )
                )
            common = {
                "client_id": line.client_id.id,
                "decision": "refused" if line.consent == "refused" else "given",
                "form": "oral" if line.consent == "oral" else "paper",
                "witness": line.witness,
                "interpreter": line.wizard_id.interpreter,
                "date": line.wizard_id._first_day(),
                "guardian_id": adults[:1].client_id.id if line.is_minor else False,
                "notice_id": line._notice().id if line.consent != "refused" else False,
            }
            vals_list += [dict(common, purpose=purpose) for purpose in line._purposes()]
        self.env["integration.consent"].create(vals_list)
        # More than the card, so only now, and of those who consented.
        for line in asked.filtered(lambda line: line.consent != "refused"):
            line.client_id.nationality_ids = line.nationality_id

    def _check_decided(self):
        """Refuse to take silence for a consent, or for none.

        :raises UserError: naming the persons by their place in the list
        """
        open_places = [
            str(place) for place, line in enumerate(self.sorted(), start=1) if not line.consent
        ]
        if open_places:
            raise UserError(
                self.env._(
                    "Choose for each person whether she agrees to the counselling file, or “Not "
                    "asked "
                    "yet”. Still open: person %s of the list.",
                    ", ".join(open_places),
                )
            )

    def _lacking_languages(self):
        """Return the languages of those for whom there is a notice, but in none they speak."""
        lacking = self.env["integration.language"]
        for line in self:
            spoken = line.language_ids._origin
            notice = self.env["integration.consent.notice"]._find(line.wizard_id.company_id, spoken)
            if notice and spoken and notice.language_id not in spoken:
                lacking |= spoken
        return lacking

    def _purposes(self):
        """Return the purposes the answer is about: the file, or all that the form names."""
        if self.consent != "all":
            return ["file"]
        named = self._notice().line_ids.mapped("purpose")
        return named or [purpose for purpose, _label in PURPOSES]

    def _notice(self):
        """Return the notice that was explained, if one was in force on the day."""
        client, day = self.client_id, self.wizard_id._first_day()
        notice = self.env["integration.consent.notice"]._find(
            client.company_id, client.language_ids
        )
        names_purpose = "file" in notice.line_ids.mapped("purpose")
        return notice if notice and notice.valid_from <= day and names_purpose else notice.browse()
