from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE
from ..product.ui_common import UiCommon


@tagged("post_install", "-at_install")
class TestLanguageUi(UiCommon):
    """Registering from the list, and the time line of a case, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(cls._client(cls.worker_a, "Beispiel, Person"))
        cls.other = cls._case(cls._client(cls.worker_a, "Ohne, Entbindung"))
        cls._talk(cls.case)
        cls.office = cls.env["integration.service"].create({"name": "Courses Office"})
        cls.env.ref(f"{MODULE}.guard_rail_course_registration").service_ids = cls.office
        kind = cls.env.ref(f"{MODULE}.course_kind_integration_general").id
        courses = cls.case.env["integration.course.enrolment"]
        cls.courses = courses.create(
            [
                {"case_id": case.id, "kind_id": kind, "date_need": cls.today - timedelta(days=30)}
                for case in cls.case | cls.other
            ]
        )
        told = [
            cls.env.ref(f"{MODULE}.information_kind_{code}").id for code in ("identity", "language")
        ]
        cls.case.env["integration.release"].create(
            {
                "client_id": cls.case.client_id.id,
                "service_id": cls.office.id,
                "purpose": "Language course",
                "kind_ids": [Command.set(told)],
                "valid_from": cls.today,
                "valid_until": cls.today + timedelta(days=99),
                "date_signed": cls.today,
            }
        )

    def test_register_from_the_list(self):
        self._tour("/odoo/integration-courses", "integration_register", self.worker_a)
        self.assertEqual(self.courses.mapped("state"), ["registered", "need"])

    def test_time_line(self):
        self._tour("/odoo/integration-cases", "integration_timeline", self.worker_a)
