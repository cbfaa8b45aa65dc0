from odoo import SUPERUSER_ID, api, models
from odoo.tools import is_html_empty

from ...tools import without_defaults
from ..mixins.references import proper_vals
from .gate import DECLINED

# What of an activity holds words, or moves its words into another file
WORDS = {"summary", "note", "feedback", "attachment_ids"}
PLACE = {"res_model", "res_model_id", "res_id"}


class MailActivity(models.Model):
    """The words of what is to do in a case pass the consent gate."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._ensure_consent(WORDS, planned=True)
        return activities

    def write(self, vals):
        result = super().write(vals)
        if not proper_vals(vals):
            return result
        moved = bool(vals.keys() & PLACE)
        if moved or vals.keys() & WORDS:
            self._ensure_consent(WORDS if moved else WORDS & vals.keys(), planned=moved)
        return result

    def _ensure_consent(self, names, planned=False):
        """Refuse words, as far as they stand in the fields ``names``, in a file without consent.

        A day on which something is due is no word: before a consent it may be entered, as a visit
        may. After a refusal or withdrawal nothing is ``planned`` any more; what these bring about
        themselves is written as superuser.

        :raises UserError: county standard 2.2
        """
        if self.env.su:
            return
        # sudo: mail.activity - where it stands and whether it says anything; whoever plans it for
        # somebody else need not be able to read it
        for activity in self.sudo():
            clients = self.env["integration.client"]._whose_file(
                activity.res_model, activity.res_id
            )
            if not clients:
                continue
            declined = clients.filtered(lambda client: client.consent_state in DECLINED)
            if (planned and declined) or activity._has_words(names):
                clients._ensure_consent()

    def _has_words(self, names):
        """Return whether one of the fields ``names`` says anything beyond its type."""
        self.ensure_one()
        kind = self.activity_type_id
        said = {
            "summary": self.summary not in (False, "", kind.summary, kind.name),
            "note": not is_html_empty(self.note) and self.note != kind.default_note,
            "feedback": bool(self.feedback),
            "attachment_ids": bool(self.attachment_ids),
        }
        return any(said[name] for name in names)

    @api.model
    def _tell(self, users, summary, note=False):
        """Give ``users`` something to check, by file number; never the acting user herself.

        Not in her own name: anyone who creates a to-do may write and delete it. Of a kind of its
        own, which goes with the module: the words name files, and people who work on them.
        """
        kind = self.env.ref("integration_management.mail_activity_type_told")
        activities = without_defaults(self.with_user(SUPERUSER_ID))
        activities.with_context(mail_activity_quick_update=True).create(
            [
                {"activity_type_id": kind.id, "user_id": user.id, "summary": summary, "note": note}
                for user in users - self.env.user
            ]
        )
