from odoo import SUPERUSER_ID, api, models
from odoo.fields import Domain

from ..tools import without_defaults


class MailActivity(models.Model):
    """What is to do in a case is read with the case; outside it shows the file number alone."""

    _name = "mail.activity"
    _inherit = ["mail.activity", "integration.filed"]

    def _compute_res_name(self):
        # Stored for everybody: never with the name that our own screens ask for.
        neutral = self.with_context(integration_show_name=False)
        return super(MailActivity, neutral)._compute_res_name()

    def _check_access(self, operation):
        """Close to writing too what is closed to reading.

        Odoo lets whoever may write a document write its activities: a lead could assign a
        worker's to herself, and read.
        """
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        forbidden, make_error = result or (self.browse(), None)
        # sudo: mail.activity - which of them lie in files open to the user, whatever they are
        closed = self.sudo().filtered(lambda activity: not activity.in_my_files).sudo(False)
        if not closed:
            return result
        return forbidden | closed, make_error or (lambda: closed._make_access_error(operation))

    @api.model
    def _in_my_files_domain(self):
        """Return what is no file of ours, or one open to the reader.

        A lead without access entry reads what was assigned to her, but not what a worker
        plans with a client (§ 203 StGB holds towards the employer too).
        """
        secured = self.env.registry["integration.secured"]
        ours = [name for name, model in self.env.registry.items() if issubclass(model, secured)]
        case_ids = self.env["integration.case.access"]._readable("case_id")
        mine = Domain("res_id", "in", case_ids)
        if self.env.user.has_group("integration_management.group_lead"):
            mine |= Domain("user_id", "=", self.env.uid)
        mine &= Domain("res_model", "=", "integration.case")
        return Domain("res_model", "not in", ours) | mine

    @api.model
    def _tell(self, users, summary, note=False):
        """Give ``users`` something to check, by file number; never the acting user herself.

        Not in her own name: whoever creates a to-do may write and delete it.
        """
        activities = without_defaults(self.with_user(SUPERUSER_ID))
        activities.with_context(mail_activity_quick_update=True).create([
            {
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "user_id": user.id,
                "summary": summary,
                "note": note,
            }
            for user in users - self.env.user
        ])
