from odoo import fields, models
from odoo.tools import SQL


class IntegrationInformationKind(models.Model):
    """A kind of information that a release names and a disclosure passes on.

    Its code stands among the evidence: once it does, neither the code nor the special
    protection changes any more, in the database itself.
    """

    _name = "integration.information.kind"
    _inherit = ["integration.evidence", "integration.master"]
    _description = "Kind of Information"
    _fixed_once_used = frozenset({"code", "special"})
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
