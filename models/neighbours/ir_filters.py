from odoo import api, fields, models

from ..access.case_access import FILE_ROLES

# Where names of clients are sought beside the files themselves
BESIDE = {"res.partner", "mail.activity", "ir.attachment", "calendar.event"}


class IrFilters(models.Model):
    """A filter on files carries names, in its title and in its conditions.

    Odoo shows a shared filter to every employee of the database. One that somebody with a role of
    ours saves on files or contacts stays with her employer, shared with case workers and leads;
    who leaves the employer leaves it behind.
    """

    _inherit = "ir.filters"

    integration_company_id = fields.Many2one(
        "res.company",
        string="Employer",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        export_string_translation=False,
        help="Set for filters on files: nobody of another employer sees them.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        kept = [
            {k: v for k, v in vals.items() if k != "integration_company_id"} for vals in vals_list
        ]
        filters = super(IrFilters, self.with_context(default_integration_company_id=False)).create(
            kept
        )
        filters._keep_with_employer()
        return filters

    def write(self, vals):
        vals = {name: v for name, v in vals.items() if name != "integration_company_id"}
        result = super().write(vals)
        if vals.keys() & {"model_id", "user_ids"}:
            self._keep_with_employer()
        return result

    def _keep_with_employer(self):  # pylint: disable=missing-return
        """Note the employer of a filter on files, and share none of somebody without files."""
        ours = self.env["ir.rule"]._file_models()
        ours_too = BESIDE if self.env.user.has_group("integration_management.group_base") else ()
        # sudo: ir.filters - the user's own filter; the field is set here alone
        for filter_ in self.sudo():
            if filter_.model_id not in ours and filter_.model_id not in ours_too:
                continue
            values = {}
            if not filter_.integration_company_id:
                values["integration_company_id"] = self.env.company.id
            if not filter_.user_ids and not self.env.user.has_groups(FILE_ROLES):
                values["user_ids"] = [fields.Command.set(self.env.user.ids)]
            if values:
                super(IrFilters, filter_).write(values)  # pylint: disable=super-method-mismatch
