from odoo import api, fields, models


class IntegrationPlanStep(models.Model):
    """A step may say what it is about and to whom it leads; then the rails speak to it."""

    _name = "integration.plan.step"
    _inherit = ["integration.plan.step", "integration.guarded"]

    topic_id = fields.Many2one(
        "integration.topic", index="btree_not_null", ondelete="restrict", check_company=True
    )
    service_id = fields.Many2one(
        "integration.service",
        string="Leads To",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain=[("kind", "!=", "category")],
        help="The body or person of the directory that this step leads to.",
    )
    referral_ids = fields.One2many("integration.referral", "step_id", string="Referrals")

    @api.model
    def _rail_names(self):
        return ["topic_id", "service_id", "company_id"]

    def _rails(self):
        company = self.company_id._origin or self.env.company
        topic = self.topic_id._origin
        return self.env["integration.guard.rail"]._at(company, topic=topic, area=topic.area_id)

    def _rail_topics(self, rail):
        return self.topic_id

    def _is_referred(self, rail):
        """A step is planned: whom it leads to is enough, the referral follows."""
        if self.service_id and rail._takes(self.service_id):
            return True
        return super()._is_referred(rail)

    def _before_write(self, change):
        super()._before_write(change)
        if "rails" in change.before and "service_id" in change.names:
            # Without the body it leads to, the step is asked again.
            for step in self:
                kept = change.before["rails"][step.id]
                change.before["rails"][step.id] = kept.filtered(lambda r: r.kind != "referral")

    def _ensure_purpose(self, names):
        """A topic or a body may need a further consent where the goal does not."""
        super()._ensure_purpose(names)
        if self._is_trusted() or not {"topic_id", "service_id"} & set(names):
            return
        for step in self:
            for purpose in step.service_id._purposes(step.topic_id):
                step._gate_clients()._ensure_purpose(purpose)

    def _created(self):
        super()._created()
        self._ensure_purpose({"topic_id"})

    @api.model
    def _compared_fields(self):
        return [*super()._compared_fields(), "topic_id", "service_id"]

    def _prepare_version(self):
        return {
            **super()._prepare_version(),
            "topic_id": self.topic_id.id,
            "service_id": self.service_id.id,
            "rail_reason": self.rail_reason,
        }

    def action_refer(self):
        """Refer the client by this step; the body is filled in if the step names it."""
        self.ensure_one()
        return self.case_id._action_refer(
            default_step_id=self.id,
            default_topic_id=self.topic_id.id,
            default_service_id=self.service_id.id,
        )
