from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import keep_local_changes


class IntegrationMaster(models.AbstractModel):
    """Base of every classification that a county or an employer may extend.

    A row without employer is shared by all and kept by the county; a row with one
    belongs to that employer alone.
    """

    _name = "integration.master"
    _inherit = ["integration.master.guard"]
    _description = "Master Data"
    _order = "sequence, name, id"
    # Anyone who may write a row must not be able to push it over to others.
    _fixed_fields = frozenset({"company_id"})
    # What stays as it is as soon as something was recorded with a row
    _fixed_once_used = frozenset({"code"})

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="Short and lasting: reports and exports refer to it. Fixed once the row is in use.",
    )
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_company_id(),
        falsy_value_label="Shared by all",
        help="Empty: shared by all employers of the county.",
    )

    _code_company_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))",
        "This code exists already. Codes are unique among the shared rows and within an employer.",
    )

    @api.model
    def _default_company_id(self):
        """Return the employer for an administrator's new row, nothing for shared rows."""
        if self.env.su or self.env.user.has_group("integration_management.group_county"):
            return self.env["res.company"]
        return self.env.company

    @api.constrains("code")
    def _check_code(self):
        for row in self:
            if row.code != row.code.strip() or " " in row.code:
                raise UserError(self.env._("The code “%s” must not contain blanks.", row.code))

    def _before_write(self, change):
        self._check_fixed(change.vals)
        super()._before_write(change)

    def copy_data(self, default=None):
        default = default or {}
        vals_list = super().copy_data(default=default)
        for row, vals in zip(self, vals_list, strict=True):
            if "code" not in default:
                vals["code"] = f"{row.code}_copy"
            if "name" not in default:
                vals["name"] = self.env._("%s (copy)", row.name)
            if "company_id" not in default and not self.env.su:
                # So an administrator may take a shared row as a pattern for an own one.
                vals["company_id"] = self._default_company_id().id
        return vals_list

    def _check_fixed(self, vals):
        """Refuse what would turn a row into another one.

        The code, and what else figures or papers rest on, stays as soon as something was recorded
        with the row.
        """
        for name in self._fixed_once_used & vals.keys():
            field = self._fields[name]
            used = self.filtered(lambda row, n=name: row._differs(n, vals[n]))._filtered_used()
            if used:
                raise UserError(
                    self.env._(
                        "“%(row)s” is in use already, so “%(field)s” stays as it is. Archive the "
                        "row and create a new one.",
                        row=used[0].display_name,
                        field=field._description_string(self.env),
                    )
                )

    @api.model
    def _keep_local_changes(self):
        """Let an update of the module leave shipped rows as the county has edited them.

        Called by the last data file: files of csv format cannot say so themselves.
        """
        models_ = self.env.registry.descendants([self._name], "_inherit")
        keep_local_changes(self.env, models_)
