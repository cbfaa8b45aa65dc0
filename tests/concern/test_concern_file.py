from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .concern_common import ConcernCommon


@tagged("post_install", "-at_install")
class TestConcernInFile(ConcernCommon):
    """A concern stands in a file behind access entry and consent, and the concern knows nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._client(cls.worker_a)
        cls.case = cls._case(cls.client)
        cls.concern = cls._nobodys()
        cls._of(cls.concern, cls.worker_a).action_take_over()

    def _link(self, user=None, case=None, concern=None):
        return self._as(user or self.worker_a)["integration.concern.link"].create(
            {"concern_id": (concern or self.concern).id, "case_id": (case or self.case).id}
        )

    def test_kind_and_day_stay_in_the_file(self):
        link = self._link()
        self._of(self.concern, self.worker_a)._answer(self.noted)
        self.assertEqual(
            (link.kind_id, link.date, link.party, link.client_id, link.company_id),
            (self.kind, self.concern.date, "municipality", self.client, self.company_a),
        )
        self.assertIn(self.client.file_number, link.display_name)
        self.assertNotIn(self.client.name, link.display_name)

    def test_only_with_access_to_both(self):
        for user in (self.colleague_a, self.worker_b, self.lead_a):
            with self.subTest(user.login), self.assertRaises(AccessError), self.cr.savepoint():
                self._link(user)
        other = self._nobodys()
        self._of(other, self.colleague_a).action_take_over()
        with self.assertRaises(AccessError):
            self._link(concern=other)

    def test_not_before_the_consent(self):
        client = self._client(self.worker_a, "Without Consent", consent=False)
        with self.assertRaises(UserError):
            self._link(case=self._case(client))

    def test_once_and_never_moved(self):
        link = self._link()
        with self.assertRaisesRegex(ValidationError, "noted in it already"):
            self._link()
        with self.assertRaises(AccessError):
            link.case_id = self._case(self._client(self.worker_a, "Another"))
        link.unlink()
        self.assertTrue(self._link())

    def test_days_and_kind_are_not_sent(self):
        with self.assertRaises(UserError):
            self._as(self.worker_a)["integration.concern.link"].create(
                {
                    "concern_id": self.concern.id,
                    "case_id": self.case.id,
                    "kind_id": self.env.ref("integration_management.concern_kind_worry").id,
                }
            )

    def test_concerns_have_no_field_that_leads_to_a_file(self):
        files = {"integration.case", "integration.client", "integration.concern.link"}
        leading = {
            name
            for name, field in self.env["integration.concern"]._fields.items()
            if field.comodel_name in files | {"res.partner"}
        }
        self.assertFalse(leading)
