from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import local_today

# Who keeps the pool and pays: rates and dates of birth are no business of others.
KEEPERS = "integration_management.group_lead,integration_management.group_admin"
OF_AGE = relativedelta(years=18)
RATE_UNITS = [("hour", "per hour"), ("minute", "per minute"), ("assignment", "per assignment")]
GENDERS = [("female", "Woman"), ("male", "Man")]


class IntegrationInterpreter(models.Model):
    """The pool of an employer: who interprets, and whether she may be asked.

    Whoever interprets hears what is told in confidence and takes part in it (§ 203 (4) StGB): only
    with a pledge signed before, of full age, and never for relatives.
    """

    _name = "integration.interpreter"
    _inherit = ["integration.secured"]
    _description = "Interpreter"
    _order = "kind, id"
    _check_company_auto = True
    _fixed_fields = frozenset({"company_id"})
    _never_blank = frozenset({"name"})

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    kind = fields.Selection(
        [("person", "Person"), ("service", "Agency or telephone service")],
        required=True,
        default="person",
    )
    language_ids = fields.Many2many(
        "integration.language",
        string="Languages",
        required=True,
        check_company=True,
        context={"active_test": False},
    )
    gender = fields.Selection(GENDERS, help="Clients may prefer a woman or a man.")
    birthdate = fields.Date(
        groups=KEEPERS, help="Nobody under age interprets, and no relative by mistake."
    )
    qualification = fields.Selection(
        [
            ("sworn", "Sworn or state-certified"),
            ("trained", "Trained as language mediator"),
            ("volunteer", "Volunteer, introduced to the task"),
            ("none", "None so far"),
        ],
        required=True,
        default="trained",
    )
    pledge_date = fields.Date(
        string="Pledge of Confidentiality Signed on",
        copy=False,
        help="§ 203 StGB and data protection. Offered from this day on; of an agency, the day of "
        "the contract that binds its interpreters.",
    )
    is_ready = fields.Boolean(
        string="Can Be Asked",
        compute="_compute_is_ready",
        search="_search_is_ready",
        help="The pledge has been signed.",
    )
    availability = fields.Char(string="Available When")
    by_phone = fields.Boolean(string="By Telephone or Video")
    phone = fields.Char()
    email = fields.Char(string="E-mail")
    currency_id = fields.Many2one(related="company_id.currency_id")
    rate = fields.Monetary(string="Cost Rate", groups=KEEPERS)
    rate_unit = fields.Selection(
        RATE_UNITS, string="Charged", required=True, default="hour", groups=KEEPERS
    )
    note = fields.Text(string="Good to Know", help="No word on clients.")

    @api.depends("pledge_date")
    def _compute_is_ready(self):
        today = local_today(self.env)
        for interpreter in self:
            interpreter.is_ready = bool(interpreter.pledge_date) and (
                interpreter.pledge_date <= today
            )

    def _search_is_ready(self, operator, value):
        if operator != "in":
            return NotImplemented
        ready = Domain("pledge_date", "<=", local_today(self.env))
        return Domain.OR(ready if wanted else ~ready for wanted in value)

    @api.depends("name")
    def _compute_display_name(self):
        # Of an employee or partner of the employer: no client is called by it.
        for interpreter in self:
            interpreter.display_name = interpreter.name or self.env._("New interpreter")

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("kind", "birthdate", "pledge_date", "rate", "language_ids")
    def _check_can_be(self):
        for interpreter in self.sudo():  # sudo: integration.interpreter - a rule for all fields
            refusal = interpreter._impossible()
            if refusal:
                raise ValidationError(refusal)

    def _impossible(self):
        """Return what cannot be about the entry, in words, if anything."""
        self.ensure_one()
        today, name = local_today(self.env), self.name
        if self.kind == "person" and not self.birthdate:
            return self.env._(
                "“%s”: enter the date of birth. Nobody under age is asked to interpret.", name
            )
        if self.kind == "person" and self.birthdate + OF_AGE > today:
            return self.env._(
                "“%s” is under age by the date of birth. Children and young persons never "
                "interpret; correct the date, or choose somebody else.",
                name,
            )
        if self.pledge_date and self.pledge_date > today:
            return self.env._(
                "“%s”: the pledge cannot be signed in the future. Enter it once it is signed.", name
            )
        if self.rate < 0:
            return self.env._("“%s”: the cost rate cannot lie below zero.", name)
        if not self.language_ids:
            return self.env._("“%s”: choose at least one language.", name)
        return False

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: integration.contact.interpreter - whether there is any, not where
        used = self.env["integration.contact.interpreter"].sudo()
        for interpreter in self:
            if used.search_count([("interpreter_id", "=", interpreter.id)], limit=1):
                raise UserError(
                    self.env._(
                        "“%s” has interpreted already and is not deleted. Archive the entry "
                        "instead.",
                        interpreter.name,
                    )
                )

    # ------------------------------------------------------------
    # Who may be asked
    # ------------------------------------------------------------

    @api.model
    def _offered(self, languages, clients, day):
        """Return who may interpret one of ``languages`` for ``clients`` on ``day``."""
        domain = Domain("pledge_date", "<=", day)
        if clients:
            domain &= Domain("language_ids", "in", languages.ids)
        return self.search(domain).filtered(lambda one: not one._objection(clients, day))

    def _objection(self, clients, day):
        """Return in words why this interpreter cannot interpret for ``clients`` on ``day``."""
        self.ensure_one()
        # sudo: integration.interpreter - a date of birth, for the question of age alone
        told = self.sudo()
        if told.kind == "person" and (not told.birthdate or told.birthdate + OF_AGE > day):
            return self.env._("“%s” was not of full age then. Children never interpret.", told.name)
        if not told.pledge_date:
            return self.env._(
                "the pledge of confidentiality of “%s” is missing. Have it signed and entered in "
                "the pool first.",
                told.name,
            )
        if told.pledge_date > day:
            return self.env._(
                "“%(name)s” signed the pledge of confidentiality on %(day)s only, after this "
                "contact.",
                name=told.name,
                day=format_date(self.env, told.pledge_date),
            )
        if told._is_related(clients, day):
            return self.env._(
                "“%s” lives in the household. Relatives interpret only as a stated exception: "
                "choose “Relative” and give the reason.",
                told.name,
            )
        return False

    def _is_related(self, clients, day):
        """Return whether somebody of the clients' households is called so and born that day."""
        # sudo: integration.client - who lives together, to be compared alone
        for client in clients.sudo():
            for person in client._household_on(day) | client:
                same_day = not (person.birthdate and self.birthdate) or (
                    person.birthdate == self.birthdate
                )
                if self.kind == "person" and same_day and person._is_called(self.name):
                    return True
        return False
