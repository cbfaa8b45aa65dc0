from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.mixins.once import once
from ...tools import local_today

PROVEN = ("certificate", "certificate_number", "certificate_date")


class IntegrationCourseFinish(models.TransientModel):
    """Say how a course ended: with a certificate and the level it proves, without, or dropped."""

    _name = "integration.course.finish"
    _inherit = ["integration.once", "integration.secured"]
    _description = "End of a Course"
    _fixed_fields = frozenset({"enrolment_id"})
    _check_company_auto = True

    enrolment_id = fields.Many2one(
        "integration.course.enrolment", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="enrolment_id.company_id")
    date_end = fields.Date(
        string="Ended On", required=True, default=lambda self: local_today(self.env)
    )
    outcome = fields.Selection(
        selection=lambda self: (
            self.env["integration.course.enrolment"]._fields["outcome"].selection
        ),
        string="How It Ended",
        required=True,
        default=lambda self: self._default_outcome(),
    )
    drop_reason_id = fields.Many2one(
        "integration.course.drop.reason", string="Why Dropped", check_company=True
    )
    level = fields.Selection(
        selection=lambda self: self.env["integration.language.level"]._fields["level"].selection,
        string="Level Reached",
    )
    certificate = fields.Char(help="Which examination: DTZ, telc, Goethe …")
    certificate_number = fields.Char(help="As it stands on the certificate.")
    certificate_date = fields.Date(string="Issued On")

    @api.model
    def _default_outcome(self):
        enrolment = self.env["integration.course.enrolment"]._begun_at("enrolment_id")
        return "certificate" if enrolment.date_start else "dropped"

    @api.depends("enrolment_id")
    def _compute_display_name(self):
        for dialog in self:
            dialog.display_name = dialog.enrolment_id.display_name

    @once
    def action_finish(self):
        """Write the end into the enrolment, and the level with its proof into the person."""
        self.ensure_one()
        enrolment = self.enrolment_id
        if enrolment.date_end:
            raise UserError(
                enrolment._about_file(
                    self.env._("the end of this course is entered already. Correct it there.")
                )
            )
        dropped = self.outcome == "dropped"
        vals = {
            "date_end": self.date_end,
            "outcome": self.outcome,
            "drop_reason_id": self.drop_reason_id.id if dropped else False,
        }
        if self.level and not dropped:
            vals["level_id"] = self._reach_level().id
        enrolment.write(vals)
        return {"type": "ir.actions.act_window_close"}

    def _reach_level(self):
        """Enter the level into the person's history, from the day of its proof."""
        proven = self.outcome == "certificate"
        vals = {"level": self.level, "source": "certificate" if proven else "estimate"}
        if proven:
            vals.update({name: self[name] for name in PROVEN})
        day = (proven and self.certificate_date) or self.date_end
        levels = self.env["integration.language.level"]
        return levels._reach(self.enrolment_id.client_id, day, vals)
