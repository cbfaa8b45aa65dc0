import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import file_open

from ...tools import local_today, plain_name
from .county_csv import read_preset

BUILTIN = {"bodenseekreis": "data/organisation/county_presets/bodenseekreis.csv"}


class IntegrationCountyPreset(models.TransientModel):
    """Load a county with its municipalities and mandates; loading twice changes nothing.

    Municipality, principal and employer are data (county standard 1.2): the preset of
    one county is built in, others bring a csv file of the same columns.
    """

    _name = "integration.county.preset"
    _inherit = ["integration.county.loader", "integration.secured"]
    _description = "Load a County"

    state = fields.Selection(
        [("source", "Source"), ("preview", "Preview"), ("done", "Done")],
        default="source",
        required=True,
        readonly=True,
    )
    source = fields.Selection(
        [("builtin", "Built-in county"), ("file", "File of another county (csv)")],
        default="builtin",
        required=True,
    )
    builtin = fields.Selection(
        [("bodenseekreis", "Bodenseekreis")], string="County", default="bodenseekreis"
    )
    csv_file = fields.Binary(string="File", attachment=False)
    csv_filename = fields.Char()
    example_file = fields.Binary(compute="_compute_example_file", export_string_translation=False)
    date_start = fields.Date(
        string="Mandates From",
        required=True,
        default=lambda self: local_today(self.env).replace(month=1, day=1),
        help="First day of the mandates that are created. Cases need a mandate valid on the"
        " day they start.",
    )
    line_ids = fields.One2many("integration.county.preset.line", "preset_id", string="Employers")
    preview = fields.Text(compute="_compute_preview", string="What will happen")
    result = fields.Text(readonly=True, string="What was done")

    def _compute_example_file(self):
        for preset in self:
            preset.example_file = base64.b64encode(self._builtin_content("bodenseekreis"))

    @api.depends("state", "date_start", "line_ids.company_id")
    def _compute_preview(self):
        for preset in self:
            if preset.state != "preview":
                preset.preview = False
                continue
            plan = preset._compare(preset._rows(), preset._mapping(), preset.date_start)
            preset.preview = preset._describe(plan, done=False)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_preview(self):
        """Read the source and show who would get which mandates."""
        self.ensure_one()
        self._check_allowed()
        rows = self._rows()
        companies = self._allowed_companies({row.county_ags for row in rows})
        by_name = {plain_name(company.name): company for company in companies}
        counts = {}
        for row in rows:
            if row.employer:
                counts[row.employer] = counts.get(row.employer, 0) + 1
        commands = [Command.clear()]
        for employer, count in counts.items():
            company = by_name.get(plain_name(employer), companies.browse())
            commands.append(
                Command.create({"name": employer, "mandate_count": count, "company_id": company.id})
            )
        self.write({"state": "preview", "line_ids": commands})
        return self._reopen()

    def action_back(self):
        """Return to the choice of the source."""
        self.ensure_one()
        self.state = "source"
        return self._reopen()

    def action_load(self):
        """Create what is missing and report it."""
        self.ensure_one()
        plan = self._load(self._rows(), self._mapping(), self.date_start)
        self.write({"state": "done", "result": self._describe(plan, done=True)})
        return self._reopen()

    def action_example(self):
        """Download the built-in county as a pattern for a file of one's own."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/example_file/county_example.csv"
            "?download=true",
            "target": "download",
        }

    def action_open_municipalities(self):
        """Show the municipalities after loading."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "integration_management.integration_municipality_action"
        )

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Load a county"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    @api.model
    def _load_builtin(self, employer_companies, date_start, county_company=None):
        """Load the built-in county without the dialog.

        :param dict employer_companies: company by employer name as written in the preset;
            mandates of employers left out are not created
        :param date date_start: first day of the mandates
        :param county_company: company of the county office, for a superuser's call
        :return: the text that reports what was done
        """
        rows = read_preset(self._builtin_content("bodenseekreis"), self.env)
        plan = self._load(rows, employer_companies, date_start, county_company)
        return self._describe(plan, done=True)

    def _rows(self):
        """Return the rows of the chosen source."""
        self.ensure_one()
        if self.source == "file":
            # The web client reads forms with sizes in place of files.
            content = self.with_context(bin_size=False).csv_file
            if not content:
                raise UserError(self.env._("Choose a file first."))
            try:
                content = base64.b64decode(content)
            except ValueError as error:  # cut off on its way
                raise UserError(
                    self.env._("The file did not arrive whole. Please choose it again.")
                ) from error
            return read_preset(content, self.env)
        if not self.builtin:
            raise UserError(self.env._("Choose a county first."))
        return read_preset(self._builtin_content(self.builtin), self.env)

    @api.model
    def _builtin_content(self, name):
        """Return the bytes of a built-in county's file."""
        with file_open(f"integration_management/{BUILTIN[name]}", "rb") as file:
            return file.read()

    def _mapping(self):
        """Return the company chosen for each employer named in the source."""
        return {line.name: line.company_id for line in self.line_ids if line.company_id}
