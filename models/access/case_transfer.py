from odoo import models
from odoo.exceptions import RedirectWarning, UserError

from ..consent.consent_effects import ACTIVITY_TYPE


class IntegrationCase(models.Model):
    """When a file may pass to another worker.

    A card passes freely: before a consent there is nothing to read. A file passes if everybody in
    it agreed to the transfer, or if the new worker reads it already as a colleague they agreed to.
    Otherwise the lead gives a reason, for nobody may be left without a worker when one falls ill
    or leaves: the entry says so, lead and data protection count such entries, and the new worker
    is told to ask for the consent.
    """

    _inherit = "integration.case"

    def action_transfer(self):
        """Open the dialog that hands the cases to another worker."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_case_transfer_action"
        )
        return dict(action, context={"default_case_ids": self.ids})

    def _transfer(self, user, reason):
        """Hand the cases to ``user``, without consent for ``reason``."""
        self._as_system(integration_transfer_reason=reason).user_id = user

    def _transfer_reason(self):
        """Return why the file passes without consent, False if the dialog was not asked."""
        return self._is_system() and self.env.context.get("integration_transfer_reason")

    def _created(self):
        for case in self:
            case._ensure_opened_for()
        super()._created()

    def _before_reassigned(self, user):
        if self:
            self._check_may_reassign()
            self._ensure_transfer(user)
        super()._before_reassigned(user)

    def _clients_not_agreeing(self, user):
        """Return the clients in the cases whose file may not pass to ``user``."""
        # sudo: integration.case, integration.client - whether there is a consent, of files that
        # the lead who asks does not read
        cases = self.sudo()
        return (cases.client_id | cases.member_ids)._filtered_not_passing_to(user)

    def _ensure_transfer(self, user):
        """Refuse to hand the cases to ``user`` against the consents, and offer the dialog.

        :raises RedirectWarning: to the dialog in which the lead gives the reason
        """
        missing = self._clients_not_agreeing(user)
        if missing and not self._transfer_reason():
            raise RedirectWarning(
                missing._not_passing_message(),
                self.env.ref("integration_management.integration_case_transfer_action").id,
                self.env._("Hand over for a reason"),
                {"default_case_ids": self.ids, "default_user_id": user.id},
            )

    def _ensure_opened_for(self):
        """Refuse to open a case for a colleague who may not get the client's file."""
        self.ensure_one()
        if self.user_id != self.env.user:
            missing = self._clients_not_agreeing(self.user_id)
            if missing:
                raise UserError(missing._not_passing_message())

    def _mark_exceptions(self, user, missing):
        """Write the reason beside the entries of ``missing``, and tell ``user`` to ask them."""
        reason = self._transfer_reason()
        for case in self if reason and missing else ():
            # sudo: integration.case.access - entries are written by the case alone
            current = case.sudo().access_ids._current()
            entries = current.filtered(
                lambda entry: (
                    entry.kind == "owner" and entry.user_id == user and entry.client_id in missing
                )
            )
            if not entries:
                continue
            entries.write({"reason": reason, "is_exception": True})
            # sudo: mail.activity - a task of fixed words with the file number alone
            case.sudo().activity_schedule(
                ACTIVITY_TYPE,
                user_id=user.id,
                summary=self.env._(
                    "File %s: ask for the consent to the transfer", case.file_number
                ),
            )
