from odoo import models
from odoo.exceptions import UserError


class IntegrationCase(models.Model):
    """Activities without the message history that Odoo ties to them.

    Messages stay readable for author, follower and anyone who was notified, even after the
    file is lost to them. So nothing is posted, tracked or mailed, and nobody follows;
    activities themselves show the file number alone.
    """

    _inherit = "integration.case"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let no one follow: a follower keeps reading after the access has ended."""
        return True

    def message_post(self, **kwargs):
        """Refuse messages: their content would escape the walls."""
        raise UserError(
            self.env._("There is no message history here. Document contacts and notes instead.")
        )

    def message_post_with_source(self, source_ref, **kwargs):
        """Post nothing when an activity is done; the activity itself remembers that."""
        return self.env["mail.message"]

    def message_notify(self, **kwargs):
        """Mail nothing about an activity: its summary could say more than the file number."""
        return self.env["mail.message"]

    def _message_log_batch(
        self,
        bodies,
        subject=False,
        author_id=None,
        email_from=None,
        message_type="notification",
        partner_ids=False,
        attachment_ids=False,
        tracking_value_ids=False,
    ):
        return self.env["mail.message"]

    # ------------------------------------------------------------
    # What is still planned
    # ------------------------------------------------------------

    def _planned(self):
        """Return, as superuser, the appointments and tasks that end with the cases."""
        # sudo: mail.activity - of whomever: nobody comes to an appointment of a closed case
        return self.sudo().activity_ids
