import base64
import csv
import io
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import local_today, without_defaults
from ..access.logged import LISTED
from .import_row import OPEN
from .reader import UnreadableError, escaped, read_table, unpacked

# Files with cells of people stay no longer than this if nobody imports them.
KEPT_DAYS = 7
# What the lists show: numbers of rows, and what became of them, which opens no file.
LISTED["integration.import.batch"] = frozenset("date_done done_count left_count row_count".split())
LISTED["integration.import.row"] = frozenset("label message number take verdict".split())


class IntegrationImportBatch(models.Model):
    """One file of another system on its way into the files of this one.

    It is its author's alone: an administrator sees no client, and a colleague no stranger's. The
    file and what its rows say go once they are imported, or after seven days.
    """

    _name = "integration.import.batch"
    _inherit = ["integration.secured"]
    _description = "Import"
    _order = "id desc"
    _check_company_auto = True
    _system_fields = frozenset({"state", "user_id", "mapping_id", "date_done"})
    _fixed_fields = frozenset({"company_id"})

    company_id = fields.Many2one(
        "res.company", string="Employer", required=True, index=True, readonly=True,
        default=lambda self: self.env.company,
    )  # fmt: skip
    user_id = fields.Many2one(
        "res.users", string="Imported By", required=True, readonly=True, index=True,
        default=lambda self: self.env.user, ondelete="cascade",
    )  # fmt: skip
    state = fields.Selection(
        [
            ("draft", "File"),
            ("columns", "Columns"),
            ("preview", "Preview"),
            ("running", "Running"),
            ("done", "Imported"),
            ("undone", "Undone"),
        ],
        default="draft",
        required=True,
        readonly=True,
    )
    # In the row itself: a document on the disk would outlive what is cleared here.
    file = fields.Binary(string="File (csv or xlsx)", attachment=False, copy=False)
    # Shown while it is chosen and kept nowhere: a file may be named after whom it is about.
    file_name = fields.Char(store=False, export_string_translation=False)
    mapping_id = fields.Many2one(
        "integration.import.mapping", readonly=True, ondelete="set null", check_company=True
    )
    column_ids = fields.One2many(
        related="mapping_id.line_ids",
        string="Columns of the File",
        readonly=False,
        related_sudo=False,
    )
    municipality_id = fields.Many2one(
        "integration.municipality",
        ondelete="restrict",
        default=lambda self: self._default_municipality_id(),
        help="For cases whose row names none.",
    )
    lacks_municipality = fields.Boolean(
        compute="_compute_lacks_municipality", export_string_translation=False
    )
    row_ids = fields.One2many("integration.import.row", "batch_id", string="Rows", readonly=True)
    date_done = fields.Datetime(string="Imported On", readonly=True)
    row_count = fields.Integer(compute="_compute_counts", string="Rows in the File")
    open_count = fields.Integer(compute="_compute_counts", string="To Be Imported")
    done_count = fields.Integer(compute="_compute_counts", string="Entered")
    left_count = fields.Integer(compute="_compute_counts", string="Left Out")
    progress = fields.Float(compute="_compute_counts")
    result = fields.Binary(compute="_compute_result")
    result_name = fields.Char(compute="_compute_result", export_string_translation=False)

    @api.depends("create_date")
    def _compute_display_name(self):
        for batch in self:
            batch.display_name = self.env._("Import %s", batch._origin.id or "")

    @api.depends("row_ids.verdict", "row_ids.take")
    def _compute_counts(self):
        groups = self.env["integration.import.row"]._read_group(
            [("batch_id", "in", self.ids)], ["batch_id", "verdict", "take"], ["__count"]
        )
        for batch in self:
            own = [group[1:] for group in groups if group[0] == batch._origin]
            batch.row_count = sum(count for _verdict, _take, count in own)
            batch.open_count = sum(n for verdict, take, n in own if take and verdict in OPEN)
            batch.done_count = sum(n for v, _take, n in own if v in ("entered", "waiting"))
            batch.left_count = batch.row_count - batch.open_count - batch.done_count
            over = batch.open_count + batch.done_count
            batch.progress = 100 * batch.done_count / over if over else 0

    @api.model
    def _default_municipality_id(self):
        """Return the only municipality for which the employer works today, if it is one."""
        today = local_today(self.env)
        mandates = self.env["integration.mandate"].search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("date_start", "<=", today)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", today))
        )
        return len(mandates.municipality_id) == 1 and mandates.municipality_id

    @api.depends("state", "municipality_id", "row_ids.take", "row_ids.verdict")
    def _compute_lacks_municipality(self):
        """Tell whether a case would be opened of which nothing says where."""
        for batch in self:
            batch.lacks_municipality = (
                batch.state == "preview"
                and not batch.municipality_id
                and any(
                    "case_start" in row.says and "municipality" not in row.says
                    for row in batch.row_ids._ticked()
                )
            )

    @api.depends("state", "row_ids.verdict", "row_ids.client_id")
    def _compute_result(self):
        """Make the list of what became of each row: numbers and words, no name."""
        for batch in self:
            batch.result_name = f"import-{batch._origin.id}.csv"
            text = batch._result_csv() if batch.state in ("done", "undone") else ""
            batch.result = bool(text) and base64.b64encode(text.encode("utf-8-sig"))

    def _result_csv(self):
        """Return row, verdict, file number and remark of each row of the file."""
        self.ensure_one()
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        writer.writerow(
            [
                self.env._("Row"),
                self.env._("Verdict"),
                self.env._("File Number"),
                self.env._("Remark"),
            ]
        )
        verdicts = dict(
            self.env["integration.import.row"]._fields["verdict"]._description_selection(self.env)
        )
        for row in self.row_ids:
            line = [row.number, verdicts[row.verdict], row.client_id.file_number, row.message]
            writer.writerow([escaped(value) for value in line])
        return text.getvalue()

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        return [dict(vals, user_id=self.env.uid) for vals in vals_list]

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state in ("running", "done", "undone"):
            locked |= {"file", "municipality_id"}
        return locked

    @api.ondelete(at_uninstall=False)
    def _unlink_except_running(self):
        for batch in self:
            if batch.state in ("running", "done"):
                raise UserError(
                    self.env._(
                        "%s has entered people. Undo it, or keep it as the proof of its rows.",
                        batch.display_name,
                    )
                )

    # ------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------

    def action_read(self):
        """Read which columns the file has, and find or propose what they are.

        :raises UserError: no file, or one that cannot be read
        """
        for batch in self:
            batch._ensure_state("draft", "columns", "preview")
            columns, _rows = batch._read_file()
            # sudo: integration.import.row - rows are written by the import alone; own batch
            batch.row_ids.sudo().unlink()
            mapping = self.env["integration.import.mapping"]._for_columns(batch.company_id, columns)
            batch._as_system().write({"mapping_id": mapping.id, "state": "columns"})

    def action_preview(self):
        """Say of each row what would become of it; nothing is entered.

        :raises UserError: nothing says what a person is called
        """
        for batch in self:
            batch._ensure_state("columns", "preview")
            targets = batch.mapping_id._targets()
            if not {"name", "last_name"} & set(targets.values()):
                raise UserError(
                    self.env._("Say which column is the name: “Full Name”, or “Last Name”.")
                )
            _columns, rows = batch._read_file()
            vals_list = self.env["integration.import.row"]._judge(batch, targets, rows)
            # sudo: integration.import.row - rows are written by the import alone; own batch
            batch.row_ids.sudo().unlink()
            # sudo: as above
            register = without_defaults(self.env["integration.import.row"].sudo())
            register._as_system().create(vals_list)
            batch._as_system().write({"state": "preview"})

    def _read_file(self):
        """Return columns and rows of the file.

        :raises UserError: why it cannot be read, and what can be done
        """
        self.ensure_one()
        try:
            content = unpacked(self.with_context(bin_size=False).file)
            if not content:
                raise UserError(self.env._("Choose the file first."))
            return read_table(content)
        except UnreadableError as error:
            raise UserError(self._unreadable(error.args[0])) from None

    def _unreadable(self, reason):
        return {
            "large": self.env._("The file is too large. Divide it into files of at most 20 MB."),
            "empty": self.env._("The file has no rows. The first one names the columns."),
            "twice": self.env._("Two columns have the same name. Rename one of them."),
            "rows": self.env._("The file has more than 20,000 rows. Divide it."),
            "workbook": self.env._(
                "This is neither a csv file nor an xlsx workbook. Save it as one of them; of older "
                "kinds of workbooks nothing is read."
            ),
        }[reason]

    def _ensure_state(self, *states):
        self.ensure_one()
        self.check_access("write")
        if self.state not in states:
            raise UserError(
                self.env._("%s is past this step. Load the page anew.", self.display_name)
            )

    # ------------------------------------------------------------
    # Cleaning
    # ------------------------------------------------------------

    @api.autovacuum
    def _gc_cells(self):
        """Clear files and cells that nobody has imported within seven days."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search(
            [("create_date", "<", limit), ("state", "in", ("draft", "columns", "preview"))]
        )
        old.unlink()
