from odoo import fields, models


class IntegrationReportFact(models.Model):
    """Ids of the rows behind the cells of a submitted report, packed by figure.

    They say later why a number would be another one today: entered late, corrected, merged,
    deleted, handed over. Numbers without a name, which outlive an anonymised client and then
    point to nobody. No role has a right to them; the engine alone reads them.
    """

    _name = "integration.report.fact"
    _inherit = ["integration.report.part"]
    _description = "Rows behind Submitted Figures"

    measure = fields.Char(required=True)
    monthly = fields.Boolean(help="Counted for each month alone, not for the whole period.")
    # No foreign keys: what is deleted one day must not change what was submitted.
    groups = fields.Json(help="Month, item, worker, employer, municipality, and the ids.")
