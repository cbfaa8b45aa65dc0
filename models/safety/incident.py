from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import local_today
from ..access.logged import LISTED

# Months after which a warning is thought over anew, unless another day is chosen
WARNED_MONTHS = 6
LISTED["integration.incident"] = frozenset(
    "level place police affected_user_id date_delete".split()
)


class IntegrationIncident(models.Model):
    """What a worker met with: insults, threats, attacks (county standard 3.2.3).

    It protects those who work, as their employer must (§§ 3 to 5 ArbSchG, § 618 BGB), and so
    needs no consent: it says what happened to the worker, and nothing of the counselling. The team
    lead reads it. It is deleted on a day of its own, and what the client says to it stands in it.
    """

    _name = "integration.incident"
    _inherit = ["integration.concerns"]
    _description = "Incident"
    _order = "date desc, id desc"
    _needs_file_consent = False
    _needs_open_case = False
    _fixed_fields = frozenset({"case_id", "company_id"})
    _system_fields = frozenset({"date_contested", "date_delete"})
    _never_blank = frozenset({"description"})

    date = fields.Date(string="Day", required=True, default=lambda self: local_today(self.env))
    level = fields.Selection(
        [
            ("insult", "1 – Insult or shouting"),
            ("threat", "2 – Threat"),
            ("attack", "3 – Attack, nobody hurt"),
            ("injury", "4 – Somebody hurt"),
        ],
        required=True,
    )
    place = fields.Selection(
        [
            ("office", "Office"),
            ("visit", "House visit"),
            ("phone", "On the phone or in writing"),
            ("elsewhere", "Elsewhere"),
        ],
        string="Where",
        required=True,
        default="office",
    )
    affected_user_id = fields.Many2one(
        "res.users",
        string="Affected",
        required=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
        domain="[('company_ids', 'in', company_id), ('share', '=', False)]",
    )
    description = fields.Text(
        string="What Happened",
        required=True,
        help="What was said and done to the worker; nothing of what the client has confided.",
    )
    measures = fields.Text(string="What Was Done", help="Talk with the lead, ban, company doctor.")
    police = fields.Boolean(string="Reported to the Police")
    accident_reported = fields.Boolean(string="Reported to the Accident Insurance")
    warning = fields.Char(
        string="To Be Known before a Meeting",
        help="Shown to everybody with access to the file before the address: “in the office only”, "
        "“never alone”.",
    )
    warning_until = fields.Date(
        string="Shown Until",
        compute="_compute_warning_until",
        store=True,
        precompute=True,
        readonly=False,
    )
    client_view = fields.Text(
        string="What the Client Says",
        help="The client may contest what is kept here (Art. 16 and 21 GDPR).",
    )
    date_contested = fields.Date(string="Contested On", readonly=True)
    date_delete = fields.Date(
        string="To Be Deleted On",
        compute="_compute_date_delete",
        store=True,
        precompute=True,
        index=True,
        help="Set by the employer; a case that lasts does not prolong it.",
    )

    @api.depends("warning", "date")
    def _compute_warning_until(self):
        for incident in self:
            if not incident.warning:
                incident.warning_until = False
            elif not incident.warning_until and incident.date:
                incident.warning_until = incident.date + relativedelta(months=WARNED_MONTHS)

    @api.depends("date", "warning_until", "company_id.integration_incident_months")
    def _compute_date_delete(self):
        for incident in self:
            if not incident.date:  # emptied in a form
                incident.date_delete = incident.date_delete
                continue
            months = incident.company_id.integration_incident_months
            last = incident.date + relativedelta(months=months)
            # Whoever is warned is told why.
            incident.date_delete = max(last, incident.warning_until or last)

    @api.depends("case_id.file_number", "date")
    def _compute_display_name(self):
        for incident in self:
            # sudo: integration.case - the number alone, also for data protection
            number = incident.sudo().case_id.file_number
            words = (number, format_date(self.env, incident.date))
            incident.display_name = ", ".join(filter(None, words)) or self.env._("New incident")

    @api.constrains("date", "warning", "warning_until")
    def _check_order_of_days(self):
        for incident in self:
            if incident.date > local_today(self.env):
                incident._refuse_values(self.env._("the day of the incident lies ahead."))
            if incident.warning and not incident.warning_until:
                incident._refuse_values(self.env._("say until when colleagues are warned."))
            if incident.warning_until and incident.warning_until < incident.date:
                incident._refuse_values(self.env._("the warning ends before the incident."))

    @api.constrains("affected_user_id")
    def _check_affected(self):
        for incident in self:
            # sudo: res.users - where somebody works, of the user that is chosen
            if incident.company_id not in incident.affected_user_id.sudo().company_ids:
                incident._refuse_values(
                    self.env._("whoever is affected works at the employer of the case.")
                )

    def _warns_on(self, day):
        return bool(self.warning_until and self.warning_until >= day)

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _created(self):
        super()._created()
        for incident in self:
            incident._contest()
            incident._tell_leads(
                self.env._("Incident in file %s: read it and talk with the worker")
            )

    def _before_write(self, change):
        super()._before_write(change)
        change.before["graver"] = {incident: incident.level for incident in self}

    def _after_write(self, change):
        super()._after_write(change)
        if "client_view" in change.names:
            self._contest()
        if "level" in change.names:
            changed = self.filtered(lambda one: change.before["graver"][one] != one.level)
            changed._tell_leads(self.env._("Incident in file %s: its level was changed"))

    def _contest(self):
        """Note since when it is contested, or that it is no longer."""
        for incident in self:
            if bool(incident.client_view) != bool(incident.date_contested):
                day = local_today(self.env) if incident.client_view else False
                incident._as_system().date_contested = day

    def _tell_leads(self, words):
        """Tell the leads by file number; the level stands in the incident, not in the subject."""
        for incident in self:
            leads = self.env["res.users"]._with_role("lead", incident.company_id)
            # sudo: mail.activity - fixed words for those who lead the employer of the case
            self.env["mail.activity"].sudo()._tell(leads, words % incident.case_id.file_number)

    # ------------------------------------------------------------
    # Deletion
    # ------------------------------------------------------------

    @api.autovacuum
    def _gc_incidents(self):
        """Delete incidents whose day has come, and with them their warnings."""
        self.search(Domain("date_delete", "<", local_today(self.env))).unlink()
        self._end_warnings()

    @api.model
    def _end_warnings(self):
        """Take back the marks on cases whose warnings are over."""
        over = Domain("warning_until", "<", local_today(self.env))
        self.env["integration.case"].search(over)._compute_warning_until()
