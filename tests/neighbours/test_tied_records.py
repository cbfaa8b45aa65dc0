from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import IntegrationCommon

# Odoo's own that point to whatever record, and have a wall or a purpose of their own: documents
# and activities are read with the file, messages and followers of a file do not come about, and
# external ids hold no words and are read by administrators alone.
FITTED = {"ir.attachment", "mail.activity", "mail.message", "mail.followers", "ir.model.data"}


@tagged("post_install", "-at_install")
class TestTiedRecords(IntegrationCommon):
    """What Odoo ties to a record by model and id is read with the record, or is refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(cls._client(cls.worker_a, "Tied Person"))

    def _scheduled(self, user, model, res_id, **values):
        env = self._as(user)
        return env["mail.scheduled.message"].create(
            {
                "model": model,
                "res_id": res_id,
                "author_id": user.partner_id.id,
                "body": "Words about a person",
                "scheduled_date": fields.Datetime.now() + timedelta(days=1),
                **values,
            }
        )

    def test_no_message_is_scheduled_in_a_file(self):
        """It would pass the consent gate, be read by leads, and be mailed if posting fails."""
        for user in (self.worker_a, self.lead_a, self.env.ref("base.user_admin")):
            with self.assertRaises(UserError), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self._scheduled(user, "integration.case", self.case.id)
        with self.assertRaises(UserError), self.cr.savepoint():
            self._scheduled(self.env.ref("base.user_root"), "integration.case", self.case.id)

    def test_nor_at_the_contact_behind_a_client(self):
        self.worker_a.group_ids += self.env.ref("base.group_partner_manager")
        with self.assertRaises(UserError), self.cr.savepoint():
            self._scheduled(self.worker_a, "res.partner", self.case.client_id.partner_id.id)

    def test_elsewhere_messages_are_scheduled_as_ever(self):
        self.employee.group_ids += self.env.ref("base.group_partner_manager")
        contact = self.env["res.partner"].create({"name": "Ordinary"})
        message = self._scheduled(self.employee, "res.partner", contact.id)
        self.assertTrue(message.exists())
        found = self._as(self.employee)["mail.scheduled.message"].search([])
        self.assertIn(message, found)

    def test_what_was_scheduled_before_is_closed_and_never_sent(self):
        """Rows of an older version, or of other code that goes past the ORM."""
        contact = self.env["res.partner"].create({"name": "Ordinary"})
        message = self._scheduled(self.env.ref("base.user_admin"), "res.partner", contact.id)
        self.env.flush_all()
        self.cr.execute(
            SQL(
                """UPDATE mail_scheduled_message SET model = 'integration.case', res_id = %s,
                          create_uid = %s WHERE id = %s""",
                self.case.id,
                self.worker_a.id,
                message.id,
            )
        )
        self.env.invalidate_all()
        self.assertFalse(self._as(self.lead_a)["mail.scheduled.message"].search([]))
        with self.assertRaises(UserError):
            message.with_user(self.lead_a).read(["body"])
        self.env["mail.message"].search([]).flush_recordset()
        before = self.env["mail.message"].search_count([])
        message.sudo()._post_message(raise_exception=False)
        self.assertEqual(self.env["mail.message"].search_count([]), before)
        self.assertFalse(message.exists())

    def test_every_model_that_points_anywhere(self):
        """Found from the registry: a model that another module brings is closed as well."""
        tied = {
            name: ties
            for name in self.env.registry
            if (ties := self.env[name]._tied_by()) and name not in FITTED
        }
        self.assertIn("mail.scheduled.message", tied)
        self.assertIn("ir.embedded.actions", tied)
        for name, ties in tied.items():
            model = self.env[name]
            self.assertTrue(model._auto and not model._transient, name)
            domain = self.env["ir.rule"].with_user(self.lead_a)._compute_domain(name, "read")
            self.assertFalse(domain.is_true(), name)
            for model_field, id_field in ties:
                self.assertIn(id_field, model._fields)
                self.assertTrue(model_field is None or model_field in model._fields)

    def test_nothing_is_pinned_to_a_case(self):
        action = self.env.ref("integration_management.integration_case_action")
        values = {
            "name": "Pinned",
            "parent_action_id": action.id,
            "action_id": action.id,
            "parent_res_model": "integration.case",
            "parent_res_id": self.case.id,
        }
        with self.assertRaises(UserError), self.cr.savepoint():
            self._as(self.worker_a)["ir.embedded.actions"].create(values)
        pinned = self._as(self.worker_a)["ir.embedded.actions"].create(
            dict(values, parent_res_id=False)
        )
        with self.assertRaises(UserError), self.cr.savepoint():
            pinned.parent_res_id = self.case.id

    def test_what_is_refused_once_stays_refused(self):
        """To see what a record points to, nothing else of it is read for the user."""
        model = self.env["mail.scheduled.message"]
        self.env["ir.rule"].create(
            {
                "name": "Nobody reads what others send",
                "model_id": self.env["ir.model"]._get_id(model._name),
                "domain_force": "[('create_uid', '=', user.id)]",
            }
        )
        waiting = self._scheduled(
            self.env.user, "res.partner", self.employee.partner_id.id, subject="For others"
        )
        self.env.flush_all()
        self.env.invalidate_all()
        own = waiting.with_env(self._as(self.employee))
        told = []
        with mute_logger("odoo.addons.base.models.ir_rule"):
            for name in ("subject", "subject", "create_uid"):
                # Not by assertRaises, which forgets what has been read
                try:
                    told.append(own[name])
                except AccessError:
                    continue
        self.assertEqual(told, [])
