from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import IntegrationCommon


@tagged("post_install", "-at_install")
class TestOrdinaryActivities(IntegrationCommon):
    """An activity on a record that is not ours asks no more than Odoo does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.rule"].create(
            {
                "name": "Nobody reads the activities of others",
                "model_id": cls.env.ref("mail.model_mail_activity").id,
                "domain_force": "[('user_id', '=', user.id)]",
                "groups": [],
                "perm_create": False,
                "perm_write": False,
            }
        )
        cls.record = cls.env["res.partner"].create({"name": "Ordinary Supplier"})

    def _values(self, record, **values):
        return {
            "res_model_id": self.env["ir.model"]._get_id(record._name),
            "res_id": record.id,
            "user_id": self.employee.id,
            "summary": "Words for somebody else",
            **values,
        }

    def _author(self):
        """Return an employee who may write contacts, and so plans activities on them."""
        user = self._new_user(
            "planner", "base.group_user,base.group_partner_manager", self.company_a
        )
        return self._as(user)

    def test_author_who_cannot_read_it_creates_it(self):
        env = self._author()
        activity = env["mail.activity"].create(self._values(self.record))
        with mute_logger("odoo.addons.base.models.ir_rule"), self.assertRaises(AccessError):
            activity.read(["summary"])
        activity.write({"note": "More words"})
        self.assertEqual(activity.sudo().summary, "Words for somebody else")

    def test_in_a_file_the_gate_asks_all_the_same(self):
        case = self._case(self._client(self.worker_a, consent=False))
        with self.assertRaises(UserError):
            case.env["mail.activity"].create(self._values(case, user_id=self.worker_a.id))
