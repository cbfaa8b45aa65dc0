from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools import ROLES


class IntegrationCaseVisibility(models.TransientModel):
    """Answers “who can see this file?” by asking the real rules for every user."""

    _name = "integration.case.visibility"
    _inherit = ["integration.secured"]
    _description = "Who Can See This File?"

    file_number = fields.Char(required=True)
    line_ids = fields.One2many(
        "integration.case.visibility.line", "wizard_id", string="Users", readonly=True
    )

    def action_show(self):
        """List the users of the employer who can see the file, and what grants it.

        :raises AccessError: neither lead nor data protection
        """
        self.ensure_one()
        if not self.env.user.has_groups(
            "integration_management.group_lead,integration_management.group_dpo"
        ):
            raise AccessError(self.env._("This list is for the team lead and data protection."))
        case = self.env["integration.case"]._find_by_number(self.file_number)
        self.line_ids.unlink()
        self.env["integration.case.visibility.line"].create(
            [dict(vals, wizard_id=self.id) for vals in self._visible_to(case)]
        )
        return self._get_records_action(
            name=self.env._("Who Can See This File?"), target="new", views=[(False, "form")]
        )

    @api.model
    def _visible_to(self, case):
        """Return one dict per user who may read the case, asked as that user."""
        groups = self.env["res.groups"]
        for role in ROLES:
            groups |= self.env.ref(f"integration_management.group_{role}")
        # sudo: res.users - every active user of ours, of whatever employer, is asked
        users = self.env["res.users"].sudo().search([("all_group_ids", "in", groups.ids)])
        result = []
        for user in users:
            own = case.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
            if not own.has_access("read"):
                # sudo: integration.consent - which there are; whether she reads them is asked
                consents = case.sudo().client_id.consent_ids.with_env(own.env)
                if consents._filtered_access("read"):
                    result.append(
                        {
                            "user_id": user.id,
                            "grant": self.env._("Role: data protection, consents and registers"),
                        }
                    )
                continue
            entries = case.access_ids._current().filtered(lambda e, u=user: e.user_id == u)
            content = own.client_id.has_access("read")
            result.append(
                {
                    "user_id": user.id,
                    "content": content,
                    "grant": self._describe(entries) if entries else self.env._("Role: team lead"),
                    "date_until": max(entries.mapped("date_until"))
                    if all(entries.mapped("date_until")) and entries
                    else False,
                }
            )
        return result

    @api.model
    def _describe(self, entries):
        kinds = dict(entries._fields["kind"]._description_selection(self.env))
        return ", ".join(sorted({kinds[entry.kind] for entry in entries}))
