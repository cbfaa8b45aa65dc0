from odoo.tests import tagged

from odoo.addons.mail.tools.discuss import Store

from .walls_contacts import EMAIL, NAME, WallsContacts
from .walls_count import count

WORDS = "Words"


@tagged("post_install", "-at_install")
class TestWallsMessages(WallsContacts):
    """Messages, followers, mails and channels: none of them reaches a client."""

    def test_client_follows_nothing(self):
        self.ordinary.message_subscribe([self.contact.id])
        self.contact.sudo().message_subscribe([self.clerk.partner_id.id])
        self.env["mail.followers"].sudo().create(
            [
                {
                    "res_model": "res.partner",
                    "res_id": self.ordinary.id,
                    "partner_id": self.contact.id,
                },
                {
                    "res_model": "res.partner",
                    "res_id": self.contact.id,
                    "partner_id": self.clerk.partner_id.id,
                },
            ]
        )
        followers = (
            self.env["mail.followers"]
            .sudo()
            .search(
                [
                    "|",
                    ("partner_id", "=", self.contact.id),
                    "&",
                    ("res_model", "=", "res.partner"),
                    ("res_id", "=", self.contact.id),
                ]
            )
        )
        self.assertFalse(followers)

    def test_no_message_names_a_client(self):
        ordinary, contact = self.ordinary.id, self.contact.id
        for values in ({"partner_ids": [contact]}, {"author_id": contact}):
            self._refused(
                self.clerk,
                lambda env, v=values: (
                    env["res.partner"].browse(ordinary).message_post(body=WORDS, **v)
                ),
            )
        self._refused(
            self.clerk,
            lambda env: (
                env["res.partner"]
                .browse(ordinary)
                .message_notify(body="Words", partner_ids=[contact])
            ),
        )

    def test_no_message_stands_in_a_file(self):
        case, contact = self.case.id, self.contact.id
        words = {"body": "Words", "message_type": "comment"}
        for model, id_ in (
            ("integration.case", case),
            ("res.partner", contact),
            ("integration.client", self.client.id),
        ):
            self._refused(
                self.worker_a,
                lambda env, m=model, i=id_: env["mail.message"].create(
                    dict(words, model=m, res_id=i)
                ),
            )
        self._refused(
            self.worker_a, lambda env: env["integration.case"].browse(case).message_post(body=WORDS)
        )
        self._refused(
            self.worker_a, lambda env: env["res.partner"].browse(contact).message_post(body=WORDS)
        )
        composed = {
            "model": "integration.case",
            "res_ids": str([case]),
            "body": "Words",
            "composition_mode": "mass_mail",
        }
        self._refused(
            self.worker_a,
            lambda env: env["mail.compose.message"].create(composed)._action_send_mail(),
        )
        self.assertFalse(
            self.env["mail.message"].search(
                [("model", "in", ["integration.case", "integration.client"])]
            )
        )
        self.assertFalse(
            self.env["mail.message"].search(
                [("model", "=", "res.partner"), ("res_id", "=", contact)]
            )
        )

    def test_nobody_is_offered_a_client_to_write_to(self):
        """Not even her own worker, who finds her in the case."""
        for user in (self.worker_a, self.lead_a, self.employee, self.clerk):
            partners = self._as(user)["res.partner"]
            for search in ("Secret", EMAIL):
                count("features around contacts", 2)
                self.assertNotIn(NAME, str(partners.get_mention_suggestions(search)))
                found = partners._search_for_channel_invite(Store(), search)
                self.assertFalse(found["count"])

    def test_address_finds_no_client(self):
        """Incoming mail and recipients are looked up as superuser."""
        partners = self.env["res.partner"].sudo()
        found = partners.find_or_create(EMAIL)
        self.assertTrue(found)
        self.assertFalse(found.is_integration_client)
        found.email = "other@example.com"
        thread = self.env["mail.thread"].sudo()
        for no_create in (True, False):
            found = thread._partner_find_from_emails_single([EMAIL], no_create=no_create)
            self.assertFalse(found.filtered("is_integration_client"))
        self.assertEqual(
            thread._partner_find_from_emails_single(["ordinary@example.com"]), self.ordinary
        )

    def test_no_channel_with_a_client(self):
        contact = self.contact.id
        for user in (self.employee, self.worker_a):
            self._refused(user, lambda env: env["discuss.channel"]._create_group([contact]))
            self._refused(
                user,
                lambda env: (
                    env["discuss.channel"]._create_channel("Talk", None).add_members([contact])
                ),
            )
        count("features around contacts")
        chat = self._as(self.employee)["discuss.channel"]._get_or_create_chat([contact])
        self.assertNotIn(self.contact, chat.sudo().channel_member_ids.partner_id)

    def test_mass_mail_leaves_clients_out(self):
        both = self.contact.sudo() | self.ordinary
        recipients = both._mail_get_partners()
        self.assertFalse(recipients[self.contact.id])
        self.assertEqual(recipients[self.ordinary.id], self.ordinary)

    # ------------------------------------------------------------
    # Activities
    # ------------------------------------------------------------
