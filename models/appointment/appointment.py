from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

PLACES = [
    ("office", "In our office"),
    ("home", "At the client's home"),
    ("elsewhere", "Elsewhere"),
    ("phone", "By telephone"),
    ("video", "By video"),
]
USUAL_MINUTES = 60


class IntegrationAppointment(models.Model):
    """When and where a worker meets people of a case; what comes of it is a contact.

    Day and time are those of the clocks in Germany. An appointment whose time is still open has
    none yet, and takes the whole day.
    """

    _name = "integration.appointment"
    _inherit = ["integration.in.file", "integration.secured", "integration.logged"]
    _description = "Appointment"
    _order = "start, id"
    _rec_names_search = ["case_id.file_number"]
    _check_company_auto = True
    _content_fields = frozenset({"note"})
    _fixed_fields = frozenset({"case_id"})
    _system_fields = frozenset({"state", "contact_id"})
    # Nobody arranges anything for later than two years
    _days_ahead = {"date": 731, "start": 732, "stop": 735}

    case_id = fields.Many2one(
        "integration.case", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(
        related="case_id.company_id", string="Employer", store=True, precompute=True, index=True
    )
    client_id = fields.Many2one(related="case_id.client_id", related_sudo=False)
    family_ids = fields.Many2many("integration.client", compute="_compute_family_ids")
    client_ids = fields.Many2many(
        "integration.client",
        string="With",
        compute="_compute_client_ids",
        store=True,
        readonly=False,
        check_company=True,
        domain="[('id', 'in', family_ids)]",
        context={"active_test": False},
    )
    user_id = fields.Many2one(
        "res.users",
        string="Case Worker",
        required=True,
        index=True,
        check_company=True,
        default=lambda self: self.env.user,
    )
    # When
    date = fields.Date(string="Day", required=True)
    time = fields.Float(help="Empty as long as the time is still open.")
    duration = fields.Integer(string="Minutes", default=USUAL_MINUTES)
    # Where
    place_kind = fields.Selection(PLACES, string="Where", required=True, default="office")
    place = fields.Char(help="Room, address or number, as the client is to find it.")
    # What the client is told, and what the worker wants to remember
    bring_ids = fields.Many2many(
        "integration.bring.item",
        string="To Bring",
        check_company=True,
        context={"active_test": False},
    )
    bring = fields.Char(string="Also to Bring", help="Printed on the slip as it is typed.")
    note = fields.Char(string="What For", help="For you and the file alone: printed nowhere.")
    # What came of it
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("held", "Held"),
            ("missed", "Did not come"),
            ("cancelled", "Called off"),
        ],
        required=True,
        readonly=True,
        default="planned",
        copy=False,
        index=True,
    )
    contact_id = fields.Many2one(
        "integration.contact",
        string="Documented As",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )

    _user_planned_idx = models.Index("(user_id, date) WHERE state = 'planned'")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("case_id")
    def _compute_family_ids(self):
        for appointment in self:
            case = appointment.case_id
            family = (case.client_id | case.member_ids)._origin
            appointment.family_ids = family._filtered_access("read")

    @api.depends("case_id")
    def _compute_client_ids(self):
        """Propose the client of the case; whoever was chosen for another case is not asked."""
        for appointment in self:
            family = appointment.case_id.client_id | appointment.case_id.member_ids
            chosen = appointment.client_ids & family
            appointment.client_ids = chosen or appointment.case_id.client_id

    @api.depends("case_id.display_name")
    @api.depends_context("uid", "integration_show_name")
    def _compute_display_name(self):
        # Number or name, as of the case: day and place are fields of their own.
        for appointment in self:
            appointment.display_name = appointment.case_id.display_name or self.env._(
                "New appointment"
            )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.constrains("client_ids", "case_id")
    def _check_client_ids(self):
        for appointment in self:
            # sudo: integration.case - who belongs to it, also a relative the user may not read
            case = appointment.case_id.sudo()
            # sudo: integration.appointment - as above
            if appointment.sudo().client_ids - case.client_id - case.member_ids:
                raise ValidationError(
                    appointment._about_file(
                        self.env._("choose the client of the case, or somebody accompanied in it.")
                    )
                )

    @api.constrains("user_id", "case_id")
    def _check_user_id(self):
        """Refuse a worker to whom the file is closed: she would not know whom she meets.

        Our own code gives appointments to whoever answers for the case.
        """
        for appointment in () if self._is_system() else self:
            worker = appointment.user_id
            if not appointment.case_id.with_user(worker)._filtered_in_my_files():
                raise ValidationError(
                    appointment._about_file(
                        self.env._(
                            "it is closed to %s, who therefore gets no appointment in it. Share "
                            "the file first, or choose somebody else.",
                            worker.name,
                        )
                    )
                )

    def _created(self):
        super()._created()
        for appointment in self:
            if appointment.case_id.state == "closed":
                raise UserError(
                    appointment._about_file(
                        self.env._("the case is closed. Reopen it, if the work goes on.")
                    )
                )

    def _locked_fields(self):
        """What was, was: only what is planned still moves."""
        if self.state == "planned":
            return super()._locked_fields()
        return frozenset(self._fields) - {"note"}

    def _locked_message(self, names):
        return self._about_file(
            self.env._(
                "the appointment is not planned any more. Choose “Plan Again”, or plan another one."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_appointment(self):
        raise UserError(self.env._("An appointment stays in the file. Cancel it instead."))

    @api.model
    def _planned_for(self, users):
        return Domain("state", "=", "planned") & Domain("user_id", "in", users.ids)
