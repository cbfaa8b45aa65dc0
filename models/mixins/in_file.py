from odoo import api, fields, models
from odoo.fields import Domain


class IntegrationFiled(models.AbstractModel):
    """Base of what lies in somebody's file: the record rules ask one question, here.

    A rule that walks from the record over its case to the access entries joins all cases, and
    is evaluated record by record when a form is opened. This field puts the question as two
    sets of ids, in a search and for records at hand alike.
    """

    _name = "integration.filed"
    _description = "Record in a File"

    in_my_files = fields.Boolean(
        compute="_compute_in_my_files",
        search="_search_in_my_files",
        export_string_translation=False,
        help="Whether the reader has a current access entry to the file.",
    )

    @api.depends_context("uid")
    def _compute_in_my_files(self):
        domain = Domain("id", "in", self.ids) & self._in_my_files_domain()
        # sudo: self - this is the record rule's own question
        mine = set(self.sudo().with_context(active_test=False)._search(domain))
        for record in self:
            record.in_my_files = record.id in mine

    def _search_in_my_files(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self._in_my_files_domain()

    @api.model
    def _in_my_files_domain(self):
        """Return the domain of the records that lie in files open to the current user."""
        key = "case_id" if "case_id" in self._fields else "client_id"
        return Domain(key, "in", self.env["integration.case.access"]._readable(key))
