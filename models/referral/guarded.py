from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import says_why

# Referrals that answer a rail: waiting, accepted or done
ANSWERING = ("made", "accepted", "done")


class IntegrationGuarded(models.AbstractModel):
    """Base of what the guard rails of the standard speak to: contacts and steps.

    What was recorded before a rail came stays; what is chosen now is asked for. Only our own
    code passes, which takes over what stands already, such as the next version of a plan.
    """

    _name = "integration.guarded"
    _inherit = ["integration.door"]
    _description = "Record within the Guard Rails"

    rail_reason = fields.Text(
        string="Reason for the Exception",
        copy=False,
        help="Why it was right in this single case, where the standard asks for a reason.",
    )
    rail_words = fields.Text(string="What the Standard Says", compute="_compute_rail_words")
    rail_kind = fields.Char(compute="_compute_rail_words", export_string_translation=False)
    overridden_rail_ids = fields.Many2many(
        "integration.guard.rail",
        string="By a Reason",
        readonly=True,
        copy=False,
        check_company=True,
        help="Where the reason stands in place of what the standard asks.",
        context={"active_test": False},
    )

    @api.model
    def _system_field_names(self):
        return super()._system_field_names() | {"overridden_rail_ids"}

    @api.depends(lambda self: self._rail_names())
    def _compute_rail_words(self):
        """Tell what the standard says to what is chosen, and the strictest kind of it."""
        for record in self:
            rails = record._rails()
            record.rail_words = "\n".join(
                self.env._("%(name)s: %(words)s", name=rail.name, words=rail.words)
                for rail in rails
            )
            kinds = rails.mapped("kind")
            record.rail_kind = next(
                (kind for kind in ("stop", "referral", "reason", "hint") if kind in kinds), False
            )

    # ------------------------------------------------------------
    # What a model says
    # ------------------------------------------------------------

    @api.model
    def _rail_names(self):
        """Return the names of the fields by which the rails are found."""
        return []

    def _rails(self):
        """Return the rails at what is chosen, hints among them."""
        return self.env["integration.guard.rail"]

    def _binding_rails(self):
        """Return the rails that decide whether the record may be saved."""
        return self._rails().filtered(lambda rail: rail.kind != "hint")

    def _rail_topics(self, rail):
        """Return the topics of the record that ``rail`` speaks to."""
        return self.env["integration.topic"]

    def _is_referred(self, rail):
        """Return whether a referral of the case answers ``rail``, an earlier one also."""
        # sudo: integration.referral - whether there is one; the record itself may be written
        referrals = self.env["integration.referral"].sudo()
        made = referrals.search([("case_id", "in", self.case_id.ids), ("state", "in", ANSWERING)])
        topics = self._rail_topics(rail)
        return any(rail._is_met_by(referral, topics) for referral in made)

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _created(self):
        super()._created()
        for record in () if self._is_system() else self:
            record._keep_to_rails()

    def _before_write(self, change):
        super()._before_write(change)
        if not self._is_system() and change.names & {*self._rail_names(), "rail_reason"}:
            # What rests on the reason is asked again when the reason changes.
            changes = "rail_reason" in change.names
            change.before["rails"] = {
                record.id: record._binding_rails()
                - (record.overridden_rail_ids if changes else record.overridden_rail_ids.browse())
                for record in self
            }

    def _after_write(self, change):
        super()._after_write(change)
        for record in self if "rails" in change.before else ():
            record._keep_to_rails(change.before["rails"][record.id])

    def _keep_to_rails(self, known=None):
        """Refuse what the standard rules out, and note where a reason stands in its place.

        :param known: rails that were there before and are not asked again
        :raises UserError: county standard 3.2.1, 3.2.2: saying what to do instead
        """
        rails = self._binding_rails()
        overridden = rails.browse()
        for rail in rails - known if known else rails:
            if rail.kind == "stop":
                self._refuse_by_rail(rail, self.env._("It cannot be recorded: leave it out."))
            if rail.kind == "referral":
                if self._is_referred(rail):
                    continue
                if not rail.may_override:
                    self._refuse_by_rail(
                        rail, self.env._("Choose where the client is referred to.")
                    )
            if not says_why(self.rail_reason):
                self._refuse_by_rail(
                    rail,
                    self.env._("Choose where the client is referred to, or give the reason.")
                    if rail.kind == "referral"
                    else self.env._("Give the reason, in a few words."),
                )
            overridden |= rail
        overridden |= self.overridden_rail_ids & (known or rails.browse()) & rails
        if overridden != self.overridden_rail_ids:
            self._as_system().overridden_rail_ids = overridden

    def _refuse_by_rail(self, rail, advice):
        raise UserError(
            self._about_file(
                self.env._(
                    "%(name)s: %(words)s\n%(advice)s\n(%(rule)s)",
                    name=rail.name,
                    words=rail.words,
                    advice=advice,
                    rule=rail.source,
                )
            )
        )
