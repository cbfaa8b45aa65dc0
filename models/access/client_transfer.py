from odoo import models
from odoo.exceptions import UserError

from .case_access import SHARED_KINDS


class IntegrationClient(models.Model):
    """Whose file passes with a case, or with a family, to another worker."""

    _inherit = "integration.client"

    def _filtered_not_passing_to(self, user):
        """Return, called as superuser, those whose file ``user`` neither may get nor has."""
        return self.filtered(lambda client: not (
            not client._had_file()
            or (client._has_consent("file") and client._has_consent("transfer"))
            or client._is_open_to(user)
        ))

    def _is_open_to(self, user):
        """Return whether ``user`` is responsible, or a colleague the client agreed to."""
        entries = self.access_ids._current().filtered(lambda entry: entry.user_id == user)
        kinds = set(entries.mapped("kind"))
        return "owner" in kinds or bool(kinds.intersection(SHARED_KINDS) and self._may_be_shared())

    def _ensure_joins(self, case):
        """Refuse to take clients into a family case whose worker may not get their file.

        :raises UserError: the consent of the family's head covers her or his own file alone
        """
        # sudo: integration.client, integration.case.access - whether there is a consent, and who
        # reads the case
        entries = case.sudo().access_ids._current()
        for user in entries.filtered(lambda entry: entry.kind not in SHARED_KINDS).user_id:
            missing = self.sudo()._filtered_not_passing_to(user)
            if missing:
                raise UserError(missing._not_passing_message())

    def _not_passing_message(self):
        return self.env._(
            "File %s: the client has not agreed that the file passes to another worker. Record the "
            "consent to “Transfer on hand-over” first. If that is impossible, because the worker "
            "has fallen ill or left, the team lead hands it over for a reason, which is recorded.",
            ", ".join(self.sorted("file_number").mapped("file_number")),
        )
