from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class IntegrationInformationKind(models.Model):
    """A kind of information that a release names and a disclosure passes on.

    Its code stands among the evidence: once it does, neither the code nor the special
    protection changes any more, in the database itself.
    """

    _name = "integration.information.kind"
    _inherit = ["integration.evidence", "integration.master"]
    _description = "Kind of Information"
    _ledger_columns = ("code", "special")
    _ledger_frozen = SQL("""
        EXISTS (SELECT 1 FROM integration_release
                 WHERE OLD.code = ANY(string_to_array(kind_codes, ', ')))
        OR EXISTS (SELECT 1 FROM integration_disclosure
                    WHERE OLD.code = ANY(string_to_array(kind_codes, ', ')))
    """)

    special = fields.Boolean(
        string="Special Category",
        help="Specially protected (Art. 9 GDPR), such as health: a release must name it expressly.",
    )

    def _joined_codes(self):
        """Return the codes as they stand among the evidence."""
        return ", ".join(sorted(self.mapped("code")))

    def _check_fixed(self, vals):  # pylint: disable=missing-return
        super()._check_fixed(vals)
        if "special" in vals:
            changed = self.filtered(lambda kind: kind.special != bool(vals["special"]))
            used = changed._filtered_used()
            if used:
                raise UserError(self.env._(
                    "“%s” is named in papers already. Archive the row and create a new one.",
                    used[0].display_name,
                ))
