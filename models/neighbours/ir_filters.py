from odoo import fields, models

from ..access.case_access import FILE_ROLES

# Where names of clients are sought beside the files themselves
BESIDE = {"res.partner", "mail.activity", "ir.attachment", "calendar.event"}


class IrFilters(models.Model):
    """A filter on files carries names, in its title and in its conditions.

    One that somebody with a role of ours saves on files or contacts stays with her employer,
    shared with case workers and leads alone.
    """

    _name = "ir.filters"
    _inherit = ["ir.filters", "integration.employers.own"]

    _kept_by = frozenset({"model_id", "user_ids"})

    def _values_kept(self, env):
        """Note the employer of a filter on files, and share none of somebody without files."""
        ours = self.model_id in self.env["ir.rule"]._file_models()
        if not ours and not (
            self.model_id in BESIDE and env.user.has_group("integration_management.group_base")
        ):
            return {}
        values = {}
        if not self.integration_company_id:
            values["integration_company_id"] = env.company.id
        if not self.user_ids and not env.user.has_groups(FILE_ROLES):
            values["user_ids"] = [fields.Command.set(env.user.ids)]
        return values
