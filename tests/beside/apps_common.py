import os
from unittest import SkipTest

from ..common import IntegrationCommon

NAME = "Zyxwvutova"
SECRETS = (NAME, "0799123987", "Verborgene Gasse", "zyx.hidden@example.org")
GROUPS = (
    "account.group_account_manager",
    "base.group_partner_manager",
    "event.group_event_manager",
    "im_livechat.im_livechat_group_manager",
    "mass_mailing.group_mass_mailing_user",
    "project.group_project_manager",
    "sales_team.group_sale_manager",
    "survey.group_survey_manager",
    "website.group_website_designer",
)


class AppsCommon(IntegrationCommon):
    """A client beside Odoo's other apps, and an employee who may do everything in those."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # bin/test says where the apps are; under another runner they may be missing.
        if "mailing.mailing" not in cls.env and not os.environ.get("INTEGRATION_APPS"):
            raise SkipTest("Odoo's other apps are not installed in this database.")
        cls.client_a = cls._client(
            cls.worker_a, NAME, phone=SECRETS[1], street=SECRETS[2], email=SECRETS[3], city="Aheim"
        )
        cls.case = cls._case(cls.client_a)
        cls.contact = cls.client_a.sudo().partner_id
        cls.app_user = cls._new_user("app_user", ",".join(GROUPS), cls.company_a)
        cls.ordinary = cls.env["res.partner"].create(
            {"name": "Ordinary Customer", "email": "ordinary@example.com"}
        )

    def _secrets_in(self, text):
        return [word for word in SECRETS if word in text]
