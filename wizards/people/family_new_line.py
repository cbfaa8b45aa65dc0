from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import local_today
from .family_person import AGREED


class IntegrationFamilyNewLine(models.TransientModel):
    """One person of a new family, or of relatives who join one."""

    _name = "integration.family.new.line"
    _inherit = ["integration.family.person"]
    _description = "Person of a New Family"
    _order = "sequence, id"

    wizard_id = fields.Many2one(
        "integration.family.new", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
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

    @api.depends("wizard_id.talk", "wizard_id.date", "wizard_id.date_start")
    def _compute_is_minor(self):
        return super()._compute_is_minor()

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

    def _entry_day(self):
        # The first day, of which the consents are
        return (self.wizard_id and self.wizard_id._first_day()) or local_today(self.env)

    def _entry_company(self):
        return self.wizard_id.company_id

    def _entry_interpreter(self):
        return self.wizard_id.interpreter

    def _entry_values(self):
        wizard = self.wizard_id
        found_at = {
            name: wizard[name]
            for name in ("phone", "street", "zip", "city")
            if wizard[name] and not (name == "phone" and self.is_minor)
        }
        return {
            "interpreter_needed": wizard.interpreter_used,
            **found_at,
            **wizard._values_of_home(),
        }

    def _create_consents(self):
        """Record each decision; a minor's guardian is the first adult who consented."""
        asked = self.filtered(lambda line: line.consent != "later")
        adults = asked.filtered(lambda line: not line.is_minor and line.consent != "refused")
        vals_list = []
        # Adults first, for they are the guardians of the minors.
        for line in asked.sorted("is_minor"):
            guardian = line.wizard_id.guardian_id or adults[:1].client_id
            if line.is_minor and line.consent != "refused" and not guardian:
                raise UserError(
                    self.env._(
                        "A minor needs a guardian who consents. Enter an adult with consent, or "
                        "choose “Not asked yet” and record the consent with the guardian's "
                        "name later."
                    )
                )
            vals_list += line._consent_vals(line.client_id, guardian)
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
