from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from ..common import IntegrationCommon


class MasterCommon(IntegrationCommon):
    """The people of the common county under the names that matter for master data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.town, cls.agency, cls.office = cls.company_a, cls.company_b, cls.company_county
        cls.worker, cls.admin, cls.coordinator = cls.worker_a, cls.admin_a, cls.county_user
        cls.agency_admin = cls._user("admin_b", "admin", cls.agency)

    @classmethod
    def _user(cls, login, role, company):
        return cls._new_user(login, f"integration_management.group_{role}", company)

    def assertDenied(self, function, *args):
        """Assert that neither the call nor what it leaves to be flushed is allowed."""
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            function(*args)
            self.env.flush_all()
