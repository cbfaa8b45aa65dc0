from odoo import api, fields, models

from .gate import DECLINED

# What the dialogs write about the person
TOLD = {"pause_reason", "reopening_reason"}


class IntegrationCase(models.Model):
    """What the consent of its client means for a case, and what the case shows of it."""

    _inherit = "integration.case"

    consent_state = fields.Selection(related="client_id.consent_state", store=True)
    consent_renewal_due = fields.Boolean(related="client_id.consent_renewal_due", store=True)
    consent_guardian_missing = fields.Boolean(related="client_id.consent_guardian_missing")
    consent_ids = fields.Many2many(
        "integration.consent", string="Consents", compute="_compute_consent_ids"
    )

    @api.depends("client_id", "member_ids")
    def _compute_consent_ids(self):
        for case in self:
            clients = case.client_id | case.member_ids
            case.consent_ids = self.env["integration.consent"].search(
                [("client_id", "in", clients.ids)]
            )

    def action_record_consent(self):
        """Open a new event of the consent ledger for the client of the case."""
        return self._dialog("integration_consent_action_new", default_client_id=self.client_id.id)

    # ------------------------------------------------------------
    # The gate
    # ------------------------------------------------------------

    def _created(self):
        super()._created()
        for case in self:
            case._check_stage_gate(case.stage_id)
        self.client_id._ensure_not_taken_back()

    def _before_write(self, change):
        if self._goes_on(change):
            self.client_id._ensure_not_taken_back()
        if change.vals.get("own_rhythm_reason"):
            # Why somebody is seen more or less often is said of the person.
            self.client_id._ensure_consent()
        if "stage_id" in change.names:
            stages = self.env["integration.case.stage"]
            self._check_stage_gate(stages.browse(change.vals["stage_id"]))
        super()._before_write(change)

    def _goes_on(self, change):
        """Return whether a change goes on with the case, instead of ending it.

        Registers and parts of the file guard themselves; who is responsible, and that the case
        is closed, must be said all the same; why somebody pauses need not.
        """
        if self._is_system():
            return any(change.vals[name] for name in TOLD & change.names)
        names = {name for name in change.names if self._fields[name].type != "one2many"}
        return bool(names - {"user_id"})

    def _taking_deadlines(self):
        cases = super()._taking_deadlines()
        return cases.filtered(lambda case: case.client_id.consent_state == "given")

    def _told_of_deadlines(self):
        """Leave out clients who said no: they are not sought out again (county standard 3.1)."""
        cases = super()._told_of_deadlines()
        return cases.filtered(lambda case: case.consent_state not in DECLINED)

    def _check_stage_gate(self, stage):
        """Without consent a case stays in the first phase."""
        if not stage.is_intake:
            self.client_id._ensure_consent()

    # ------------------------------------------------------------
    # A case counts as opened from its first day with consent
    # ------------------------------------------------------------

    def _open(self):
        super()._open()
        if self.client_id.consent_state == "given":
            self._count_opening()

    def _after_write(self, change):
        super()._after_write(change)
        if "date_start" in change.names:
            self.filtered("date_opened")._count_opening()

    def _count_opening(self):
        """Count the cases from their first day with consent, as the ledger tells it by now."""
        for case in self:
            day = case._first_day_with_consent()
            if case.date_opened != day:
                case._as_system().write({"date_opened": day})

    def _first_day_with_consent(self):
        """Return the first day with the consent that the case was opened by, or False.

        It may precede the case, or follow its start. What was taken back before the case counted
        is none; what is taken back afterwards does not undo the opening.
        """
        self.ensure_one()
        opened = self.date_opened
        # sudo: integration.consent - days only, of the client's own case
        spans = self.client_id.sudo().consent_ids._file_spans()
        days = [
            max(self.date_start, since)
            for since, until in spans
            if not until or (opened and (since >= opened or until > max(opened, self.date_start)))
        ]
        day = min(days, default=False)
        return day if day and not (self.date_end and day > self.date_end) else False
