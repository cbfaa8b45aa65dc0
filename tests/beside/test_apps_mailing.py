from odoo.tests import tagged

from .apps_common import SECRETS, AppsCommon


@tagged("post_install", "-at_install")
class TestAppsMailing(AppsCommon):
    """Mass mailings go to everybody else, and one does not stop the others."""

    def _mailing(self, model, domain="[]", **values):
        return self.env["mailing.mailing"].create(
            {
                "subject": f"News for {model}",
                "body_html": "<p>News</p>",
                "mailing_model_id": self.env["ir.model"]._get_id(model),
                "mailing_domain": domain,
                "state": "in_queue",
                "user_id": self.app_user.id,
                **values,
            }
        )

    def _send(self):
        with self.enter_registry_test_mode():
            self.env.ref("mass_mailing.ir_cron_mass_mailing_queue").method_direct_trigger()
        self.env.invalidate_all()

    def test_queue_goes_on_and_leaves_no_trace_of_a_client(self):
        ids = (self.contact | self.ordinary).ids
        to_contacts = self._mailing("res.partner", f"[('id', 'in', {ids})]")
        mailing_list = self.env["mailing.list"].create(
            {"name": "List", "contact_ids": [(0, 0, {"name": "Reader", "email": "r@example.com"})]}
        )
        to_list = self._mailing("mailing.list", "[]", contact_list_ids=[(6, 0, mailing_list.ids)])
        self._send()
        self.assertEqual((to_contacts | to_list).mapped("state"), ["done", "done"])
        traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", to_contacts.id)])
        self.assertEqual(traces.mapped("res_id"), self.ordinary.ids)
        self.assertEqual(to_contacts.expected, 1)
        self.assertFalse(self.env["mailing.trace"].search([("email", "in", SECRETS)]))
        mails = self.env["mail.mail"].search([])
        self.assertFalse(self._secrets_in(str(mails.mapped("email_to"))))
        self.assertNotIn(self.contact, mails.recipient_ids)

    def test_mailing_to_clients_alone_reaches_nobody_and_is_done(self):
        mailings = self._mailing("res.partner", f"[('id', '=', {self.contact.id})]")
        for model in ("integration.client", "integration.case"):
            mailings |= self._mailing(model)
        self._send()
        self.assertEqual(set(mailings.mapped("state")), {"done"})
        self.assertFalse(
            self.env["mailing.trace"].search([("mass_mailing_id", "in", mailings.ids)])
        )

    def test_a_fragment_for_comparison_counts_no_client(self):
        ids = (self.contact | self.ordinary).ids
        mailing = self._mailing(
            "res.partner", f"[('id', 'in', {ids})]", ab_testing_enabled=True, ab_testing_pc=100
        )
        self.assertEqual(mailing._get_remaining_recipients(), self.ordinary.ids)

    def test_text_messages_go_to_no_client_either(self):
        self.ordinary.phone = "+49 30 123456"
        ids = (self.contact | self.ordinary).ids
        mailing = self._mailing(
            "res.partner", f"[('id', 'in', {ids})]", mailing_type="sms", body_plaintext="News"
        )
        self._send()
        # Done only when the service has answered for the others
        self.assertIn(mailing.state, ("sending", "done"))
        traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
        self.assertEqual(traces.mapped("res_id"), self.ordinary.ids)
        numbers = self.env["sms.sms"].search([]).mapped("number")
        self.assertEqual([number for number in numbers if "799123987" in (number or "")], [])

    def test_composed_for_many_it_goes_to_no_client(self):
        mailing = self._mailing("res.partner", "[]")
        composer = self.env["mail.compose.message"].with_context(
            active_ids=(self.contact | self.ordinary).ids, default_composition_mode="mass_mail"
        )
        composer.create(
            {"model": "res.partner", "subject": "x", "body": "x", "mass_mailing_id": mailing.id}
        )._action_send_mail()
        self.assertNotIn(self.contact, self.env["mail.mail"].search([]).recipient_ids)
        self.assertFalse(self.env["mailing.trace"].search([("email", "in", SECRETS)]))
