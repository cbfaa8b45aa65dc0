from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..mixins.signed_paper import MAX_BYTES
from ..papers.paper_file import UnfitFileError, proper_file


class IntegrationMeetingMaterial(models.Model):
    """A paper that is handed out: slides, a leaflet, a list of addresses."""

    _name = "integration.meeting.material"
    _inherit = ["integration.meeting.part"]
    _description = "Material of a Network Meeting"
    _order = "meeting_id, id"
    _nameless_fields = frozenset({"name"})
    _system_fields = frozenset({"company_id", "file_name"})

    name = fields.Char(
        string="Title",
        required=True,
        help="All workers of the county read it, and what is in the file: no names of clients.",
    )
    file = fields.Binary(attachment=True, required=True, copy=False)
    file_name = fields.Char(readonly=True)

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = [self._with_file(vals) for vals in vals_list]
        return super()._prepare_create(vals_list)

    def _before_write(self, change):
        if "file" in change.vals:
            change.vals = self._with_file(change.vals)
        super()._before_write(change)

    @api.model
    def _never_default_fields(self):
        # What comes by the context has passed no check.
        return super()._never_default_fields() | {"file"}

    @api.model
    def _with_file(self, vals):
        """Return ``vals`` with the file as it is kept.

        :raises ValidationError: there is none, or none of the kinds that are kept
        """
        try:
            content, suffix, _kind = proper_file(vals.get("file") or b"")
        except UnfitFileError as error:
            raise ValidationError(
                self.env._(
                    "The material must be a PDF, a picture (JPEG, PNG) or an office document "
                    "without programs, and at most %s MB. Save it as PDF, and upload that.",
                    MAX_BYTES // 1024 // 1024,
                )
            ) from error
        # Neutral: a file often bears the name of whoever it was made for.
        return dict(vals, file=content, file_name=f"material.{suffix}")
