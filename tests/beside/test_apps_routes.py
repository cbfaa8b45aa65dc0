from odoo.tests import HttpCase, tagged

from .apps_common import AppsCommon
from .routes_walk import RoutesWalk


@tagged("post_install", "-at_install")
class TestAppsRoutes(AppsCommon, RoutesWalk, HttpCase):
    """No route of any app tells of a client by whose id it is called, to whomever."""

    def _ids(self):
        return {"contact": self.contact.id, "client": self.client_a.id, "case": self.case.id}

    def test_public(self):
        self.assertEqual(self._walk(None), [])

    def test_portal(self):
        self.assertEqual(self._walk(self.portal.login), [])

    def test_employee_with_every_right_in_every_app(self):
        self.assertEqual(self._walk(self.app_user.login), [])

    def test_the_walk_would_notice(self):
        """Without the wall it finds the page that website_partner browses as superuser."""
        open_ = classmethod(lambda cls, args: None)
        self.patch(self.env.registry["ir.http"], "_refuse_clients_in_path", open_)
        self.assertTrue(self._walk(self.app_user.login, only="/partners/"))

    def test_page_of_a_contact_is_found_for_others(self):
        """What website_partner shows to editors, it goes on showing."""
        self.authenticate(self.app_user.login, self.app_user.login)
        self.assertIn(
            "Ordinary Customer", self.url_open(f"/partners/{self.ordinary.id}", timeout=60).text
        )
        self.assertEqual(self.url_open(f"/partners/{self.contact.id}", timeout=60).status_code, 404)
