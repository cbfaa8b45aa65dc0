from odoo import api, fields, models


class IntegrationPlanReviewWizardRating(models.TransientModel):
    """Where somebody of the family stands in an area, as the dialog of a review asks for it."""

    _name = "integration.plan.review.wizard.rating"
    _inherit = ["integration.plan.review.rated"]
    _description = "Rating of a Family Member in a Review"
    _check_company_auto = True
    _fixed_fields = frozenset({"wizard_id", "client_id", "area_id"})

    wizard_id = fields.Many2one(
        "integration.plan.review.wizard", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="wizard_id.company_id", string="Employer")
    client_id = fields.Many2one(
        "integration.client", string="Person", required=True, ondelete="cascade", check_company=True
    )
    area_id = fields.Many2one(
        "integration.area",
        string="Life Area",
        required=True,
        ondelete="cascade",
        check_company=True,
    )

    @api.depends("client_id", "area_id")
    def _compute_display_name(self):
        for rating in self:
            rating.display_name = f"{rating.client_id.file_number} – {rating.area_id.name}"

    @api.model
    def _for_family(self, plan, areas):
        """Return the values of the rows: who takes part in the plan, by area of its goals.

        Of whom an assessment can be recorded in this case: its own persons, with the consents that
        the area needs. Who has a file of her own is assessed there.
        """
        relatives = plan.client_ids & plan.case_id.member_ids
        return [
            {"client_id": relative.id, "area_id": area.id}
            for relative in relatives._filtered_access("read")
            if relative._has_consent("file")
            for area in areas
            if not area.consent_purpose or relative._has_consent(area.consent_purpose)
        ]
