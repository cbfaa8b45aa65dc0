from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ...models.mixins.once import once
from ...tools import says_why

HOURS = 24


class IntegrationCaseGlass(models.TransientModel):
    """Emergency access to a file of the own employer, for 24 hours, with a reason.

    The lead and data protection (else the administrators) are told at once, and it is logged;
    § 34 StGB is theirs to judge.
    """

    _name = "integration.case.glass"
    _inherit = ["integration.once", "integration.secured"]
    _description = "Emergency Access"

    file_number = fields.Char(required=True)
    reason = fields.Char(required=True, help="What the emergency is; without the client's name.")

    @once
    def action_break(self):
        """Open the file for 24 hours, tell lead and data protection, and show the case.

        :raises UserError: no open case of the own employer bears this number
        """
        self.ensure_one()
        if not says_why(self.reason):
            raise UserError(self.env._("Give the reason in a few words; it will be checked."))
        case = self.env["integration.case"]._find_by_number(self.file_number)
        self._tell(case)
        self.env["integration.case.access"]._grant_case(
            case,
            self.env.user,
            "glass",
            reason=self.reason,
            date_until=fields.Datetime.now() + timedelta(hours=HOURS),
        )
        self.env["integration.access.log"]._log("glass", case.client_id)
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_case_action"
        )
        return dict(
            action, res_id=case.id, views=[(False, "form")], view_mode="form", target="main"
        )

    def _tell(self, case):
        """Give the leads and data protection officers of the employer something to check.

        Where there is none but the user herself, its administrators are told that it happened;
        the reason, which may be words about the client, is not theirs.

        :raises UserError: nobody is there to be told; unchecked it would be no emergency access
        """
        note = self.reason
        users = self.env["res.users"]
        told = users._with_role("lead", case.company_id) | users._with_role("dpo", case.company_id)
        if not told:
            told, note = users._with_role("admin", case.company_id), False
        if not told:
            raise UserError(
                self.env._(
                    "There is nobody who could check an emergency access to file %s: your employer "
                    "has no other team lead, no data protection officer and no other "
                    "administrator. "
                    "Have one appointed first.",
                    case.file_number,
                )
            )
        self.env["mail.activity"]._tell(
            told,
            self.env._(
                "Check emergency access to file %(number)s by %(user)s",
                number=case.file_number,
                user=self.env.user.name,
            ),
            note,
        )
