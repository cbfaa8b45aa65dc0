from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..consent.consent_check import FIRST_DAY
from ..family.client_of_age import of_age_on


class IntegrationImportRow(models.Model):
    """What the rules would refuse, said before the file is cleared: the records refuse the rest."""

    _inherit = "integration.import.row"

    @api.model
    def _why_refused(self, batch, data, mandates):
        """Return in words why the row would be refused as it is, or nothing.

        :param data: what the row says
        :param mandates: see ``_mandates()``
        """
        if "consent_date" not in data:
            return False
        signed = fields.Date.to_date(data["consent_date"])
        born = fields.Date.to_date(data.get("birthdate"))
        if signed < max(FIRST_DAY, born or FIRST_DAY):
            return self.env._(
                "A consent cannot be dated before the person was born, nor before %s.",
                format_date(self.env, FIRST_DAY),
            )
        if born and signed < of_age_on(born) and not data.get("guardian", "").strip():
            return self.env._(
                "The person was a minor when the consent was signed, and no guardian is named."
            )
        return self._why_no_case(batch, data, mandates)

    @api.model
    def _why_no_case(self, batch, data, mandates):
        """Return in words why no case could begin as the row says, or nothing."""
        town = data.get("municipality") or batch.municipality_id.id
        if not town or "case_start" not in data:
            return False
        start = fields.Date.to_date(data["case_start"])
        spans = mandates.get(town, ())
        if any(first <= start and (not last or start <= last) for first, last in spans):
            return False
        return self.env._(
            "%(employer)s has no mandate for %(municipality)s on %(date)s.",
            employer=batch.company_id.name,
            municipality=self.env["integration.municipality"].browse(town).name,
            date=format_date(self.env, start),
        )

    @api.model
    def _mandates(self, company):
        """Return {id of the municipality: [(first, last day)]} of an employer's mandates."""
        mandates = self.env["integration.mandate"].search(Domain("company_id", "=", company.id))
        return {
            town.id: [(mandate.date_start, mandate.date_end) for mandate in own]
            for town, own in mandates.grouped("municipality_id").items()
        }
