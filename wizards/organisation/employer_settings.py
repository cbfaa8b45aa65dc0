from odoo import api, fields, models
from odoo.exceptions import AccessError

SETTINGS = (
    "name",
    "email",
    "logo",
    "integration_employer_type",
    "integration_consent_oral_days",
    "integration_show_cards",
    "integration_small_number",
    "integration_log_months",
    "integration_incident_months",
    "integration_arrival_days",
    "integration_concern_days",
    "integration_office_public",
    "integration_office_weeks",
    "integration_submission_date",
)


class IntegrationEmployerSettings(models.TransientModel):
    """The settings of the own employer, for its administrator.

    Odoo's Settings right is not needed for them: anyone who holds that right stands outside
    the walls.
    """

    _name = "integration.employer.settings"
    _inherit = ["integration.door"]
    _description = "Employer Settings"

    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    name = fields.Char(required=True, help="On papers, and on the notice that clients sign.")
    parent_id = fields.Many2one(
        related="company_id.parent_id",
        string="Part of",
        help="A company above it, which is no employer itself; chosen when a company is entered.",
    )
    email = fields.Char(string="E-mail", help="Printed on papers, with name and address.")
    logo = fields.Image(help="Printed on papers.", max_width=1024, max_height=1024)
    integration_employer_type = fields.Selection(
        selection="_selection_employer_type", string="Kind of Employer", required=True
    )
    integration_consent_oral_days = fields.Integer(
        string="Days an Oral Consent Holds",
        help="An oral consent with a witness is provisional: until then it must be signed.",
    )
    integration_show_cards = fields.Boolean(
        string="Colleagues See Who Is Accompanied",
        help="Colleagues of the same employer find number, name and responsible worker of every"
        " client, so that nobody is taken on twice. The file stays closed.",
    )
    integration_small_number = fields.Integer(
        string="Smallest Number Printed",
        help="Statistics on personal traits hide smaller numbers. Statistical offices take five,"
        " the Federal Employment Agency three.",
    )

    integration_log_months = fields.Integer(
        string="Months the Access Log Is Kept",
        help="Older entries are deleted by the nightly clean-up.",
    )

    integration_incident_months = fields.Integer(
        string="Months Incidents Are Kept",
        help="Counted from the incident, or until its warning ends, if that is later.",
    )

    integration_arrival_days = fields.Integer(
        string="Days Names of Arrivals Are Kept",
        help="After the move. Then name, address, languages and notes of an arrival are cleared, "
        "at once if the offer was accepted or declined; what is counted stays.",
    )

    integration_concern_days = fields.Integer(
        string="Days Words of Concerns Are Kept",
        help="After the day of the concern. Then its words are cleared, at once if it was "
        "answered or taken back; what is counted stays.",
    )
    integration_office_public = fields.Boolean(
        string="Publish Office Hours",
        help="A page that anybody can read without logging in: days, times, rooms and languages, "
        "by municipality. It says nothing of visitors, and names no worker.",
    )
    integration_office_weeks = fields.Integer(string="Weeks Office Hours Are Planned Ahead")

    integration_submission_date = fields.Date(
        string="Next Submission of Figures",
        help="Workers and leads are reminded two weeks before, with the number of entries that"
        " are incomplete.",
    )

    @api.model
    def _selection_employer_type(self):
        field = self.env["res.company"]._fields["integration_employer_type"]
        kinds = field._description_selection(self.env)
        if self._may_be_county(self.env.company):
            return kinds
        return [kind for kind in kinds if kind[0] != "county"]

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        self._check_administrator(self.env.company)
        for name in SETTINGS:
            if name in fields:
                values[name] = self.env.company[name]
        return values

    def action_save(self):
        """Write the settings of the own employer."""
        self.ensure_one()
        company = self.company_id
        self._check_administrator(company)
        self._check_employer_type()
        # sudo: res.company - administrators may not write companies; these settings
        # of their own are theirs, as just checked
        company.sudo().write({name: self[name] for name in SETTINGS if self[name] != company[name]})
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The settings of %s are saved.", company.name),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check_employer_type(self):
        """Let an employer not make a county office of itself: its coordinators write shared rows.

        :raises AccessError: also if no kind was entered before; else the first administrator of
            a new company would give herself the county role
        """
        if self.integration_employer_type == "county" and not self._may_be_county(self.company_id):
            raise AccessError(
                self.env._(
                    "Only somebody with Odoo's Settings right makes a county office of an employer."
                )
            )

    @api.model
    def _may_be_county(self, company):
        is_county = company.integration_employer_type == "county"
        return self.env.su or is_county or self.env.user.has_group("base.group_system")

    @api.model
    def _check_administrator(self, company):
        """Refuse everybody but an administrator of just this employer."""
        if self.env.su:
            return
        if (
            not self.env.user.has_group("integration_management.group_admin")
            or company not in self.env.companies
        ):
            raise AccessError(
                self.env._("Only an administrator of the employer changes its settings.")
            )
