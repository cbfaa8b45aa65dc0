from odoo import api, models


class IntegrationServiceSlip(models.AbstractModel):
    """The same slip without a word about anybody: for who has not agreed to a record of it.

    The way to a doctor or midwife is open without a consent to health data. Nothing tells here
    whom it is for, so it is printed in German and English.
    """

    _name = "report.integration_management.integration_service_slip"
    _inherit = ["integration.paper"]
    _description = "Slip without a Name"

    @api.model
    def _get_report_values(self, docids, data=None):
        services = self.env["integration.service"].browse(docids)
        services.check_access("read")
        english = self.env["integration.language"].search([("code", "=", "en")], limit=1)
        return {
            "doc_ids": services.ids,
            "doc_model": services._name,
            "docs": services,
            "day": self._day,
            "slips": [
                {
                    "referral": self.env["integration.referral"],
                    "service": service,
                    "name": service.name,
                    "company": self.env.company,
                    "columns": self._columns(english),
                    "hint": False,
                }
                for service in services
            ],
        }
