from odoo import fields, models

from ...reports.intake.export_pack import write_pack, write_people
from ...tools import local_today


class IntegrationExport(models.TransientModel):
    """Take along all that one may read of an employer, in the format that the import reads.

    It opens nothing: what is exported is read as its author, and logged as exported.
    """

    _name = "integration.export"
    _inherit = ["integration.secured"]
    _description = "Export"
    _system_fields = frozenset({"company_id"})

    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    contents = fields.Selection(
        [
            ("people", "People, households and running cases (csv, as the import reads it)"),
            ("all", "Everything in the files, with papers (zip)"),
        ],
        required=True,
        default="people",
    )

    def _compute_display_name(self):
        for dialog in self:
            dialog.display_name = self.env._("Export")

    def action_download(self):
        """Fetch the file; it is made while it is fetched, and kept nowhere."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/integration/export/{self.id}",
            "target": "self",
        }

    def _write_to(self, stream):
        """Write the file and note whose files it shows.

        :returns: (name of the file, its kind)
        """
        self.ensure_one()
        self.check_access("read")
        everything = self.contents == "all"
        write = write_pack if everything else write_people
        clients = write(self.env, self.company_id, stream)
        self.env["integration.access.log"]._log("export", clients)
        words, day = self.env._("export"), local_today(self.env).isoformat()
        if everything:
            return f"{words}-{day}.zip", "application/zip"
        return f"{words}-{day}.csv", "text/csv; charset=utf-8"
