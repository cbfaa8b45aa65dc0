from odoo.tests import HttpCase, tagged

from .network_common import NetworkCommon


@tagged("post_install", "-at_install")
class TestMeetingUi(NetworkCommon, HttpCase):
    """A worker brings in a topic, the coordinator writes minutes, the worker finds her decision."""

    browser_size = "1400x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the tours find their buttons by English words
        (cls.worker_b | cls.county_user).lang = "en_US"

    def test_from_the_topic_to_what_is_to_be_done(self):
        url = f"/odoo/integration-meetings/{self.meeting.id}"
        self.start_tour(url, "integration_meeting_topic", login="worker_b")
        self.assertEqual(self.meeting.topic_ids.name, "Places in courses")
        self.assertEqual(self._row(self.meeting, self.worker_b).answer, "yes")
        self.meeting.date = self.today
        self.start_tour(url, "integration_meeting_minutes", login="county_user")
        self.env.invalidate_all()
        self.assertEqual(self.meeting.state, "closed")
        self.assertEqual(self.meeting.minutes, "Everybody was there.")
        decision = self.meeting.decision_ids
        self.assertEqual(decision.user_id, self.worker_b)
        self.start_tour("/odoo/integration-day", "integration_meeting_decision", login="worker_b")
        self.env.invalidate_all()
        self.assertEqual(decision.date_done, self.today)
