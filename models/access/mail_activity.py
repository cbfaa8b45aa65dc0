from odoo import api, models
from odoo.fields import Domain


class MailActivity(models.Model):
    """What is to do in a case is read with the case; outside it shows the file number alone."""

    _name = "mail.activity"
    _inherit = ["mail.activity", "integration.in.file"]

    def _compute_res_name(self):
        # Stored for everybody: never with the name that our own screens ask for.
        neutral = self.with_context(integration_show_name=False)
        return super(MailActivity, neutral)._compute_res_name()

    def _check_access(self, operation):
        """Close to writing too what is closed to reading.

        Odoo lets anyone who may write a document write its activities: a lead could assign a
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
        case_ids = self._open_to_me("case_id")
        mine = Domain("res_id", "in", case_ids)
        if self.env.user.has_group("integration_management.group_lead"):
            mine |= Domain("user_id", "=", self.env.uid)
        mine &= Domain("res_model", "=", "integration.case")
        return Domain("res_model", "not in", ours) | mine
