from odoo.tests import tagged

from ..common import IntegrationCommon

# Dialog or new record: by what the request says where it was begun
BEGUN = {
    "integration.family.new": "case_id",
    "integration.family.separation": "client_id",
    "integration.course.finish": "enrolment_id",
    "integration.plan.review.wizard": "plan_id",
    "integration.agreement.make": "plan_id",
    "integration.referral": "case_id",
}
NONSENSE = ("7", "x", True, False, -1, 0, 2**40, 1.5, [1], ["x"], {"id": 1}, None)


@tagged("post_install", "-at_install")
class TestBegunAt(IntegrationCommon):
    """Where a dialog was begun is said by the request, so it may be anything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._client(cls.worker_a)
        cls.case = cls._case(cls.client)

    def _proposed(self, user, dialog, value):
        model = self._as(user)[dialog].with_context(**{f"default_{BEGUN[dialog]}": value})
        names = [name for name in model._fields if name != BEGUN[dialog]]
        return model.default_get(names)

    def test_nonsense_proposes_nothing(self):
        for dialog in BEGUN:
            nothing = self._proposed(self.worker_a, dialog, False)
            for value in NONSENSE:
                with self.subTest(dialog=dialog, value=value):
                    self.assertEqual(self._proposed(self.worker_a, dialog, value), nothing)

    def test_closed_file_proposes_nothing(self):
        for dialog, record in (
            ("integration.referral", self.case),
            ("integration.family.separation", self.client),
            ("integration.family.new", self.case),
        ):
            own = self._proposed(self.worker_a, dialog, record.id)
            self.assertNotEqual(own, self._proposed(self.worker_a, dialog, False))
            for user in (self.colleague_a, self.worker_b):
                with self.subTest(dialog=dialog, user=user.login):
                    nothing = self._proposed(user, dialog, False)
                    self.assertEqual(self._proposed(user, dialog, record.id), nothing)
