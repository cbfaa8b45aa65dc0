from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class IntegrationCase(models.Model):
    """What kanban card and form show of the persons of a case.

    What contacts, plans, consents and access entries add to the screen stands in their own
    rooms. Everything there and here is computed with the reader's own rights and in one query
    for all cases of a page: a lead without access entry sees an empty tab, never an error.
    """

    _inherit = "integration.case"

    person_ids = fields.Many2many(
        "integration.client",
        string="Persons",
        compute="_compute_person_ids",
        help="The client and the family members accompanied in this case.",
    )
    person_count = fields.Integer(compute="_compute_person_count", string="Persons in the Case")
    may_work = fields.Boolean(
        compute="_compute_may_work", help="Whether the reader has an access entry of her own."
    )

    @api.depends_context("uid")
    @api.depends("client_id")
    def _compute_may_work(self):
        # sudo: integration.case - which client, of a case that the reader may read
        mine = set(self.sudo().client_id.sudo(False)._filtered_in_my_files()._ids)
        # sudo: integration.case - as above
        worked = self.filtered(lambda case: case.sudo().client_id.id in mine)
        worked.may_work = True
        (self - worked).may_work = False

    @api.depends("client_id", "member_ids")
    def _compute_person_ids(self):
        for case in self:
            case.person_ids = (case.client_id | case.member_ids)._filtered_access("read")

    @api.depends("member_ids")
    def _compute_person_count(self):
        groups = (
            self.env["integration.client"]
            # sudo: integration.client - a number only, of cases that the reader may read
            .sudo()
            ._read_group([("family_case_id", "in", self.ids)], ["family_case_id"], ["__count"])
        )
        counts = {case.id: count for case, count in groups}
        self.person_count = 1
        for case in self:
            if members := counts.get(case._origin.id):
                case.person_count = 1 + members

    @api.model
    def _counted(self):
        """Return the model each counter of the screen counts, by the counter's name.

        Rooms add their own; what is counted has a field ``case_id``.
        """
        return {}

    @api.depends_context("uid")
    def _compute_counts(self):
        """Count as the reader may read, everything in one query.

        Whoever reads the answer has opened the file, and is logged for it.
        """
        counted, counts = self._counted(), {}
        if self.ids and counted:
            parts = []
            for name, model in counted.items():
                found = self.env[model]._search(Domain("case_id", "in", self.ids))
                found.groupby = SQL.identifier(found.table, "case_id")
                parts.append(found.select(SQL("%s", name), found.groupby, SQL("COUNT(*)")))
            rows = self.env.execute_query(SQL(" UNION ALL ").join(parts))
            counts = {(name, case_id): count for name, case_id, count in rows}
        for case in self:
            for name in counted:
                case[name] = counts.get((name, case._origin.id), 0)

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
