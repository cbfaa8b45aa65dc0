from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..beside.routes_walk import RoutesWalk
from .appointments_common import WORD, AppointmentsCommon

LOGS = ("odoo.http", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
class TestAppointmentAddresses(RoutesWalk, AppointmentsCommon, HttpCase):
    """No address with a token opens an appointment of a file, with or without a login."""

    MODEL = "calendar.event"
    LEAST_ANSWERS = 10

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tied = cls._event(cls.worker_a, **cls._tie())
        cls.loose = cls._event(cls.worker_a, name="Open to all", description=False)
        for event in cls.tied | cls.loose:
            event._set_discuss_videocall_location()
        cls.scan = cls._as(cls.worker_a)["ir.attachment"].create(
            {
                "name": f"{WORD}.txt",
                "raw": WORD.encode(),
                "mimetype": "text/plain",
                "res_model": "calendar.event",
                "res_id": cls.tied.id,
            }
        )

    def _ids(self):
        return {"event": self.tied.id, "document": self.scan.id}

    def _secrets_in(self, text):
        return WORD in text

    def _get(self, address):
        with mute_logger(*LOGS):
            return self.url_open(address, timeout=60)

    def _addresses(self, event):
        attendee = event.attendee_ids[:1].sudo()
        for route in ("meeting/view", "meeting/accept", "meeting/decline", "recurrence/accept",
                      "recurrence/decline"):  # fmt: skip
            yield f"/calendar/{route}?token={attendee.access_token}&id={event.id}"
        yield f"/calendar/meeting/join?token={event.sudo().access_token}"
        yield f"/calendar/join_videocall/{event.sudo().access_token}"

    def test_tokens_of_a_file_open_nothing(self):
        for login in (None, self.employee.login, self.worker_a.login):
            self.authenticate(login, login)
            for address in self._addresses(self.tied):
                answer = self._get(address)
                self.assertNotIn(WORD, answer.text, address)
                # One of the routes wants a login.
                if "/web/login" not in answer.url:
                    self.assertIn(answer.status_code, (400, 404), address)
        self.assertFalse(self.tied.videocall_channel_id)
        self.assertEqual(self.tied.attendee_ids.state, "accepted")

    def test_nor_does_an_empty_token(self):
        """It finds attendees without any, whom a request may make."""
        self.tied.attendee_ids.sudo().access_token = False
        self.authenticate(None, None)
        answer = self._get(f"/calendar/meeting/view?token=&id={self.tied.id}")
        self.assertNotIn(WORD, answer.text)

    def test_others_open_as_ever(self):
        self.authenticate(None, None)
        first, *_others = self._addresses(self.loose)
        answer = self._get(first)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Open to all", answer.text)
        self.assertEqual(self._get("/web/login?token=").status_code, 200)

    def test_the_document(self):
        for login in (None, self.employee.login, self.worker_b.login, self.lead_a.login):
            self.authenticate(login, login)
            answer = self._get(f"/web/content/{self.scan.id}")
            self.assertEqual(answer.status_code, 404, login)
        self.authenticate(self.worker_a.login, self.worker_a.login)
        self.assertIn(WORD, self._get(f"/web/content/{self.scan.id}").text)

    def test_every_route_without_a_login(self):
        self.TOKENS = {
            "token": self.tied.attendee_ids.sudo().access_token,
            "access_token": self.tied.sudo().access_token,
        }
        self.assertEqual(self._walk(None), [])

    def test_every_route_as_another_employee(self):
        self.TOKENS = {"token": self.tied.attendee_ids.sudo().access_token}
        self.assertEqual(self._walk(self.worker_b.login), [])

    def test_the_walk_would_notice(self):
        open_ = classmethod(lambda cls, args: None)
        self.patch(self.env.registry["ir.http"], "_refuse_appointments_by_token", open_)
        self.TOKENS = {"token": self.tied.attendee_ids.sudo().access_token}
        self.assertTrue(self._walk(None, only="/calendar/meeting/"))
