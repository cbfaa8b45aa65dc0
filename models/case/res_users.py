from odoo import api, models
from odoo.exceptions import ValidationError

from ..mixins.door import SYSTEM


class ResUsers(models.Model):
    """Nobody leaves with open cases, and what was planned in files stays planned."""

    _inherit = "res.users"

    def action_archive(self):
        """Pass on what is planned before Odoo deletes the activities of who leaves."""
        leaving = self.filtered("active")
        leaving._check_hands_over()
        leaving._pass_on_planned()
        return super().action_archive()

    @api.constrains("active")
    def _check_leaves_no_case(self):
        left = self.filtered(lambda user: not user.active)
        if self.env.context.get("integration_system") is SYSTEM:
            return  # the module itself is leaving
        left._check_hands_over()
        left._pass_on_planned()

    @api.model
    def _with_role(self, role, company):
        """Return who has ``role`` at ``company``, without the acting user.

        :param role: as in the group, e.g. "lead"
        """
        group = self.env.ref(f"integration_management.group_{role}")
        # sudo: res.users - who is to be told, at an employer of the user's own
        return self.sudo().search(
            [
                ("company_ids", "in", company.ids),
                ("all_group_ids", "in", group.ids),
                ("id", "!=", self.env.uid),
            ]
        )

    def _check_hands_over(self):
        """Refuse to archive workers who are responsible for cases (county standard 3.2.1).

        :raises ValidationError: naming the files by their numbers
        """
        # sudo: integration.case - numbers alone, for whoever archives users reads no file
        cases = self.env["integration.case"].sudo()
        for user in self:
            open_cases = cases.search([("user_id", "=", user.id), ("state", "!=", "closed")])
            if open_cases:
                raise ValidationError(
                    self.env._(
                        "%(user)s is responsible for open cases: %(numbers)s. The team lead hands "
                        "them over first, in the list of cases.",
                        user=user.name,
                        numbers=", ".join(open_cases.mapped("file_number")),
                    )
                )

    def _pass_on_planned(self):
        """Give what they have planned in files to the workers responsible for these."""
        # sudo: mail.activity, integration.case - who does it from now on, no word is shown
        activities = self.env["mail.activity"].sudo()
        planned = activities.search(
            [("user_id", "in", self.ids), ("res_model", "=", "integration.case")]
        )
        # sudo: integration.case - see above
        cases = self.env["integration.case"].sudo()
        for activity in planned:
            responsible = cases.browse(activity.res_id).user_id
            if responsible.active and responsible not in self:
                activity.user_id = responsible
