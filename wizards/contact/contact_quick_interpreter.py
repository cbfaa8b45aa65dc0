from datetime import date

from odoo import api, fields, models
from odoo.fields import Command, Domain

from ...models.interpreter.contact_interpreter import KINDS
from ...tools import local_today

TYPED = ("interpreter_id", "interpreter_name", "interpreter_relative_id")


class IntegrationContactQuick(models.TransientModel):
    """Who interpreted: one tap on a name, the likely one first; nobody who must not is offered."""

    _inherit = "integration.contact.quick"

    interpreter_needed = fields.Boolean(compute="_compute_interpreter_offer")
    interpreter_hint = fields.Char(compute="_compute_interpreter_offer")
    interpreter_offer = fields.Json(
        compute="_compute_interpreter_offer",
        help="Who speaks a language of those chosen, has signed the pledge, is of full age and not "
        "related; the preferred sex first, then whoever interpreted last for them.",
    )
    interpreter_kind = fields.Selection(KINDS, string="Who Interpreted", default="pool")
    interpreter_id = fields.Many2one(
        "integration.interpreter",
        compute="_compute_interpreter_id",
        store=True,
        readonly=False,
        check_company=True,
    )
    interpreter_name = fields.Char(string="Name of the Interpreter")
    possible_relative_ids = fields.Many2many(
        "integration.client", compute="_compute_possible_relative_ids"
    )
    interpreter_relative_id = fields.Many2one(
        "integration.client",
        string="Relative",
        domain="[('id', 'in', possible_relative_ids)]",
        check_company=True,
    )
    interpreter_of_age = fields.Boolean(string="Of Full Age")
    interpreter_reason = fields.Char(string="Why a Relative")
    interpreter_language_id = fields.Many2one(
        "integration.language",
        string="Language Interpreted",
        compute="_compute_interpreter_language_id",
        store=True,
        readonly=False,
        check_company=True,
    )
    interpreter_minutes = fields.Integer(
        string="Minutes Interpreted",
        compute="_compute_interpreter_minutes",
        store=True,
        readonly=False,
    )
    no_interpreter_reason = fields.Selection(
        lambda self: self._no_interpreter_selection(), string="Why without Interpreter"
    )

    @api.model
    def _no_interpreter_selection(self):
        """Return why nobody interpreted, in the words of the contact."""
        field = self.env["integration.contact"]._fields["no_interpreter_reason"]
        return field._description_selection(self.env)

    # ------------------------------------------------------------
    # What is offered
    # ------------------------------------------------------------

    @api.depends("case_id", "client_ids", "date", "reached")
    def _compute_interpreter_offer(self):
        for wizard in self:
            clients = wizard._spoken_to()
            needing = clients.filtered("interpreter_needed")
            offered = wizard._offered() if wizard.reached else self.env["integration.interpreter"]
            last = wizard._last_used(offered)
            wizard.interpreter_needed = bool(needing) and wizard.reached
            wizard.interpreter_offer = [
                {"id": one.id, "name": one.name, "hint": wizard._offer_hint(one, last)}
                for one in wizard._ranked(offered, last)
            ]
            wizard.interpreter_hint = wizard._interpreter_hint(clients, needing, offered)

    def _spoken_to(self):
        """Return the clients that are to be spoken to; none in an unnamed talk."""
        return self.client_ids._origin if self.case_id else self.client_ids.browse()

    def _offered(self):
        """Return who may be chosen; for a talk without a file, whoever may be asked at all."""
        pool, clients = self.env["integration.interpreter"], self._spoken_to()
        if self.case_id and not clients:
            clients = self.case_id.client_id._origin._filtered_access("read")
        day = self.date or local_today(self.env)
        languages = clients._languages_to_interpret()
        related = clients | self.case_id.client_id._origin
        return pool._offered(languages, related if self.case_id else clients, day)

    def _last_used(self, offered):
        """Return {interpreter: last day} for the persons chosen, of the files that are read."""
        clients = self._spoken_to()
        rows = self.env["integration.contact.interpreter"]._unseen()
        domain = Domain("interpreter_id", "in", offered.ids)
        domain &= Domain("contact_id.person_ids.client_id", "in", clients.ids)
        if not (offered and clients):
            return {}
        return dict(rows._read_group(domain, ["interpreter_id"], ["date:max"]))

    def _ranked(self, offered, last):
        """Return those offered, the preferred sex first, then who interpreted last for them."""
        preferred = set(self._spoken_to().mapped("interpreter_gender")) - {False}

        def rank(one):
            day = last.get(one, date.min)
            return (bool(preferred) and one.gender not in preferred, -day.toordinal(), one.id)

        return offered.sorted(rank)

    def _offer_hint(self, one, last):
        """Return what is said beside the name: sex, by telephone, or that it was the last one."""
        told = [dict(one._fields["gender"]._description_selection(self.env)).get(one.gender)]
        if one.by_phone:
            told.append(self.env._("by telephone"))
        if last and last.get(one) == max(last.values()):
            told.append(self.env._("last time"))
        return ", ".join(filter(None, told))

    def _interpreter_hint(self, clients, needing, offered):
        if offered or not self.case_id or not self.reached:
            return False
        languages = (needing or clients)._languages_to_interpret()
        if not languages:
            return self.env._("The languages are not recorded on the card; nobody can be offered.")
        return self.env._(
            "Nobody in the pool may interpret %s here. Name a telephone service.",
            ", ".join(languages.mapped("name")),
        )

    @api.depends("case_id")
    def _compute_possible_relative_ids(self):
        """Offer adults of the household whom the user reads; children never."""
        for wizard in self:
            client = wizard.case_id.client_id._origin
            day = wizard.date or local_today(self.env)
            wizard.possible_relative_ids = client and client._possible_guardians(day)

    # ------------------------------------------------------------
    # What follows
    # ------------------------------------------------------------

    @api.depends("case_id", "client_ids", "date", "reached")
    def _compute_interpreter_id(self):
        """Take back who is not offered any more for whoever is chosen now."""
        for wizard in self:
            if wizard.interpreter_id:
                offered = wizard._offered() if wizard.reached else wizard.interpreter_id.browse()
                wizard.interpreter_id = wizard.interpreter_id._origin & offered

    @api.depends("interpreter_id", "client_ids", "interpreter_kind")
    def _compute_interpreter_language_id(self):
        for wizard in self:
            needed = wizard._spoken_to()._languages_to_interpret()
            spoken = wizard.interpreter_id.language_ids
            fits = needed & spoken if spoken else needed
            if not (wizard.interpreter_language_id and wizard.interpreter_language_id in fits):
                wizard.interpreter_language_id = (fits or spoken)[:1]

    @api.depends("duration")
    def _compute_interpreter_minutes(self):
        for wizard in self:
            wizard.interpreter_minutes = wizard.duration

    @api.onchange(*TYPED)
    def _onchange_interpreter(self):
        if any(self[name] for name in TYPED):
            self.interpreter_used = True
            self.no_interpreter_reason = False

    @api.onchange("interpreter_used", "interpreter_kind")
    def _onchange_interpreter_used(self):
        """Forget what was chosen otherwise; with nobody to be offered, ask for the service."""
        if self.interpreter_used and self.interpreter_kind == "pool" and not self.interpreter_offer:
            self.interpreter_kind = "service"
        if not self.interpreter_used or self.interpreter_kind != "pool":
            self.interpreter_id = False
        if not self.interpreter_used or self.interpreter_kind == "pool":
            self.interpreter_name = False
        if not self.interpreter_used or self.interpreter_kind != "relative":
            self.interpreter_relative_id = self.interpreter_reason = False
            self.interpreter_of_age = False

    # ------------------------------------------------------------
    # Saving
    # ------------------------------------------------------------

    def _contact_vals(self):
        vals = super()._contact_vals()
        if self.interpreter_used and any(self[name] for name in TYPED):
            vals["interpreting_ids"] = [Command.create(self._interpreting_vals())]
        elif not self.interpreter_used and self.reached:
            vals["no_interpreter_reason"] = self.no_interpreter_reason
        return vals

    def _interpreting_vals(self):
        kind = self.interpreter_kind or "pool"
        relative = kind == "relative"
        return {
            "kind": kind,
            "interpreter_id": kind == "pool" and self.interpreter_id._origin.id,
            "name": kind != "pool" and self.interpreter_name,
            "relative_id": relative and self.interpreter_relative_id._origin.id,
            "of_age": relative and self.interpreter_of_age,
            "reason": relative and self.interpreter_reason,
            "language_id": self.interpreter_language_id._origin.id,
            "minutes": self.interpreter_minutes,
        }
