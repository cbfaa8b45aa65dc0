from odoo import api, fields, models


class IntegrationCourseRegistrationLine(models.TransientModel):
    """One client on the list for the coordination office, and by what right she stands there."""

    _name = "integration.course.registration.line"
    _inherit = ["integration.secured"]
    _description = "Client to Register"
    _order = "id"
    _fixed_fields = frozenset({"registration_id", "enrolment_id"})
    _system_fields = frozenset({"registered", "refusal"})

    registration_id = fields.Many2one(
        "integration.course.registration", required=True, index=True, ondelete="cascade"
    )
    enrolment_id = fields.Many2one(
        "integration.course.enrolment", string="Course", required=True, ondelete="cascade"
    )
    client_id = fields.Many2one(related="enrolment_id.client_id", related_sudo=False)
    kind_id = fields.Many2one(
        related="enrolment_id.kind_id", string="Kind of Course", related_sudo=False
    )
    date_need = fields.Date(related="enrolment_id.date_need", related_sudo=False)
    release_id = fields.Many2one("integration.release", compute="_compute_release_id")
    basis = fields.Selection(
        [
            ("release", "Release from confidentiality"),
            ("present", "Client is present"),
            ("none", "None: left out"),
            ("known", "Registered already"),
        ],
        compute="_compute_basis",
        store=True,
        readonly=False,
        help="By what right the office is told about her.",
    )
    # What came of it
    registered = fields.Boolean(readonly=True)
    refusal = fields.Char(string="Why Left Out", readonly=True)

    @api.depends(
        "enrolment_id",
        "registration_id.office_id",
        "registration_id.kind_ids",
        "registration_id.date",
    )
    def _compute_release_id(self):
        for line in self:
            dialog = line.registration_id
            known = bool(line.enrolment_id and dialog.office_id and dialog.date)
            line.release_id = known and line.enrolment_id._origin._covering_release(
                dialog.office_id._origin, dialog.kind_ids._origin, dialog.date
            )

    @api.depends("release_id")
    def _compute_basis(self):
        for line in self:
            if line.registered or line.refusal or line.basis == "present":
                line.basis = line.basis or "none"
            elif line.enrolment_id.date_registered:
                line.basis = "known"
            else:
                line.basis = "release" if line.release_id else "none"

    @api.depends("enrolment_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.enrolment_id.display_name
