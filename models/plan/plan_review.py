from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools import local_day, local_today


class IntegrationPlanReview(models.Model):
    """A talk in which client and case worker looked at an agreed plan again.

    Plans are reviewed and continued in regular talks (county standard 1.3.1, 3.2.2). Only
    the fact stands here, because it is counted; what was said is an integration.note.
    """

    _name = "integration.plan.review"
    _description = "Review of an Integration Plan"
    _inherit = ["integration.in.file", "integration.secured"]
    _order = "date desc, id desc"
    _rec_names_search = ["case_id.file_number"]
    _check_company_auto = True
    _needs_file_consent = True
    _fixed_fields = frozenset({"plan_id", "user_id"})

    plan_id = fields.Many2one(
        "integration.plan", required=True, index=True, ondelete="restrict", check_company=True
    )
    origin_id = fields.Many2one(
        related="plan_id.origin_id", store=True, precompute=True, index=True
    )
    case_id = fields.Many2one(related="plan_id.case_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(
        string="Employer", related="plan_id.company_id", store=True, precompute=True, index=True
    )
    municipality_id = fields.Many2one(
        "integration.municipality",
        compute="_compute_municipality_id",
        store=True,
        precompute=True,
        index=True,
    )
    date = fields.Date(required=True, default=lambda self: local_today(self.env))
    user_id = fields.Many2one(
        "res.users",
        string="Case Worker",
        required=True,
        index=True,
        check_company=True,
        default=lambda self: self.env.user,
    )
    date_next_review = fields.Date(string="Next Review")

    _company_date_idx = models.Index("(company_id, date)")

    @api.depends("plan_id", "date")
    def _compute_municipality_id(self):
        # Not on the case's municipality: a later move must not change past figures.
        for review in self:
            case = review.case_id
            review.municipality_id = bool(case) and case._municipality_on(review.date)

    @api.depends("case_id.file_number", "date")
    def _compute_display_name(self):
        for review in self:
            review.display_name = self.env._(
                "%(file_number)s – Review %(date)s",
                file_number=review.case_id.file_number,
                date=format_date(self.env, review.date),
            )

    @api.constrains("date", "date_next_review", "plan_id")
    def _check_date(self):
        today = local_today(self.env)
        for review in self:
            plan = review.plan_id
            if not plan.date_agreed or review.date < plan.date_agreed:
                raise ValidationError(
                    self.env._("%s: a review follows the agreement.", plan.display_name)
                )
            if review.date > today:
                raise ValidationError(
                    self.env._("%s: a review cannot lie in the future.", plan.display_name)
                )
            if review.date_next_review and review.date_next_review <= review.date:
                raise ValidationError(
                    self.env._("%s: the next review lies after this one.", plan.display_name)
                )

    def _created(self):
        super()._created()
        self._check_plan_in_force()
        for plan in self.plan_id.filtered(lambda p: p.state == "agreed"):
            latest = plan.review_ids.sorted(lambda r: (r.date, r.id))[-1]
            if latest.date_next_review:
                plan.date_next_review = latest.date_next_review

    def _before_write(self, change):
        super()._before_write(change)
        self._check_plan_in_force()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        """Only a mistake of the same day may disappear again; later it has been counted."""
        today = local_today(self.env)
        for review in () if self._is_trusted() else self:
            entered = local_day(review, review.create_date)
            if review.create_uid != self.env.user or entered != today:
                raise UserError(
                    self.env._(
                        "%s stays: only a slip of today can be removed.", review.display_name
                    )
                )

    def _check_plan_in_force(self):
        for plan in () if self._is_trusted() else self.plan_id:
            if plan.state != "agreed":
                raise UserError(
                    self.env._("%s is not in force and cannot be reviewed.", plan.display_name)
                )
