from datetime import timedelta

from odoo.fields import Command

from ..common import MODULE
from ..referral.referral_common import ReferralCommon


class LanguageCommon(ReferralCommon):
    """The world of referrals with the coordination office, and courses as workers enter them."""

    guarded = (
        "integration.course.enrolment",
        "integration.disclosure",
        "integration.language.level",
        "integration.deadline",
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls.env["integration.service"].create({"name": "Courses Office Example"})
        cls.rail = cls.env.ref(f"{MODULE}.guard_rail_course_registration")
        cls.rail.service_ids = cls.office
        cls.Course = cls.case.env["integration.course.enrolment"]
        cls.general = cls.env.ref(f"{MODULE}.course_kind_integration_general")
        cls.told = cls.env.ref(f"{MODULE}.information_kind_identity") | cls.env.ref(
            f"{MODULE}.information_kind_language"
        )
        cls.env.flush_all()

    def _course(self, case=None, **values):
        case = case or self.case
        return case.env["integration.course.enrolment"].create(
            {"case_id": case.id, "kind_id": self.general.id, **values}
        )

    def _running(self, **values):
        return self._course(date_need=self._day(80), date_start=self._day(60), **values)

    def _office_release(self, client=None, **values):
        """Have a release for the office signed."""
        client = client or self.client_a
        return client.env["integration.release"].create(
            {
                "client_id": client.id,
                "service_id": self.office.id,
                "purpose": "Language course",
                "kind_ids": [Command.set(self.told.ids)],
                "valid_from": self._day(5),
                "valid_until": self.today + timedelta(days=300),
                "date_signed": self._day(5),
                **values,
            }
        )

    def _dialog(self, courses, **values):
        """Open the dialog as the list does, with ``courses`` ticked."""
        action = courses.action_register()
        return courses.env[action["res_model"]].with_context(**action["context"]).create(values)

    def _finish(self, course, **values):
        action = course.action_finish()
        dialog = course.env[action["res_model"]].with_context(**action["context"])
        return dialog.create(values).action_finish()
