from odoo import api, fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    """A company with a kind of employer is an employer of case workers.

    Each is a controller of personal data of its own: two employers, two files.
    """

    _inherit = "res.company"

    integration_employer_type = fields.Selection(
        [
            ("municipality", "Municipality"),
            ("association", "Association of municipalities"),
            ("agency", "Agency"),
            ("county", "County office"),
        ],
        string="Kind of Employer",
        help="Set for every company that employs case workers or coordinates them.",
    )
    integration_consent_oral_days = fields.Integer(
        string="Days an Oral Consent Holds",
        default=14,
        help="An oral consent with a witness is provisional: until then it must be signed.",
    )
    integration_show_cards = fields.Boolean(
        string="Colleagues See Who Is Accompanied",
        default=True,
        help="Colleagues of the same employer find number, name and responsible worker of every"
        " client, so that nobody is taken on twice. The file stays closed.",
    )
    integration_small_number = fields.Integer(
        string="Smallest Number Printed",
        default=5,
        help="Statistics on personal traits hide smaller numbers. Statistical offices take five,"
        " the Federal Employment Agency three.",
    )

    integration_log_months = fields.Integer(
        string="Months the Access Log Is Kept",
        default=6,
        help="Older entries are deleted by the nightly clean-up.",
    )

    # Each as [first day, last day or null, day on which it was entered], in that order; never
    # taken back, see integration.mandate
    integration_grant_times = fields.Json(
        copy=False, groups=fields.NO_ACCESS, export_string_translation=False
    )

    _integration_log_months = models.Constraint(
        "CHECK(integration_log_months BETWEEN 1 AND 36)",
        "The access log is kept between 1 and 36 months.",
    )
    _integration_consent_oral_days = models.Constraint(
        "CHECK(integration_consent_oral_days BETWEEN 0 AND 90)",
        "An oral consent holds between 0 and 90 days.",
    )
    _integration_small_number = models.Constraint(
        "CHECK(integration_small_number BETWEEN 3 AND 100)",
        "The smallest number printed lies between 3 and 100.",
    )

    @api.constrains("integration_employer_type", "parent_id")
    def _check_integration_employer_alone(self):
        """Of a company, those above it and its branches, one at most is an employer.

        Odoo's own rule on contacts reads companies upwards (``parent_of``): the people of a branch
        would see the contacts of a parent company, and each employer is a controller of its own.
        Branches and parents that employ no case workers see no client, for our own rules ask for
        the very company.
        """
        companies = self.sudo().with_context(active_test=False)  # sudo: res.company - kinds alone
        lines = companies.search([("id", "child_of", companies.ids)]) | companies.parent_ids
        for employer in lines.filtered("integration_employer_type"):
            above = (employer.parent_ids - employer).filtered("integration_employer_type")
            if above:
                raise UserError(
                    self.env._(
                        "%(company)s is a branch of %(above)s. Only one of them can be an employer "
                        "of case workers: each employer keeps files of its own.",
                        company=employer.name,
                        above=above[0].name,
                    )
                )
