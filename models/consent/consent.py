from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools import local_today
from .gate import GIVEN

PURPOSES = [
    ("file", "Counselling file"),
    ("team", "Sharing with colleagues and deputies"),
    ("transfer", "Transfer on hand-over"),
    ("messenger", "Contact by messenger"),
    ("health", "Health data"),
]


class IntegrationConsent(models.Model):
    """One event of the consent ledger; what holds now is computed from the events.

    Information and consent come before any counselling file (county standard 2.2); the
    employer must be able to prove it (Art. 7 GDPR), so events are added, never changed.
    """

    _name = "integration.consent"
    _inherit = ["integration.ledger", "integration.represented", "integration.signed.paper"]
    _description = "Consent"
    _order = "date desc, id desc"
    _check_company_auto = True
    _ledger_columns = (
        "client_id",
        "company_id",
        "purpose",
        "decision",
        "date",
        "form",
        "guardian_id",
        "guardian_name",
        "interpreter",
        "witness",
        "valid_until",
        "reason",
        "user_id",
        "notice_id",
        "attachment_name",
        "attachment_hash",
        "create_date",
    )

    client_id = fields.Many2one(
        "integration.client", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(
        related="client_id.company_id", store=True, precompute=True, index=True, ondelete="restrict"
    )
    purpose = fields.Selection(
        PURPOSES,
        required=True,
        default="file",
        help="What the consent is for; an unnamed purpose is not allowed.",
    )
    decision = fields.Selection(
        [
            ("given", "Given"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
            ("renewed", "Renewed"),
            ("expired", "Expired"),
        ],
        required=True,
        default="given",
    )
    date = fields.Date(required=True, default=lambda self: local_today(self.env))
    form = fields.Selection(
        [
            ("paper", "On paper"),
            ("screen", "On screen"),
            ("oral", "Orally, with a witness"),
            ("system", "By lapse of time"),
        ],
        required=True,
        default="paper",
    )
    witness = fields.Char(help="Required for a consent given orally.")
    valid_until = fields.Date(help="Last day; empty without an end.")
    reason = fields.Char(help="Why an earlier event is corrected by this one.")
    notice_id = fields.Many2one(
        "integration.consent.notice",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'published'), ('company_id', '=', company_id)]",
        help="The text that was explained and signed; empty for the employer's own paper form.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Recorded By",
        required=True,
        readonly=True,
        check_company=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )

    _client_purpose_idx = models.Index("(client_id, purpose, date DESC, id DESC)")

    @api.depends("client_id.file_number", "purpose")
    def _compute_display_name(self):
        purposes = dict(self._fields["purpose"]._description_selection(self.env))
        for consent in self:
            # sudo: integration.client - the neutral number, for data protection too
            number = consent.client_id.sudo().file_number or ""
            consent.display_name = f"{number}: {purposes.get(consent.purpose, '')}"

    @api.constrains("date", "valid_until")
    def _check_dates(self):
        today = local_today(self.env)
        for consent in self:
            if consent.date > today:
                raise ValidationError(
                    consent._about_file(self.env._("a consent cannot be dated in the future."))
                )
            if consent.valid_until and consent.valid_until < consent.date:
                raise ValidationError(
                    consent._about_file(self.env._("the consent would end before it was given."))
                )

    @api.constrains("decision", "form", "witness")
    def _check_witness(self):
        for consent in self.filtered(lambda event: event._is_yes() and event.form == "oral"):
            if not (consent.witness or "").strip():
                raise ValidationError(
                    consent._about_file(
                        self.env._("a consent given orally needs the name of a witness.")
                    )
                )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = [self._prepare_event_vals(vals) for vals in vals_list]
        self._queue_up(vals.get("client_id") for vals in vals_list)
        return super()._prepare_create(vals_list)

    def _created(self):
        super()._created()
        for event in self.sorted("id"):
            # One by one: whether an event makes sense depends on the ones before it.
            event._check_event()
        self._mark_case_opened()
        self._announce_withdrawal()
        self._drop_drafts()

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _last_event(self, purpose):
        """Return the latest event among ``self`` for ``purpose``."""
        events = self.filtered(lambda event: event.purpose == purpose)
        return events.sorted(lambda event: (event.date, event.id or 0))[-1:]

    def _prepare_event_vals(self, vals):
        """Complete the values of an event by its author and its provisional end.

        A consent given orally ends after the employer's number of days, never later: the
        county standard 2.2 asks for a signature, until then it is provisional.
        """
        # What comes by default_* in the context counts like any other value.
        names = {"client_id", "decision", "date", "form", "valid_until"}
        vals = {**self.default_get(list(names - vals.keys())), **vals, "user_id": self.env.uid}
        day = fields.Date.to_date(vals["date"])
        if vals["decision"] in GIVEN and vals["form"] == "oral" and day:
            company = self.env["integration.client"].browse(vals.get("client_id")).company_id
            limit = day + timedelta(days=company.integration_consent_oral_days)
            vals["valid_until"] = min(fields.Date.to_date(vals.get("valid_until")) or limit, limit)
        return vals

    @api.model
    def _queue_up(self, client_ids):
        """Let events of the same client wait for each other, also those of the same second.

        The one that comes second is tried anew by Odoo and sees the first; else the state stored
        with the client could be one that the ledger does not tell.
        """
        clients = self.env["integration.client"].browse(
            sorted({i for i in client_ids if i and isinstance(i, int)})
        )
        clients._take_turns()

    def _mark_case_opened(self):
        """A case counts as opened from its first day with consent, also if that is corrected."""
        # sudo: integration.case - the client's own cases, a date that follows from the events
        cases = self.filtered(lambda event: event.purpose == "file").client_id.sudo().case_ids
        cases.filtered(lambda c: c.date_opened or c.state != "closed")._count_opening()

    def _file_spans(self):
        """Yield (first day, first day no more or False) of each consent to the file among events.

        A refusal recorded after a consent of the same day corrects it: there was none. A
        withdrawal corrects nothing, so that day was one with consent.
        """
        since = False
        for event in self.sorted(lambda e: (e.date, e.id)):
            if event.purpose != "file":
                continue
            if event._is_yes():
                since = since or event.date
            elif since:
                if event.decision != "refused" or event.date > since:
                    yield since, event.date
                since = False
        if since:
            yield since, False

    def _is_yes(self):
        """Return whether the event gives a consent."""
        return self.decision in GIVEN

    def _takes_back_file(self):
        """Return whether the event ends a consent to the file: also a refusal after it."""
        self.ensure_one()
        if self.purpose != "file" or self.decision != "refused":
            return self.purpose == "file" and self.decision == "withdrawn"
        before = (self.client_id.consent_ids - self)._last_event("file")
        return before._is_yes() or before.decision == "expired"

    @api.model
    def _cron_expire(self):
        """Add the event “expired” for consents, to whatever purpose, whose last day has passed."""
        self.flush_model()
        lapsed = self.env.execute_query(
            SQL(
                """
            SELECT client_id, purpose FROM (
                SELECT DISTINCT ON (client_id, purpose) client_id, purpose, decision, valid_until
                  FROM integration_consent
                 ORDER BY client_id, purpose, date DESC, id DESC
            ) AS last
             WHERE decision IN %s AND valid_until < %s
            """,
                GIVEN,
                local_today(self.env),
            )
        )
        self._record_by_itself(
            [
                {
                    "client_id": client_id,
                    "purpose": purpose,
                    "decision": "expired",
                    "form": "system",
                }
                for client_id, purpose in lapsed
            ]
        )
