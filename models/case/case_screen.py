from odoo import api, fields, models

from ...tools import local_today

CONTACTS_SHOWN = 40


class IntegrationCase(models.Model):
    """What kanban card and form show of a case beside its own columns.

    Everything here is computed with the reader's own rights and in one query for all
    cases of a page: a lead without access entry sees an empty tab, never an error.
    """

    _inherit = "integration.case"

    days_silent = fields.Integer(
        string="Days Since the Last Talk",
        compute="_compute_days_silent",
        help="Since the start of the case if there was no talk yet.",
    )
    next_step_id = fields.Many2one("integration.plan.step", compute="_compute_next_step_id")
    person_ids = fields.Many2many(
        "integration.client",
        string="Persons",
        compute="_compute_person_ids",
        help="The client and the family members accompanied in this case.",
    )
    person_count = fields.Integer(compute="_compute_person_count", string="Persons in the Case")
    recent_contact_ids = fields.Many2many(
        "integration.contact", string="Recent Contacts", compute="_compute_recent_contact_ids"
    )
    contact_count = fields.Integer(compute="_compute_contact_count", string="Number of Contacts")
    consent_ids = fields.Many2many(
        "integration.consent", string="Consents", compute="_compute_consent_ids"
    )
    may_work = fields.Boolean(
        compute="_compute_may_work", help="Whether the reader has an access entry of her own."
    )

    @api.depends("last_talk_date", "date_start")
    def _compute_days_silent(self):
        today = local_today(self.env)
        for case in self:
            since = case.last_talk_date or case.date_start
            case.days_silent = (today - since).days if since else 0

    @api.depends("plan_ids")
    def _compute_next_step_id(self):
        cases = self.filtered("may_work")
        # sudo: integration.plan.step - of cases whose content the reader may read, as just
        # asked; the rules would ask the same again for a page of cards
        steps = self.env["integration.plan.step"].sudo().search_fetch(
            [
                ("case_id", "in", cases.ids),
                ("state", "=", "open"),
                ("plan_id.state", "=", "agreed"),
            ],
            ["case_id"],
            order="date_due desc, id desc",
        )
        # Reversed, so that the most urgent step of a case is the one that stays.
        next_steps = {step.case_id.id: step.sudo(False) for step in steps}
        for case in self:
            case.next_step_id = next_steps.get(case._origin.id)

    @api.depends("client_id", "member_ids")
    def _compute_person_ids(self):
        for case in self:
            case.person_ids = (case.client_id | case.member_ids)._filtered_access("read")

    @api.depends("member_ids")
    def _compute_person_count(self):
        # sudo: integration.client - a number only, of cases that the reader may read
        groups = self.env["integration.client"].sudo()._read_group(
            [("family_case_id", "in", self.ids)], ["family_case_id"], ["__count"]
        )
        counts = {case.id: count for case, count in groups}
        for case in self:
            case.person_count = 1 + counts.get(case._origin.id, 0)

    @api.depends("contact_ids", "presence_ids")
    def _compute_recent_contact_ids(self):
        for case in self:
            case.recent_contact_ids = self.env["integration.contact"].search(
                case._contact_domain(), limit=CONTACTS_SHOWN
            )

    @api.depends("contact_ids", "presence_ids")
    def _compute_contact_count(self):
        for case in self:
            case.contact_count = self.env["integration.contact"].search_count(
                case._contact_domain()
            )

    @api.depends("client_id", "member_ids")
    def _compute_consent_ids(self):
        for case in self:
            clients = case.client_id | case.member_ids
            case.consent_ids = self.env["integration.consent"].search(
                [("client_id", "in", clients.ids)]
            )

    @api.depends_context("uid")
    @api.depends("access_ids")
    def _compute_may_work(self):
        # sudo: integration.case - which client, of a case that the reader may read
        mine = self.env["integration.case.access"]._readable_clients(self.sudo().client_id)
        for case in self:
            # sudo: integration.case - as above
            case.may_work = case.sudo().client_id in mine

    def action_open_contacts(self):
        """List the contacts documented in this case or with its client present."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_contact_action"
        )
        return dict(
            action,
            domain=self._contact_domain(),
            context={
                "default_case_id": self.id,
                "integration_show_name": True,
            },
        )

    def action_open_persons(self):
        """Open the person of the case, or the list of persons if there are several."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_client_action"
        )
        if len(self.person_ids) == 1:
            return dict(
                action, res_id=self.person_ids.id, views=[(False, "form")], view_mode="form"
            )
        return dict(action, domain=[("id", "in", self.person_ids.ids)])

    def _contact_domain(self):
        return ["|", ("case_id", "in", self.ids), ("person_ids.case_id", "in", self.ids)]
