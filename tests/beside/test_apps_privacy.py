from odoo.tests import tagged

from .apps_common import NAME, SECRETS, AppsCommon


@tagged("post_install", "-at_install")
class TestAppsPrivacy(AppsCommon):
    """Odoo's Privacy Lookup works, and is no way to ask who is accompanied."""

    def _lines(self, name, email):
        admin = self.env.ref("base.user_admin")
        wizard = self.env(user=admin)["privacy.lookup.wizard"].create(
            {"name": name, "email": email}
        )
        wizard.action_lookup()
        return wizard.line_ids

    def test_ordinary_contact_is_found(self):
        lines = self._lines("Ordinary Customer", "ordinary@example.com")
        self.assertIn(
            ("res.partner", self.ordinary.id),
            lines.mapped(lambda line: (line.res_model, line.res_id)),
        )

    def test_client_is_not_found(self):
        """Neither as a contact nor by what her file consists of."""
        self.assertFalse(self._lines(NAME, SECRETS[3]))
