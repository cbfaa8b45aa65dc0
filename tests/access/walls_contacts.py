from odoo.exceptions import UserError
from odoo.tools import mute_logger

from ..common import IntegrationCommon
from .walls_count import count

NAME, EMAIL = "Secret Person", "secret.person@client.example"


class WallsContacts(IntegrationCommon):
    """A client with her contact, an ordinary contact, a clerk who keeps contacts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._client(cls.worker_a, NAME, email=EMAIL, phone="07541 123")
        cls.case = cls._case(cls.client)
        cls.contact = cls.client.partner_id
        cls.clerk = cls._new_user("clerk", "base.group_partner_manager", cls.company_a)
        cls.system = cls._new_user("system", "base.group_system", cls.company_a)
        cls.ordinary = cls.env["res.partner"].create(
            {"name": "Ordinary Contact", "email": "ordinary@example.com"}
        )

    def _refused(self, user, function):
        """Assert that ``function(env)`` is refused to ``user`` without telling the name."""
        count("features around contacts")
        self.env.invalidate_all()
        with (
            self.assertRaises(UserError) as caught,
            mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            function(self._as(user))
            self.env.flush_all()
        self.assertNotIn("ecret", str(caught.exception))
