from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..people.client_known import FULL_NAME, MOST
from .case_access import SHARED_KINDS


class IntegrationClient(models.Model):
    """Who may read a client, alone or with a family's case, and to whom her file passes."""

    _inherit = "integration.client"

    access_ids = fields.One2many("integration.case.access", "client_id")

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _created(self):
        # Anyone who enters a client must be able to read her, until a case says who may.
        self.env["integration.case.access"]._grant_client(self, self.env.user)
        for client in self.filtered("family_case_id"):
            client._ensure_joins(client.family_case_id)
            client._grant_family_access()
        super()._created()

    def _before_write(self, change):
        if "family_case_id" in change.names:
            self.env["integration.case.access"]._check_may_take_over(self)
            self._ensure_joins(self.env["integration.case"].browse(change.vals["family_case_id"]))
            # Ended only afterwards: anyone who moves a member to another case may do so by these.
            change.before["left"] = self._family_entries()
        super()._before_write(change)

    def _after_write(self, change):
        super()._after_write(change)
        if "family_case_id" in change.names:
            change.before["left"]._end()
        if change.vals.get("family_case_id"):
            self._grant_family_access()
        if "birthdate" in change.names:
            self._end_sharing_without_guardian()

    # ------------------------------------------------------------
    # Who knows the name
    # ------------------------------------------------------------

    def _nameable(self):
        """Add those the user may read, and for leads all of the own employer (their card)."""
        named = super()._nameable()
        user_clients = self.sudo(False)
        if user_clients.env.su:
            return named
        named |= user_clients._filtered_in_my_files()
        if self.env.user.has_group("integration_management.group_lead"):
            companies = self.env.user.company_ids
            # sudo: integration.client - the employer alone, of clients the lead may not read
            named |= self.sudo().filtered(lambda c: c.company_id in companies).sudo(False)
        return named

    @api.model
    def _nameable_domain(self):
        """Add, as above, whom the user may read, and for leads all of the own employer."""
        domain = super()._nameable_domain()
        if self.env.su:
            return domain
        domain |= Domain("in_my_files", "=", True)
        if self.env.user.has_group("integration_management.group_lead"):
            domain |= Domain.TRUE
        # An entry that outlives a change of employer opens nothing.
        return domain & Domain("company_id", "in", self.env.user.company_ids.ids)

    @api.model
    def _perhaps_known(self, company, sought, birthdate, phone):
        if sought or phone:
            self.env["integration.access.log"]._log("search")
        return super()._perhaps_known(company, sought, birthdate, phone)

    @api.model
    def _known_to(self, company, sought, told):
        """Add who is responsible by the cards, which are found by the name alone."""
        users = super()._known_to(company, sought, told)
        cards = self.env["integration.client.card"]
        told_more = sought.days or sought.phone
        if told_more or len(sought.parts) < FULL_NAME or not cards.has_access("read"):
            return users
        found = cards.search(
            Domain("company_id", "=", company.id)
            & Domain("id", "not in", told.ids)
            & Domain("id", "in", cards._clients_called(sought)),
            limit=MOST,
        )
        return users | found.user_id - self.env.user

    # ------------------------------------------------------------
    # With the family's case
    # ------------------------------------------------------------

    def _family_entries(self):
        """Return the access entries by the family cases the clients are accompanied in."""
        # sudo: integration.case.access - entries follow the case and are never written by hand
        return self.sudo().access_ids.filtered(
            lambda entry: entry.case_id and entry.case_id == entry.client_id.family_case_id
        )

    def _grant_family_access(self):
        """Let everybody who reads the family's case read the accompanied members as well."""
        for client in self:
            # sudo: integration.case.access - entries follow the case and are never written by hand;
            # the consent of the family's head to sharing covers her alone
            shared = client.sudo()._may_be_shared()
            # sudo: integration.case.access - see above
            entries = client.sudo().family_case_id.access_ids.filtered(
                lambda entry, case=client.family_case_id, shared=shared: (
                    entry.client_id == case.client_id
                    and (
                        shared and entry._is_shared() and not entry.shared_until
                        if entry.kind in SHARED_KINDS
                        else not entry.date_until
                    )
                )
            )
            for entry in entries:
                grant = "_grant_shared" if entry.kind in SHARED_KINDS else "_grant"
                getattr(self.env["integration.case.access"], grant)(
                    [{"client_id": client.id, "case_id": entry.case_id.id}],
                    entry.user_id,
                    entry.kind,
                )
            # sudo: integration.case.access - the client's own entries, written by the case alone;
            # last, for in between nobody would have the file
            client.sudo().access_ids.filtered(lambda entry: not entry.case_id)._end()

    def _shared_entries(self):
        """Return what opens the files to colleagues: also the family members' in own cases."""
        entries = self.access_ids | self.case_ids.access_ids
        return entries.filtered(lambda entry: entry.kind in SHARED_KINDS)

    def _end_sharing_without_guardian(self):
        """Take team and deputies out of a file whose consent no longer counts.

        Anyone who corrects the date of birth herself sees the file until the night: else she could
        not save, for a form reads what it has written.
        """
        # sudo: integration.client, integration.case.access - entries follow the consent, nobody
        # writes them by hand
        for client in self.sudo():
            lacking = any(event._lacks_guardian() for event in client.consent_ids)
            if lacking and not client._may_be_shared():
                client.access_ids.filtered(
                    lambda e: e.kind in SHARED_KINDS and e.user_id != self.env.user
                )._end()

    # ------------------------------------------------------------
    # To another worker
    # ------------------------------------------------------------

    def _filtered_not_passing_to(self, user):
        """Return, called as superuser, those whose file ``user`` neither may get nor has."""
        return self.filtered(
            lambda client: (
                not (
                    not client._had_file()
                    or (client._has_consent("file") and client._has_consent("transfer"))
                    or client._is_open_to(user)
                )
            )
        )

    def _is_open_to(self, user):
        """Return whether ``user`` is responsible, or a colleague the client agreed to."""
        entries = self.access_ids._current().filtered(lambda entry: entry.user_id == user)
        kinds = set(entries.mapped("kind"))
        return "owner" in kinds or bool(kinds.intersection(SHARED_KINDS) and self._may_be_shared())

    def _ensure_joins(self, case):
        """Refuse to take clients into a family case whose worker may not get their file.

        :raises UserError: the consent of the family's head covers her or his own file alone
        """
        # sudo: integration.case.access, integration.client - who reads the case, and whether
        # there is a consent
        entries = case.sudo().access_ids._current()
        for user in entries.filtered(lambda entry: entry.kind not in SHARED_KINDS).user_id:
            # sudo: as above
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

    # ------------------------------------------------------------
    # When the module goes
    # ------------------------------------------------------------

    @api.model
    def _erase_contacts(self):
        """Replace name and address of every client's contact and archive it."""
        partners = self.env["res.partner"].with_context(active_test=False, tracking_disable=True)
        clients = partners.search([("is_integration_client", "=", True)])
        empty = dict.fromkeys(
            [
                "phone",
                "email",
                "street",
                "street2",
                "zip",
                "city",
                "state_id",
                "country_id",
                "comment",
                "image_1920",
                "lang",
            ],
            False,
        )
        for partner in clients:
            partner.write({"name": f"erased-{partner.id}", **empty})
        clients.write({"active": False})
