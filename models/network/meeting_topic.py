from odoo import api, fields, models
from odoo.exceptions import UserError

# What the coordination alone writes of a topic
OF_COORDINATION = frozenset({"sequence", "outcome"})


class IntegrationMeetingTopic(models.Model):
    """A topic on the agenda: workers bring it in before, the coordination notes what came of it."""

    _name = "integration.meeting.topic"
    _inherit = ["integration.meeting.part"]
    _description = "Topic of a Network Meeting"
    _order = "meeting_id, sequence, id"
    _nameless_fields = frozenset({"name", "description", "outcome"})
    _system_fields = frozenset({"company_id", "brought_by", "employer_name"})

    sequence = fields.Integer(default=10)
    name = fields.Char(string="Topic", required=True)
    description = fields.Text(
        string="What It Is About",
        help="All workers of the county read it: no names and no file numbers of clients.",
    )
    duration = fields.Integer(string="Minutes", help="How long it may take.")
    outcome = fields.Text(
        string="Minutes of the Topic",
        help="All workers of the county read it: no names and no file numbers of clients.",
    )
    # Words, not references: who works elsewhere is known by name and employer alone.
    brought_by = fields.Char(string="Brought In by", readonly=True)
    employer_name = fields.Char(string="Employer", readonly=True)
    may_minute = fields.Boolean(compute="_compute_can_write", export_string_translation=False)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_write(self):  # pylint: disable=missing-return
        super()._compute_can_write()
        for topic in self:
            topic.may_minute = topic.can_write and self._by_coordination()

    @api.model
    def _prepare_create(self, vals_list):
        vals_list = super()._prepare_create(vals_list)
        user = self.env.user
        for vals in vals_list:
            self.new({"meeting_id": vals.get("meeting_id")})._check_whose(vals)
            vals.setdefault("brought_by", user.name)
            vals.setdefault("employer_name", self.env.company.name)
        return vals_list

    def _created(self):
        super()._created()
        for topic in self:
            topic._check_planned()

    def _before_write(self, change):
        super()._before_write(change)
        self._check_whose(change.vals)
        for topic in self:
            topic._check_planned()

    def _check_whose(self, vals):
        """Leave order and minutes to the coordination.

        :raises UserError: to a worker who sets them
        """
        if not self._by_coordination() and any(vals.get(name) for name in OF_COORDINATION):
            raise UserError(
                self.env._("The coordination orders the topics and writes the minutes of each.")
            )

    def _check_planned(self):
        """Refuse a worker's topic, and changes of it, once the meeting was held."""
        if self.meeting_id.state != "planned" and not self._by_coordination():
            raise UserError(
                self.env._(
                    "%s was held already. Bring the topic in for the next meeting.",
                    self.meeting_id.display_name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        for topic in self:
            topic._check_planned()

    @api.constrains("duration")
    def _check_duration(self):
        for topic in self:
            if not 0 <= topic.duration <= 600:
                topic.meeting_id._refuse_values(
                    self.env._("a topic takes between 0 and 600 minutes.")
                )
