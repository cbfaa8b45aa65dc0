from odoo import api, fields, models
from odoo.fields import Command

from ...models.consent.consent import PURPOSES
from ...tools import local_today

AGREED = ("paper", "all", "oral")


class IntegrationFamilyPerson(models.AbstractModel):
    """A person who is entered in a dialog of the family, with her answer to the consent.

    Whether she is born, arrives or comes with a new family: card and answer come about here.
    """

    _name = "integration.family.person"
    _inherit = ["integration.secured"]
    _description = "Person Entered with a Family"

    name = fields.Char(required=True)
    birthdate = fields.Date()
    gender = fields.Selection(
        [("female", "Female"), ("male", "Male"), ("diverse", "Diverse"), ("unknown", "Unknown")],
        default="unknown",
        required=True,
    )
    nationality_id = fields.Many2one("res.country")
    language_ids = fields.Many2many(
        "integration.language", string="Languages", context={"active_test": False}
    )
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

    @api.depends("birthdate")
    def _compute_is_minor(self):
        """Ask for the day of the answer: somebody may be of age since."""
        for person in self:
            # As the client will be asked: born on 29 February, of age on 1 March (§ 188 BGB)
            client = self.env["integration.client"].new({"birthdate": person.birthdate})
            person.is_minor = client._is_minor(person._entry_day())

    # ------------------------------------------------------------
    # What the dialog says of all its persons
    # ------------------------------------------------------------

    def _entry_day(self):
        """Return the day from which she belongs to the family, and of her answer."""
        return local_today(self.env)

    def _entry_company(self):
        """Return the employer that enters her."""
        return self.env.company

    def _entry_interpreter(self):
        """Return who interpreted, if anybody did."""
        return False

    def _entry_values(self):
        """Return what the card takes over from the dialog: where to find her."""
        return {}

    # ------------------------------------------------------------
    # Card and answer
    # ------------------------------------------------------------

    def _create_client(self, household, role, day=None):
        """Create and return the client, with her card and her membership in the household."""
        self.ensure_one()
        client = self.env["integration.client"].create(
            {
                "name": self.name,
                "company_id": self._entry_company().id,
                "birthdate": self.birthdate,
                "gender": self.gender,
                "language_ids": [Command.set(self.language_ids.ids)],
                **self._entry_values(),
            }
        )
        self.env["integration.household.member"].create(
            {
                "household_id": household.id,
                "client_id": client.id,
                "role": role,
                "date_from": day or self._entry_day(),
            }
        )
        return client

    def _consent_vals(self, client, guardian):
        """Return the events of the ledger that the answer of ``client`` comes to.

        :param guardian: the client who answers for a minor
        """
        self.ensure_one()
        day = self._entry_day()
        common = {
            "client_id": client.id,
            "decision": "refused" if self.consent == "refused" else "given",
            "form": "oral" if self.consent == "oral" else "paper",
            "witness": self.witness,
            "interpreter": self._entry_interpreter(),
            "date": day,
            "guardian_id": guardian.id if self.is_minor else False,
            "notice_id": self._notice(client, day).id if self.consent != "refused" else False,
        }
        return [dict(common, purpose=purpose) for purpose in self._purposes(client, day)]

    def _purposes(self, client, day):
        """Return the purposes the answer is about."""
        return self._purposes_of(self.consent, client, day)

    @api.model
    def _purposes_of(self, answer, client, day):
        """Return the purposes of an answer: the file, or all that the form names."""
        if answer != "all":
            return ["file"]
        named = self._notice(client, day).line_ids.mapped("purpose")
        return named or [purpose for purpose, _label in PURPOSES]

    @api.model
    def _notice(self, client, day):
        """Return the notice that was explained, if one was in force on the day."""
        notice = self.env["integration.consent.notice"]._find(
            client.company_id, client.language_ids
        )
        names_purpose = "file" in notice.line_ids.mapped("purpose")
        return notice if notice and notice.valid_from <= day and names_purpose else notice.browse()
