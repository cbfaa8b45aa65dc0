from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools import local_today

# The steps of the way, in their order; each is a day
STEPS = ("date_need", "date_registered", "date_waiting", "date_start", "date_end")


class IntegrationCourseEnrolment(models.Model):
    """One client's way into a language course and through it.

    Workers register clients with the county's coordination office for language courses (county
    standard 3.2.2, language). Each step is a day, and the state follows from the days; so what is
    waited for is known step by step.
    """

    _name = "integration.course.enrolment"
    _inherit = "integration.concerns"
    _description = "Course Enrolment"
    _order = "date_state desc, id desc"
    _fixed_fields = frozenset({"case_id", "client_id"})

    kind_id = fields.Many2one(
        "integration.course.kind",
        string="Course",
        required=True,
        ondelete="restrict",
        check_company=True,
        context={"active_test": False},
    )
    provider_id = fields.Many2one(
        "integration.service",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain=[("kind", "!=", "category")],
        help="Who holds the course, as the directory lists it.",
    )
    # The way, day by day
    date_need = fields.Date(
        string="Need Since",
        default=lambda self: local_today(self.env),
        help="When it was clear that a course is needed. Empty: the course had begun before.",
    )
    date_registered = fields.Date(string="Registered On", copy=False)
    date_waiting = fields.Date(
        string="On the Waiting List Since",
        copy=False,
        help="When the coordination office or the provider confirmed it.",
    )
    date_planned = fields.Date(
        string="Begins On (Planned)",
        copy=False,
        help="As announced. Until then it is a deadline of the case.",
    )
    date_start = fields.Date(string="Begun On", copy=False)
    date_end = fields.Date(string="Ended On", copy=False, help="Last day, or when it was dropped.")
    outcome = fields.Selection(
        [
            ("certificate", "Completed with certificate"),
            ("no_certificate", "Completed without certificate"),
            ("dropped", "Broken off"),
        ],
        copy=False,
    )
    drop_reason_id = fields.Many2one(
        "integration.course.drop.reason",
        string="Why Dropped",
        copy=False,
        ondelete="restrict",
        check_company=True,
        context={"active_test": False},
    )
    level_id = fields.Many2one(
        "integration.language.level",
        string="Level Reached",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('client_id', '=', client_id)]",
        help="The entry in the person's language levels, with its proof.",
    )
    state = fields.Selection(
        [
            ("need", "Need"),
            ("registered", "Registered"),
            ("waiting", "On the waiting list"),
            ("running", "Running"),
            ("certificate", "Completed with certificate"),
            ("no_certificate", "Completed without certificate"),
            ("dropped", "Broken off"),
        ],
        compute="_compute_state",
        store=True,
        precompute=True,
        index=True,
    )
    date_state = fields.Date(string="Since", compute="_compute_state", store=True, precompute=True)

    _one_open = models.UniqueIndex(
        "(case_id, client_id, kind_id) WHERE date_end IS NULL",
        "This course is entered already and has not ended. Open it instead of a second one.",
    )
    _level_once = models.UniqueIndex(
        "(level_id) WHERE level_id IS NOT NULL",
        "This certificate belongs to another course already.",
    )
    _waiting_idx = models.Index("(company_id, date_need) WHERE date_end IS NULL")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends(*STEPS, "outcome")
    def _compute_state(self):
        for enrolment in self:
            reached = [name for name in STEPS if enrolment[name]]
            last = reached[-1] if reached else "date_need"
            enrolment.date_state = enrolment[last]
            enrolment.state = {"date_start": "running", "date_end": enrolment.outcome}.get(
                last, last.removeprefix("date_")
            )

    @api.depends("client_id.file_number", "date_state")
    def _compute_display_name(self):
        # Neither kind nor state: a course for the illiterate says enough.
        for enrolment in self:
            # sudo: integration.client - the neutral number
            number = enrolment.client_id.sudo().file_number
            enrolment.display_name = (
                self.env._(
                    "%(number)s: course, %(day)s",
                    number=number,
                    day=format_date(self.env, enrolment.date_state),
                )
                if number
                else self.env._("New course")
            )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        for vals in vals_list:
            self._refuse_second(vals)
        return super()._prepare_create(vals_list)

    @api.model
    def _refuse_second(self, vals):
        """Refuse a second entry of the same course while one is open.

        Two people at once meet the unique index; before it, this speaks with the file number.
        """
        names = ["case_id", "client_id", "kind_id"]
        draft = self.new({**self.default_get(names), **vals})
        if vals.get("date_end"):
            return
        twin = self.search(
            [
                ("case_id", "=", draft.case_id._origin.id),
                ("client_id", "=", draft.client_id._origin.id),
                ("kind_id", "=", draft.kind_id._origin.id),
                ("date_end", "=", False),
            ],
            limit=1,
        )
        if twin:
            twin._refuse_values(
                self.env._(
                    "this course is entered since %s and has not ended. Open that entry instead of "
                    "making a second one.",
                    format_date(self.env, twin.date_state),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_registered(self):
        if self.filtered("disclosure_id"):
            raise UserError(
                self.env._(
                    "Who was registered with the coordination office stays in the file. Say that "
                    "the course was dropped instead."
                )
            )
