from odoo.tests import Form

from .contact_common import ContactCommon

QUICK = "integration.contact.quick"
DRAFT = "integration.contact.draft"
WORDS = "What cannot be said again"


class DraftCommon(ContactCommon):
    """Somebody types into the dialog of a contact, as the browser tells the server."""

    key, window, other_window = "a" * 32, "1" * 32, "2" * 32

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Tests of two at once commit theirs
        cls.env.cr.execute("DELETE FROM integration_contact_quick")
        cls.env.cr.execute("DELETE FROM integration_contact_draft")

    def _keep(self, case=None, user=None, key=None, window=None, takes=True, **values):
        case = self.case if case is None else case
        if case:
            values = {"client_ids": case.client_id.ids, **values}
        dialogs = self._as(user or self.worker_a)[QUICK]
        typed = {"case_id": case.id, "note": WORDS, "channel_id": self.home_visit.id, **values}
        result = dialogs.keep_draft(key or self.key, window or self.window, typed, takes)
        self.env.flush_all()
        return result

    def _drafts(self, user=None):
        return self._as(user or self.worker_a)[DRAFT].search([("is_done", "=", False)])

    def _stored(self):
        """Return what stands in the table, whoever asks."""
        self.env.flush_all()
        self.env.cr.execute("SELECT to_json(d)::text FROM integration_contact_draft d")
        return "\n".join(row for (row,) in self.env.cr.fetchall())

    def _gone_on(self, draft, user=None):
        """Open the dialog as the button of a draft does."""
        return Form(self._as(user or self.worker_a)[QUICK].with_context(integration_draft=draft.id))
