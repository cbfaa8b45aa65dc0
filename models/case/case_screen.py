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
    present = fields.Json(
        compute="_compute_present",
        compute_sudo=True,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    may_work = fields.Boolean(
        compute="_compute_may_work", help="Whether the reader has an access entry of her own."
    )

    @api.depends_context("uid")
    @api.depends("client_id")
    def _compute_may_work(self):
        # sudo: integration.case - which client, of a case that the reader may read
        known = self.sudo()
        mine = set(known.client_id.sudo(False)._filtered_in_my_files()._ids)
        pairs = zip(self._ids, known, strict=True)
        worked = self.browse(id_ for id_, case in pairs if case.client_id.id in mine)
        worked.may_work = True
        (self - worked).may_work = False

    @api.depends("client_id", "member_ids")
    def _compute_person_ids(self):
        for case in self:
            # sudo: integration.case - who they are; the reader's rules say whom she reads of them
            members = case.sudo().member_ids.sudo(False)
            case.person_ids = (case.client_id | members)._filtered_access("read")

    @api.depends("member_ids")
    def _compute_person_count(self):
        if len(self) == 1:
            # The one of a form, which names them as well
            # sudo: integration.client - a number only, of a case that the reader may read
            self.person_count = 1 + len(self.sudo().member_ids)
            return
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

    def _sought(self):
        """Return what the screen seeks of each case: {name: (model, domain, column)}.

        The column is that of the case; without one the domain is about this one case, and is
        left out when there are several.
        """
        of_cases = Domain("case_id", "in", self.ids)
        return {name: (model, of_cases, "case_id") for name, model in self._counted().items()}

    def _compute_present(self):
        """Look, in one query without any rule, of what there is anything at all.

        Of most cases there is little: the rules need not be asked about what is not there. Never
        shown, for the reader may be closed out of some of it.
        """
        sought = self._sought() if self.ids else {}
        if len(self) != 1:
            sought = {name: asked for name, asked in sought.items() if asked[2]}
        found = self._count_at_once(sought)
        for case in self:
            case.present = {name: found.get((name, case._origin.id), 0) for name in sought}

    @api.depends("present")
    @api.depends_context("uid")
    def _compute_counts(self):
        """Count as the reader may read, everything in one query.

        Whoever reads the answer has opened the file, and is logged for it.
        """
        names, sought = self._counted(), self._sought() if self.ids else {}
        counts = self._count_at_once(
            {name: sought[name] for name in names if name in sought and self._with_any(name)}
        )
        for case in self:
            for name in names:
                case[name] = counts.get((name, case._origin.id), 0)

    def _count_at_once(self, sought):
        """Return {(name, id of the case): count} of what is ``sought``, by the rules."""
        parts = []
        for name, (model, domain, column) in sought.items():
            found, case_id = self.env[model]._search(domain), SQL("%s", self.ids[0])
            if column:
                case_id = found.groupby = SQL.identifier(found.table, column)
            parts.append(found.select(SQL("%s", name), case_id, SQL("COUNT(*)")))
        rows = self.env.execute_query(SQL(" UNION ALL ").join(parts)) if parts else ()
        return {(name, case_id): count for name, case_id, count in rows}

    def _with_any(self, name):
        """Return those of the cases of which there is any of ``name``, or nothing is known.

        Of several cases all: they are asked at once, and to look first would be one query more.
        """
        if len(self) != 1:
            return self
        # sudo: integration.case - whether to ask by the reader's rules; she is told nothing else
        present = self.sudo().present
        return self if not present or present.get(name, True) else self.browse()

    def _tell_paused(self, cases):
        """Return what shows that ``cases`` are paused still, or nothing."""
        paused = cases.filtered(lambda case: case.state == "paused")
        if not paused:
            return False
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "sticky": True,
                "message": self.env._(
                    "Still paused in the same household: %s",
                    ", ".join(paused.sorted("file_number").mapped("file_number")),
                ),
                # The form shows what has changed
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

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
