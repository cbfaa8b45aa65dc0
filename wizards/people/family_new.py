from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...models.mixins.once import once
from ...tools import local_today


class IntegrationFamilyNew(models.TransientModel):
    """A family in one dialog: persons, consents, guardian, case and the first talk.

    Begun at a case, they are relatives who have arrived (family reunification, § 27 AufenthG):
    they join its household, and whoever gets no case of her own is accompanied in it.
    """

    _name = "integration.family.new"
    _inherit = ["integration.once", "integration.secured"]
    _description = "New Family"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    line_ids = fields.One2many("integration.family.new.line", "wizard_id", string="Persons")
    case_id = fields.Many2one("integration.case", string="Case of the Family", check_company=True)
    guardian_ids = fields.Many2many("integration.client", compute="_compute_guardian_ids")
    guardian_id = fields.Many2one(
        "integration.client",
        string="Guardian of the Minors",
        check_company=True,
        domain="[('id', 'in', guardian_ids)]",
        help="If empty: the first adult of the list with consent.",
    )
    has_oral = fields.Boolean(compute="_compute_has_oral")
    language_hint = fields.Char(compute="_compute_language_hint", string="Hint on the Language")
    perhaps_known = fields.Text(compute="_compute_perhaps_known")
    interpreter = fields.Char(help="Who interpreted, if anybody did.")
    municipality_id = fields.Many2one(
        "integration.municipality",
        required=True,
        default=lambda self: self._default_municipality_id(),
        domain="[('id', 'in', allowed_municipality_ids)]",
    )
    allowed_municipality_ids = fields.Many2many(
        "integration.municipality", compute="_compute_allowed_municipality_ids"
    )
    date_start = fields.Date(
        string="Start", required=True, default=lambda self: local_today(self.env)
    )
    # Where to find them
    phone = fields.Char()
    street = fields.Char()
    zip = fields.Char(string="ZIP")
    city = fields.Char()
    # First talk
    talk = fields.Boolean(string="Document a First Talk", default=True)
    date = fields.Date(string="Date of the Talk", default=lambda self: local_today(self.env))
    channel_id = fields.Many2one(
        "integration.channel",
        check_company=True,
        default=lambda self: self.env.ref(
            "integration_management.channel_home_visit", raise_if_not_found=False
        ),
    )
    duration = fields.Integer(string="Minutes", default=30)
    interpreter_used = fields.Boolean(
        string="With Interpreter",
        compute="_compute_interpreter_used",
        store=True,
        precompute=True,
        readonly=False,
    )
    topic_ids = fields.Many2many("integration.topic", string="Topics", check_company=True)
    note = fields.Text()

    @api.model
    def _default_municipality_id(self):
        """Return where the worker opened her last case, else the employer's only municipality."""
        joined = self._joined_case()
        if joined:
            return joined.municipality_id
        last = self.env["integration.case"].search(
            [("user_id", "=", self.env.uid)], order="id desc", limit=1
        )
        mandated = self._mandated()
        return last.municipality_id & mandated or (len(mandated) == 1 and mandated)

    @api.model
    def default_get(self, fields):
        """Take over from the case that is joined where the family lives; nobody types it twice."""
        defaults = super().default_get(fields)
        case = self._joined_case()
        if case:
            client = case.client_id
            told = {name: client[name] for name in ("street", "zip", "city")}
            told |= {"talk": False, "company_id": case.company_id.id}
            defaults |= {name: value for name, value in told.items() if name in fields}
        return defaults

    @api.model
    def _joined_case(self):
        """Return the case at which the dialog was begun, if the user may read it."""
        return self.env["integration.case"]._begun_at("case_id").filtered("may_work")

    @api.model
    def _mandated(self):
        """Return the municipalities in which the employer has a mandate today."""
        today = local_today(self.env)
        return (
            self.env["integration.mandate"]
            .search(
                [
                    ("company_id", "=", self.env.company.id),
                    ("date_start", "<=", today),
                    "|",
                    ("date_end", "=", False),
                    ("date_end", ">=", today),
                ]
            )
            .municipality_id
        )

    @api.depends("company_id")
    def _compute_allowed_municipality_ids(self):
        for wizard in self:
            wizard.allowed_municipality_ids = self._mandated()

    @api.depends("case_id")
    def _compute_guardian_ids(self):
        for wizard in self:
            client = wizard.case_id.client_id
            grown = client.filtered(lambda c: not c._is_minor())
            wizard.guardian_ids = client and grown | client._possible_guardians()

    @api.depends("line_ids.consent")
    def _compute_has_oral(self):
        for wizard in self:
            wizard.has_oral = "oral" in wizard.line_ids.mapped("consent")

    @api.depends("line_ids.language_ids")
    def _compute_language_hint(self):
        """Say for whom there is no notice in a language that she speaks (Art. 12 GDPR)."""
        for wizard in self:
            lacking = wizard.line_ids._lacking_languages()
            wizard.language_hint = bool(lacking) and self.env._(
                "There is no text in %s: the German one is shown, with a hint. Have it interpreted "
                "and name the interpreter.",
                ", ".join(lacking.mapped("name")),
            )

    @api.depends("line_ids.name", "line_ids.birthdate", "phone")
    def _compute_perhaps_known(self):
        """Say before saving who of them may have a file already."""
        for wizard in self:
            lines = wizard.line_ids.filtered(lambda line: line.name and not line.client_id)
            wizard.perhaps_known = self.env["integration.client"]._hint_known(
                wizard.company_id,
                [
                    (line.name, line.birthdate, wizard.phone if line == lines[:1] else False)
                    for line in lines
                ],
            )

    @api.depends("interpreter")
    def _compute_interpreter_used(self):
        for wizard in self:
            wizard.interpreter_used = wizard.interpreter_used or bool(wizard.interpreter)

    @once
    def action_save(self):
        """Create everything in one transaction and open the family's case.

        :raises UserError: no person, nobody who could carry the case, or a talk with nobody
        """
        self.ensure_one()
        lines = self.line_ids
        if not lines:
            raise UserError(self.env._("Enter at least one person."))
        lines._check_decided()
        household = self._home()
        for line in lines:
            line.client_id = line._create_client(household, line.role)
        lines._create_consents()
        main_case = self._create_cases()
        if self.talk:
            self._create_talk(main_case)
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_case_action"
        )
        return dict(
            action, res_id=main_case.id, views=[(False, "form")], view_mode="form", target="main"
        )

    def _home(self):
        """Return the household they live in: that of the case they join, else a new one.

        :raises UserError: the case that is joined is closed
        """
        case = self.case_id
        if not case:
            return self.env["integration.household"].create({"company_id": self.company_id.id})
        case.check_access("write")
        if case.state == "closed":
            raise UserError(
                case._about_file(
                    self.env._("the case is closed. Reopen it before relatives join it.")
                )
            )
        return case.client_id._own_household(self._first_day())

    def _values_of_home(self):
        """Return what holds for whoever joins a household whose address is protected."""
        hidden = self.case_id.client_id.protected_address
        return {"protected_address": True} if hidden else {}

    def _first_day(self):
        """Return the day on which the work with the family began."""
        self.ensure_one()
        return min(self.date_start, self.date) if self.talk and self.date else self.date_start

    def _create_cases(self):
        """Open a case per adult who wants one; accompany the others in the first of them."""
        lines = self.line_ids
        adults = lines.filtered(lambda line: not line.is_minor)
        carriers = lines.filtered("has_case")
        if not self.case_id:
            carriers = carriers or adults[:1] or lines[:1]
        cases = self.env["integration.case"].create(
            [
                {
                    "client_id": line.client_id.id,
                    "municipality_id": self.municipality_id.id,
                    "date_start": self._first_day(),
                }
                for line in carriers
            ]
        )
        main_case = self.case_id or cases[:1]
        main_case._accompany((lines - carriers).client_id)
        return main_case

    def _create_first_visit(self, case):
        """Count a visit to people who were not asked yet; return whether it was one.

        :raises UserError: words or topics, which need a consent first (county standard 2.2)
        """
        unasked = self.line_ids.filtered(lambda line: line.consent == "later")
        if not unasked or "refused" in self.line_ids.mapped("consent"):
            return False
        if self.topic_ids or (self.note or "").strip():
            raise UserError(
                self.env._(
                    "Nobody has agreed to the counselling file yet, so the visit is counted "
                    "without topics and note. Clear both, or record the consent."
                )
            )
        adults = unasked.filtered(lambda line: not line.is_minor)
        self.env["integration.contact"].create(
            {
                "case_id": case.id,
                "date": self.date,
                "channel_id": self.channel_id.id,
                "duration": self.duration,
                "interpreter_used": self.interpreter_used,
                "unnamed_count": len(adults or unasked),
            }
        )
        return True

    def _create_talk(self, case):
        """Document the first talk with everybody present who consented.

        Where nobody was asked yet, as at a first visit, it is counted without names (3.1).
        """
        present = self.line_ids.filtered("present")
        if not present and self._create_first_visit(case):
            return
        if not present:
            raise UserError(
                self.env._(
                    "Tick who was present in the first talk, or untick “Document a First Talk”."
                )
            )
        # In the case of somebody who agreed: nothing is written into one without consent.
        agreed = present.client_id.filtered(lambda client: client.consent_state == "given")
        own = agreed.case_ids.filtered(lambda own: own.state != "closed")
        contact = self.env["integration.contact"].create(
            {
                "case_id": (case & own or own[:1] or case).id,
                "date": self.date,
                "channel_id": self.channel_id.id,
                "duration": self.duration,
                "interpreter_used": self.interpreter_used,
                "topic_ids": [Command.set(self.topic_ids.ids)],
                "person_ids": [
                    Command.create({"client_id": line.client_id.id}) for line in present
                ],
            }
        )
        if self.note:
            self.env["integration.note"].create(
                # The case written out: the context may name the one that relatives join.
                {"contact_id": contact.id, "case_id": contact.case_id.id, "body": self.note}
            )
