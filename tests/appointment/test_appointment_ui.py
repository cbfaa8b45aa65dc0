from odoo.tests import tagged

from ..product.ui_common import ConsoleCase
from .appointment_common import AppointmentCommon


@tagged("post_install", "-at_install")
class TestAppointmentUi(AppointmentCommon, ConsoleCase):
    """On a telephone: from My Day over the appointment to the contact and the next one."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker_a.lang = "en_US"  # the tour finds its buttons by their English words

    def test_held_and_next_one_by_thumb(self):
        planned = self._appointment(days=0, time=9)
        self.start_tour("/odoo/integration-day", "integration_appointment_held", login="worker_a")
        self.env.invalidate_all()
        self.assertEqual(planned.state, "held")
        following = self.case.appointment_ids - planned
        self.assertEqual(following.time, 14.5)
        self.assertGreater(following.date, self.today)

    def test_a_new_one_from_the_case(self):
        self.browser_size = "1400x900"
        self.start_tour(
            f"/odoo/integration-cases/{self.case.id}",
            "integration_appointment_new",
            login="worker_a",
        )
        self.assertEqual(self.case.appointment_ids.time, 10.5)

    def test_hours_of_the_place_on_a_clock_of_another_country(self):
        self.browser_size = "1400x900"
        self._appointment(days=0, time=10.5)
        self.start_tour(
            "/odoo/integration-appointments", "integration_appointment_elsewhere", login="worker_a"
        )

    def test_the_message_is_copied_by_one_press(self):
        self.browser_size = "1400x900"
        self._consent(self.client_a, purpose="messenger")
        appointment = self._appointment()
        self.assertIn("14:30", appointment.reminder)
        with self._console() as lines:
            self.start_tour(
                f"/odoo/integration-appointments/{appointment.id}",
                "integration_appointment_reminded",
                login="worker_a",
            )
        self.assertIn("14:30", "".join(line for line in lines if line.startswith("copied")))
