from odoo import api, fields, models
from odoo.exceptions import ValidationError


class IntegrationConcerns(models.AbstractModel):
    """What is kept in a case and concerns one of the people in it: its client or a relative."""

    _name = "integration.concerns"
    _description = "Concerns Somebody in a Case"
    _inherit = ["integration.in.file", "integration.secured", "integration.logged"]
    _rec_names_search = ["case_id.file_number"]
    _check_company_auto = True
    _needs_file_consent = True
    # Whether a new entry needs a case that is open or paused
    _needs_open_case = True

    case_id = fields.Many2one(
        "integration.case", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(
        related="case_id.company_id", string="Employer", store=True, precompute=True, index=True
    )
    user_id = fields.Many2one(related="case_id.user_id", string="Responsible", store=True)
    client_id = fields.Many2one(
        "integration.client",
        string="Concerns",
        compute="_compute_client_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="['|', ('case_ids', 'in', case_id), ('family_case_id', '=', case_id)]",
    )

    @api.depends("case_id")
    def _compute_client_id(self):
        for entry in self:
            entry.client_id = entry.client_id or entry.case_id.client_id

    @api.constrains("client_id", "case_id")
    def _check_client(self):
        for entry in self:
            # sudo: integration.case - who belongs to it, also a relative the user may not read
            case = entry.case_id.sudo()
            if entry.client_id not in case.client_id | case.member_ids:
                raise ValidationError(
                    case._about_file(
                        self.env._("choose the client of the case, or somebody accompanied in it.")
                    )
                )

    def _created(self):
        super()._created()
        for entry in self:
            if entry._needs_open_case and entry.case_id.state == "closed":
                entry._refuse_values(
                    self.env._("the case is closed. Reopen it, if the work goes on.")
                )

    def _refuse_values(self, text):
        """Refuse what the entry says.

        :raises ValidationError: with the file number in front of ``text``
        """
        raise ValidationError(self._about_file(text))
