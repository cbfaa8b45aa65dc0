from odoo import api, models


class IntegrationServiceByMunicipality(models.AbstractModel):
    """The directory on paper, sorted by municipality (county standard 1.1)."""

    _name = "report.integration_management.integration_directory_paper"
    _inherit = ["integration.paper"]
    _description = "Contacts by Municipality"

    @api.model
    def _get_report_values(self, docids, data=None):
        services = self.env["integration.service"].browse(docids)
        services.check_access("read")
        services = services.filtered(lambda row: row.kind != "category").sorted("name")
        towns = services.municipality_ids.sorted("name")
        groups = [
            (town.name, services.filtered(lambda row, town=town: town in row.municipality_ids))
            for town in towns
        ]
        everywhere = services.filtered(lambda row: not row.municipality_ids)
        if everywhere:
            groups.insert(0, (self.env._("Whole county"), everywhere))
        return {
            "doc_ids": services.ids,
            "doc_model": services._name,
            "docs": services,
            "company": self.env.company,
            "day": self._day,
            "groups": groups,
        }
