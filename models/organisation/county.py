from odoo import api, fields, models
from odoo.exceptions import UserError


class IntegrationCounty(models.Model):
    """A county: "moved outside the county" is measured against it (standard 3.2.3)."""

    _name = "integration.county"
    _inherit = ["integration.master.guard"]
    _description = "County"
    _order = "name, id"
    _rec_names_search = ["name", "ags"]

    name = fields.Char(required=True)
    ags = fields.Char(
        string="Official County Key",
        required=True,
        help="First five digits of the official municipality key (AGS).",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="County Office",
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_company_id(),
        domain="[('integration_employer_type', '=', 'county')]",
        help="Its coordinators keep the municipalities and mandates of the county.",
    )
    municipality_ids = fields.One2many("integration.municipality", "county_id")
    municipality_count = fields.Integer(
        string="Municipalities", compute="_compute_municipality_count"
    )

    _ags_uniq = models.Constraint("UNIQUE(ags)", "A county with this key exists already.")

    @api.model
    def _default_company_id(self):
        company = self.env.company
        if company.integration_employer_type == "county":
            return company
        return self.env["res.company"]

    @api.depends("municipality_ids")
    def _compute_municipality_count(self):
        counts = dict(
            self.env["integration.municipality"]._read_group(
                [("county_id", "in", self.ids)], ["county_id"], ["__count"]
            )
        )
        for county in self:
            county.municipality_count = counts.get(county._origin, 0)

    @api.constrains("ags")
    def _check_ags(self):
        for county in self:
            if not (len(county.ags) == 5 and county.ags.isascii() and county.ags.isdigit()):
                raise UserError(
                    self.env._("The key of county “%s” must have five digits.", county.name)
                )
        self.with_context(active_test=False).municipality_ids._check_ags()

    @api.constrains("company_id")
    def _check_company_type(self):
        for county in self:
            # sudo: res.company - name and kind of an employer are no secret within the county
            company = county.company_id.sudo()
            if company and company.integration_employer_type != "county":
                raise UserError(
                    self.env._(
                        "“%s” is not set up as a county office: choose that kind in its"
                        " employer settings first.",
                        company.name,
                    )
                )
