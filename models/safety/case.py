from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import local_today


class IntegrationCase(models.Model):
    """What protects whoever works in the case (county standard 3.2.3)."""

    _inherit = "integration.case"

    incident_ids = fields.One2many("integration.incident", "case_id", string="Incidents")
    incident_count = fields.Integer(compute="_compute_counts")
    safety_warning = fields.Text(
        string="To Be Known before a Meeting",
        compute="_compute_safety_warning",
        help="From incidents whose warning has not ended.",
    )
    # Stored for the card: a page of the kanban asks for no incident.
    warning_until = fields.Date(compute="_compute_warning_until", store=True, copy=False)
    two_person_rule = fields.Boolean(
        string="Visits by Two", help="Nobody makes a house visit here alone."
    )
    visit_out_id = fields.Many2one(
        "integration.house.visit", string="House Visit", compute="_compute_visit_out_id"
    )
    visit_back_by = fields.Datetime(compute="_compute_visit_out_id", string="Back By")

    @api.depends("incident_ids.warning", "incident_ids.warning_until")
    def _compute_warning_until(self):
        today = local_today(self.env)
        for case in self:
            # sudo: integration.incident - until when somebody is warned, and not of what
            incidents = case.sudo().incident_ids
            days = [incident.warning_until for incident in incidents if incident.warning]
            case.warning_until = max((day for day in days if day and day >= today), default=False)

    @api.depends("incident_ids")
    def _compute_present(self):
        return super()._compute_present()

    @api.model
    def _counted(self):
        return {**super()._counted(), "incident_count": "integration.incident"}

    @api.depends("incident_ids.warning", "incident_ids.warning_until", "warning_until")
    @api.depends_context("uid")
    def _compute_safety_warning(self):
        """Read as the user: whoever may not read an incident is not warned by its words."""
        today = local_today(self.env)
        self.safety_warning = False
        # Of most cases nothing is asked: the stored day says that nobody is warned.
        # sudo: integration.case - until when somebody is warned, and not of what
        warned = self.filtered(lambda c: (c.sudo().warning_until or date.min) >= today)
        incidents = warned and self.env["integration.incident"].search(
            Domain("case_id", "in", warned.ids)
        )
        for case in warned:
            own = incidents.filtered(lambda incident, c=case: incident.case_id == c)
            current = own.filtered(lambda one: one.warning and one._warns_on(today))
            case.safety_warning = "\n".join(current.mapped("warning"))

    @api.depends_context("uid")
    def _compute_visit_out_id(self):
        mine = Domain("user_id", "=", self.env.uid) & Domain("date_back", "=", False)
        visits = self.env["integration.house.visit"].search(mine)
        for case in self:
            case.visit_out_id = visits.filtered(lambda visit, c=case: visit.case_id == c)[:1]
            case.visit_back_by = case.visit_out_id.back_by

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_new_incident(self):
        """Record what happened to a worker in this case."""
        return self._safety_dialog("integration_incident_action_new")

    def action_visit_out(self):
        """Check out for a visit at the client's home."""
        return self._safety_dialog("integration_house_visit_action_new")

    def action_visit_back(self):
        """Check in again."""
        # Of a file that was lost meanwhile, the visit itself is open.
        self.check_access("read")
        return self.visit_out_id.action_back()

    def action_visit_longer(self):
        """Stay half an hour longer."""
        self.check_access("read")
        return self.visit_out_id.action_longer()

    def action_open_incidents(self):
        """List the incidents of this case."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_incident_action"
        )
        context = {"default_case_id": self.id}
        return dict(action, domain=[("case_id", "=", self.id)], context=context)

    def _safety_dialog(self, xml_id):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(f"integration_management.{xml_id}")
        return dict(action, context={"default_case_id": self.id})

    # ------------------------------------------------------------
    # Closing
    # ------------------------------------------------------------

    def _close(self, reason, date_end):
        if reason.kind == "protection":
            for case in self:
                # sudo: integration.incident - only whether there is one
                if not case.sudo().incident_ids:
                    raise UserError(
                        self.env._(
                            "File %s: to end a case for the worker's protection, record first what "
                            "happened (“Incident” in the case).",
                            case.file_number,
                        )
                    )
        return super()._close(reason, date_end)
