from odoo import api, models
from odoo.exceptions import MissingError


class IntegrationSecured(models.AbstractModel):
    """Ids tell nothing: neither which records there are nor what they belong to.

    What they belong to is asked for by conditions; see ``domain_guard.py``.
    """

    _inherit = "integration.secured"

    def _check_access(self, operation):
        """Refuse what does not exist in the same words as what is closed.

        Else anybody with a login could count the files of all employers, and see how many notes
        were written in a night.
        """
        try:
            return super()._check_access(operation)
        except MissingError:
            present = self.exists()
            result = present._check_access(operation) if present else None
            closed = self - present | (result[0] if result else self.browse())
            return closed, lambda: self.env["ir.rule"]._neutral_error(closed)

    def _told_missing(self, error, operation):
        """Return the refusal that those get who may not read what exists."""
        if self.env.su:
            return error
        # What a role may never do is said in other words, of whatever exists and does not.
        self.browse().check_access(operation)
        return self.env["ir.rule"]._neutral_error(self)

    def read(self, fields=None, load="_classic_read"):
        try:
            rows = super().read(fields, load)
        except MissingError as error:
            raise self._told_missing(error, "read") from None
        if len(rows) < len(self) and not self.env.su:
            raise self.env["ir.rule"]._neutral_error(self)
        return rows

    def export_data(self, fields_to_export):
        """Refuse first: Odoo exports an empty row of what does not exist."""
        if not self.env.su:
            self.check_access("read")
        return super().export_data(fields_to_export)

    def unlink(self):
        try:
            return super().unlink()
        except MissingError as error:
            # What Odoo raises itself, in words that do not tell whether the record exists
            raise self._told_missing(error, "unlink") from None  # pylint: disable=no-raise-unlink

    def copy_data(self, default=None):
        try:
            return super().copy_data(default)
        except MissingError as error:
            raise self._told_missing(error, "read") from None

    @api.model
    def _lies_in_file(self, model_name):
        """Return whether records of ``model_name`` lie in files, or may do so."""
        model = self.env.registry[model_name]
        bases = ("integration.secured", "integration.in.file")
        return issubclass(model, tuple(self.env.registry[base] for base in bases))
