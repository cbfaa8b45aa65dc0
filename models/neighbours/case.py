from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import local_today


class IntegrationCase(models.Model):
    """What is planned next is what the reader may read: Odoo looks for it as superuser.

    All that Odoo tells of it is computed at once: a page of cards asks for nearly all. No group is
    asked for, card by card: nobody reads a case who is no employee.
    """

    _inherit = "integration.case"

    activity_state = fields.Selection(
        compute="_compute_next_activity", search="_search_next_activity_state", groups=None
    )
    activity_summary = fields.Char(
        related=None,
        compute="_compute_next_activity",
        search="_search_activity_summary",
        readonly=True,
        groups=None,
    )
    activity_type_id = fields.Many2one(
        related=None,
        compute="_compute_next_activity",
        search="_search_activity_type_id",
        readonly=True,
    )
    activity_type_icon = fields.Char(related=None, compute="_compute_next_activity", groups=None)

    @api.depends(
        "activity_ids.summary",
        "activity_ids.activity_type_id.icon",
        "activity_ids.date_deadline",
        "activity_ids.icon",
    )
    @api.depends_context("uid")
    def _compute_next_activity(self):
        domain = self._planned_domain() & Domain("res_id", "in", self.ids)
        # sudo: mail.activity - those in files open to the user, and no others; Odoo would ask
        # activity by activity whether she may read the case
        activities = self.env["mail.activity"].sudo()
        found = activities.search_fetch(domain, order="date_deadline, id")
        first = {activity.res_id: activity for activity in reversed(found)}
        today = local_today(self.env)
        self.activity_summary = self.activity_type_id = False
        self.activity_type_icon = self.activity_state = False
        for case in self:
            activity = first.get(case._origin.id)
            if not activity:
                continue
            case.activity_summary = activity.summary
            case.activity_type_id = activity.activity_type_id.sudo(False)
            case.activity_type_icon = activity.activity_type_id.icon
            case.activity_state = self._state_of(activity.date_deadline, today)

    @api.model
    def _planned_domain(self):
        """Return the domain of what is planned in cases, as far as the reader reads it."""
        # Not as superuser, even when one asks: the answer is kept for the user.
        activities = self.env["mail.activity"].sudo(False)
        domain = Domain("res_model", "=", self._name)
        return domain if activities.env.su else domain & activities._in_my_files_domain()

    @api.model
    def _search_next_activity_state(self, operator, value):
        """Find cases by how the next of what the reader reads stands; Odoo looks at all rows."""
        if operator != "in":
            return NotImplemented
        today = local_today(self.env)

        def planned(sign):
            return Domain("activity_ids.date_deadline", sign, today)

        states = {
            "overdue": planned("<"),
            "today": planned("=") & ~planned("<"),
            "planned": planned(">") & ~planned("<="),
            False: Domain("activity_ids", "=", False),
        }
        return Domain.OR(states[state] for state in value if state in states)

    @api.model
    def _read_group_groupby(self, alias, groupby_spec, query):
        """Group by how the next of what the reader reads stands; Odoo looks at all rows."""
        if groupby_spec != "activity_state":
            return super()._read_group_groupby(alias, groupby_spec, query)
        self._check_field_access(self._fields["activity_state"], "read")
        today = local_today(self.env)
        # sudo: mail.activity - those in files open to the user, as above
        planned = self.env["mail.activity"].sudo()._search(self._planned_domain())
        planned.groupby = SQL.identifier(planned.table, "res_id")
        first = SQL("MIN(%s)", SQL.identifier(planned.table, "date_deadline"))
        state = SQL(
            "CASE WHEN %s < %s THEN 'overdue' WHEN %s = %s THEN 'today' ELSE 'planned' END",
            *(first, today, first, today),
        )
        rows = planned.select(planned.groupby, SQL("%s AS state", state))
        joined = query.left_join(self._table, "id", SQL("(%s)", rows), "res_id", "next_planned")
        return SQL.identifier(joined, "state")

    @api.model
    def _state_of(self, deadline, today):
        """Return in Odoo's words how an activity stands on ``today``."""
        if deadline < today:
            return "overdue"
        return "today" if deadline == today else "planned"
