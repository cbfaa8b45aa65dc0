from datetime import timedelta

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError

from ..tools import without_defaults

HOURS = 24


class IntegrationCaseGlass(models.TransientModel):
    """Emergency access to a file of the own employer, for 24 hours, with a reason.

    The lead and data protection are told at once, and it is logged; § 34 StGB is theirs to judge.
    """

    _name = "integration.case.glass"
    _inherit = ["integration.secured"]
    _description = "Emergency Access"

    file_number = fields.Char(required=True)
    reason = fields.Char(required=True, help="What the emergency is; without the client's name.")

    def action_break(self):
        """Open the file for 24 hours, tell lead and data protection, and show the case.

        :raises UserError: no open case of the own employer bears this number
        """
        self.ensure_one()
        if len((self.reason or "").strip()) < 10:
            raise UserError(self.env._("Give the reason in a few words; it will be checked."))
        case = self.env["integration.case"]._find_by_number(self.file_number)
        self.env["integration.case.access"]._grant_case(
            case,
            self.env.user,
            "glass",
            reason=self.reason,
            date_until=fields.Datetime.now() + timedelta(hours=HOURS),
        )
        self.env["integration.access.log"]._log("glass", case.client_id)
        self._tell(case)
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_case_action"
        )
        return dict(
            action, res_id=case.id, views=[(False, "form")], view_mode="form", target="main"
        )

    def _tell(self, case):
        """Give the leads and data protection officers of the employer something to check."""
        groups = self.env.ref("integration_management.group_lead") | self.env.ref(
            "integration_management.group_dpo"
        )
        # sudo: res.users, mail.activity - to-dos for others, with file number and reason only
        users = (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("company_ids", "in", case.company_id.ids),
                    ("all_group_ids", "in", groups.ids),
                ]
            )
        )
        # Not in her own name: whoever creates a to-do may write and delete it.
        activities = without_defaults(self.env["mail.activity"].with_user(SUPERUSER_ID))
        activities.with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                    "user_id": user.id,
                    "summary": self.env._(
                        "Check emergency access to file %(number)s by %(user)s",
                        number=case.file_number,
                        user=self.env.user.name,
                    ),
                    "note": self.reason,
                }
                for user in users - self.env.user
            ]
        )
