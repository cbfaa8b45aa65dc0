from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...models.consent.contact import CHANNEL_EXCUSES
from ...models.consent.gate import DECLINED
from ...models.mixins.once import once
from ...tools import local_today, without_defaults

USUAL_MINUTES = 30


class IntegrationContactQuick(models.TransientModel):
    """A contact in one dialog: who, how, about what, the note, steps done, what comes next."""

    _name = "integration.contact.quick"
    _inherit = ["integration.once", "integration.secured"]
    _description = "New Contact"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    case_id = fields.Many2one(
        "integration.case",
        check_company=True,
        domain="[('state', '!=', 'closed')]",
        help="Leave empty for a talk with persons of whom there is no file.",
    )
    possible_client_ids = fields.Many2many(
        "integration.client", compute="_compute_possible_client_ids"
    )
    client_ids = fields.Many2many(
        "integration.client",
        string="Persons Present",
        compute="_compute_client_ids",
        store=True,
        readonly=False,
        domain="[('id', 'in', possible_client_ids)]",
        check_company=True,
    )
    unnamed_count = fields.Integer(
        string="Persons without File", compute="_compute_unnamed_count", store=True, readonly=False
    )
    municipality_id = fields.Many2one(
        "integration.municipality", compute="_compute_municipality_id", store=True, readonly=False
    )
    date = fields.Date(required=True, default=lambda self: local_today(self.env))
    channel_id = fields.Many2one(
        "integration.channel",
        required=True,
        check_company=True,
        default=lambda self: self._default_channel_id(),
    )
    channel_purpose = fields.Selection(related="channel_id.consent_purpose")
    channel_excuse = fields.Selection(CHANNEL_EXCUSES, string="Without Consent to the Channel")
    reached = fields.Boolean(default=True)
    duration = fields.Integer(
        string="Minutes", compute="_compute_duration", store=True, readonly=False
    )
    interpreter_used = fields.Boolean(string="With Interpreter")
    topic_ids = fields.Many2many("integration.topic", string="Topics", check_company=True)
    hints = fields.Text(compute="_compute_hints")
    note = fields.Text()
    confidentiality = fields.Selection(
        [("file", "File note"), ("confidential", "Confidential: only me")],
        default="file",
        required=True,
    )
    # In the same save
    possible_step_ids = fields.Many2many(
        "integration.plan.step", compute="_compute_possible_step_ids"
    )
    step_ids = fields.Many2many(
        "integration.plan.step",
        string="Steps Done",
        domain="[('id', 'in', possible_step_ids)]",
        compute="_compute_step_ids",
        store=True,
        readonly=False,
        check_company=True,
    )

    @api.model
    def _default_channel_id(self):
        """Return the channel of this worker's last talk, for days come in series.

        Work without the client is never proposed: saved by two taps, a talk would vanish from
        the figures.
        """
        last = self.env["integration.contact"].search(
            [
                ("user_id", "=", self.env.uid),
                ("channel_id.counts_as_talk", "=", True),
                ("channel_id.active", "=", True),
            ],
            order="id desc",
            limit=1,
        )
        talks = self.env["integration.channel"].search([("counts_as_talk", "=", True)], limit=1)
        return last.channel_id or talks

    @api.depends("reached")
    def _compute_duration(self):
        """Propose the usual half hour for a talk; an attempt took nobody's time."""
        for wizard in self:
            wizard.duration = (wizard.duration or USUAL_MINUTES) if wizard.reached else 0

    @api.depends("case_id")
    def _compute_possible_client_ids(self):
        Client = self.env["integration.client"]
        for wizard in self:
            case = wizard.case_id
            family = case.client_id | case.member_ids
            if case.household_id:
                family |= Client.search([("household_id", "=", case.household_id.id)])
            # A relative may have shared her file with fewer people than the client of the case.
            wizard.possible_client_ids = family._origin._filtered_access("read")

    @api.depends("case_id", "reached")
    def _compute_client_ids(self):
        for wizard in self:
            # Whoever was ticked for another case was not present in this one.
            wizard.client_ids = wizard.reached and wizard.case_id.client_id

    @api.depends("case_id", "reached")
    def _compute_unnamed_count(self):
        """Propose one person for a talk without a file: nobody is no talk."""
        for wizard in self:
            unnamed = wizard.reached and not wizard.case_id
            wizard.unnamed_count = max(1, wizard.unnamed_count) if unnamed else 0

    @api.depends("case_id", "date")
    def _compute_municipality_id(self):
        for wizard in self:
            if wizard.case_id:
                wizard.municipality_id = wizard.case_id._municipality_on(wizard.date)
            elif not wizard.municipality_id:
                wizard.municipality_id = self.env[
                    "integration.family.new"
                ]._default_municipality_id()

    @api.depends(
        "topic_ids", "client_ids", "case_id", "channel_id", "channel_excuse", "date", "reached"
    )
    def _compute_hints(self):
        for wizard in self:
            # What a guard rail says to a topic is not said twice.
            topics = wizard.topic_ids - wizard._railed_topics()
            hints = [f"{topic.name}: {topic.hint}" for topic in topics if topic.hint]
            hints += wizard._consent_hints() + wizard._same_visit_hints()
            wizard.hints = "\n".join(hints)

    def _same_visit_hints(self):
        """Return which contacts of colleagues with the same people that day may be this one.

        A hint and no block: two talks on one day are two talks.
        """
        contacts = self.env["integration.contact"]
        if not self.case_id or not self.date:
            return []
        same = Domain("case_id", "=", self.case_id._origin.id)
        same |= Domain("person_ids.client_id", "in", self.client_ids._origin.ids)
        domain = Domain("date", "=", self.date) & Domain("cancelled", "=", False)
        domain &= Domain("reached", "=", self.reached) & Domain("user_id", "!=", self.env.uid)
        return [
            self.env._(
                "%(contact)s: a contact is there already (%(channel)s, by %(user)s). Save only if "
                "this is another one.",
                contact=contact.display_name,
                channel=contact.channel_id.name,
                user=contact.user_id.name,
            )
            for contact in contacts.search(domain & same, limit=3, order="id desc")
        ]

    def _consent_hints(self):
        """Return what saving would be refused for, said before anything more is typed."""
        self.ensure_one()
        missing = self.env["integration.contact"].new(self._contact_vals())._consents_missing()
        clients = self.env["integration.client"]
        hints = []
        for purpose in sorted({ask.purpose for ask in missing}):
            lacking = clients.union(*(ask.client for ask in missing if ask.purpose == purpose))
            if purpose != "file":
                hints.append(lacking._consent_refusal(purpose))
            elif lacking & self.client_ids._origin and self.case_id.consent_state not in DECLINED:
                hints.append(self._file_hint(lacking & self.client_ids._origin))
        return hints

    def _file_hint(self, lacking):
        """Return how a talk before the consent is counted: a card bears no talks (2.2, 3.1)."""
        # sudo: integration.client - the numbers alone, also of a relative's file
        numbers = lacking.sudo().mapped("file_number")
        return self.env._(
            "File %s: there is no valid consent to the counselling file. Record it first. Or "
            "untick the person and enter 1 under “Persons without File”: then the talk is counted "
            "without a name, and without topics and note if it is the client of the case.",
            ", ".join(numbers),
        )

    @api.depends("case_id")
    def _compute_possible_step_ids(self):
        Step = self.env["integration.plan.step"]
        for wizard in self:
            domain = [
                ("case_id", "=", wizard.case_id.id),
                ("state", "=", "open"),
                ("plan_id.state", "=", "agreed"),
            ]
            wizard.possible_step_ids = Step.search(domain) if wizard.case_id else Step

    @api.depends("case_id")
    def _compute_step_ids(self):
        """Untick the steps of another case."""
        for wizard in self:
            wizard.step_ids = wizard.step_ids.filtered(
                lambda step, case=wizard.case_id: step.case_id == case._origin
            )

    @once
    def action_save(self):
        """Save the contact with note, steps and next appointment, all or nothing."""
        self._create_contact()
        return self._answer(begins_anew=False)

    @once
    def action_save_new(self):
        """Save and offer the next contact, for an afternoon of office hours."""
        self._create_contact()
        return self._answer(begins_anew=True)

    @api.model
    def _answer(self, begins_anew):
        """Return what happens once the contact is saved: the dialog closes, or begins anew."""
        if not begins_anew:
            return {"type": "ir.actions.act_window_close"}
        return self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_contact_quick_action"
        )

    def _contact_vals(self):
        """Return the values of the contact that is to be saved."""
        return {
            "case_id": self.case_id._origin.id,
            "municipality_id": self.municipality_id._origin.id,
            "date": self.date,
            "channel_id": self.channel_id._origin.id,
            "channel_excuse": self.channel_purpose and self.channel_excuse,
            "reached": self.reached,
            "duration": self.duration,
            "interpreter_used": self.interpreter_used,
            "topic_ids": [Command.set(self.topic_ids._origin.ids)],
            "unnamed_count": self.unnamed_count,
            "person_ids": [
                Command.create({"client_id": client.id}) for client in self.client_ids._origin
            ],
        }

    def _check_steps(self):
        """Refuse to tick off what was agreed in another case."""
        if self.step_ids._origin.case_id - self.case_id:
            raise UserError(
                self.env._(
                    "File %s: a step of another case cannot be ticked off here. Untick it.",
                    self.case_id.file_number or self.env._("Unnamed talk"),
                )
            )

    def _create_contact(self):
        """Save what was entered, all of it or nothing, and return the contact."""
        self._check_steps()
        if self.note and not self.case_id:
            raise UserError(
                self.env._(
                    "A note belongs to a file. Choose the case, or clear the note: an unnamed talk "
                    "is only counted."
                )
            )
        vals = {**self._contact_vals(), **self._referral_vals()}
        # Whom the dialog was opened with may have been unticked since.
        contact = without_defaults(self.env["integration.contact"]).create(vals).with_env(self.env)
        if self.note:
            self.env["integration.note"].create(
                {
                    "contact_id": contact.id,
                    "confidentiality": self.confidentiality,
                    "body": self.note,
                }
            )
        if self.step_ids:
            self.step_ids._origin.write({"state": "done"})
        return contact
