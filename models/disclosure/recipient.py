from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import same_words

# Who can be told; a release may name a category of them as well
RECIPIENT_KINDS = [("organisation", "Organisation"), ("person", "Person")]
CATEGORY = [("category", "Category of recipients")]


class IntegrationRecipient(models.AbstractModel):
    """The one who is told about a client: from the directory, or in words for this one time.

    The words stand in the record whatever the directory says later: what was signed names
    them. Chosen from the directory, words and kind are those of the directory.
    """

    _name = "integration.recipient"
    _inherit = ["integration.secured"]
    _description = "Record That Names a Recipient"

    client_id = fields.Many2one(
        "integration.client", required=True, index=True, ondelete="restrict", check_company=True
    )
    file_number = fields.Char(
        related="client_id.file_number",
        string="File Number",
        help="For anyone who may not look for clients by name, such as data protection.",
    )
    service_id = fields.Many2one(
        "integration.service",
        string="From the Directory",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Name and kind come from there. Left empty for a recipient that comes up once.",
    )
    recipient_kind = fields.Selection(RECIPIENT_KINDS, required=True, default="organisation")
    recipient_name = fields.Char(
        string="Recipient", required=True, help="Who may be told: body, person or category."
    )

    @api.onchange("service_id")
    def _onchange_service_id(self):
        if self.service_id:
            self.update(self._directory_vals(self.service_id))

    @api.model
    def _directory_vals(self, service):
        """Return what is taken over from the directory."""
        return {"recipient_kind": service.kind, "recipient_name": service.name}

    @api.model
    def _with_recipient(self, vals):
        """Return ``vals`` with what the chosen service brings along and was not given."""
        if "service_id" not in vals:
            vals = {**self.default_get(["service_id"]), **vals}
        service = self.env["integration.service"].browse(vals.get("service_id") or [])
        # The row may be anybody's by its id: what it says is taken over by anyone who may read it.
        if not service._filtered_access("read"):
            return vals
        return {**self._directory_vals(service), **vals}

    @api.constrains("service_id", "recipient_kind", "recipient_name")
    def _check_recipient(self):
        for record in self.filtered("service_id"):
            service = record.service_id
            same = same_words(record.recipient_name, service.name)
            if not same or record.recipient_kind != service.kind:
                raise ValidationError(
                    record._about_file(
                        self.env._(
                            "the directory has another name or kind for the recipient. Choose "
                            "from the "
                            "directory, or leave it aside and name the recipient yourself."
                        )
                    )
                )

    @api.model
    def _names_in_words(self, service):
        """Return the domain of the records that name ``service`` in words."""
        return self._named(service.name)

    @api.model
    def _named(self, name):
        """Return the domain of the records whose recipient bears ``name``."""
        # Compared here and not by the database, to which another spelling is another name.
        names = [other for (other,) in self._unseen()._read_group([], ["recipient_name"])]
        alike = [other for other in names if same_words(other, name)]
        return Domain("recipient_name", "in", alike)
