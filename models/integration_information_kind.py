from odoo import api, fields, models


class IntegrationInformationKind(models.Model):
    """A kind of information that a release names and a disclosure passes on."""

    _name = "integration.information.kind"
    _inherit = ["integration.master"]
    _description = "Kind of Information"

    special = fields.Boolean(
        string="Special Category",
        help="Specially protected (Art. 9 GDPR), such as health: a release must name it expressly.",
    )

    @api.model
    def _evidence_vals(self, model, vals):
        """Return ``vals`` of a new record with the kinds as evidence beside the many2many.

        Kinds that come by ``default_kind_ids`` are written out: what is passed on must not
        depend on where it was entered.
        """
        vals = {**model.default_get(["kind_ids"]), **vals}
        chosen = model.new({"kind_ids": vals.get("kind_ids")}).kind_ids._origin
        return dict(vals, kind_codes=chosen._joined_codes())

    def _joined_codes(self):
        """Return the codes as they stand among the evidence."""
        return ", ".join(sorted(self.mapped("code")))
