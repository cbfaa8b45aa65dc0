from itertools import product

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import IntegrationCommon

WORD = "Xylophone"
WHEN = {"start": "2026-11-02 10:00:00", "stop": "2026-11-02 11:00:00"}


@tagged("post_install", "-at_install")
class TestAppointments(IntegrationCommon):
    """Appointments beside us, if the calendar is installed: it need not be."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "calendar.event" not in cls.env.registry:
            cls.skipTest(cls, "The calendar is not installed.")
        cls.case = cls._case(cls._client(cls.worker_a, "Visited Person"))

    def _event(self, user, **values):
        events = self._as(user)["calendar.event"].with_context(no_mail_to_attendees=True)
        return events.create({"name": f"{WORD} in the title", **WHEN, **values})

    def _tie(self, case=None):
        return {
            "res_model_id": self.env["ir.model"]._get_id("integration.case"),
            "res_id": (case or self.case).id,
        }

    def _find(self, user, *domain, **kwargs):
        self.env.invalidate_all()
        return self._as(user)["calendar.event"].search(list(domain), **kwargs)

    def test_words_stay_hidden_whatever_was_asked_before(self):
        """Odoo hides them while it fetches them: what was fetched past the user is not hidden."""
        words = dict.fromkeys(("location", "description"), WORD)
        events = self._event(self.worker_a, privacy="private", **words)
        events |= self._event(self.worker_a, **words, **self._tie())
        for event, user in product(events, (self.colleague_a, self.lead_a, self.employee)):
            own = event.with_env(self._as(user))
            for asked in ("name", "display_name", "start", "privacy", "res_id", "activity_ids"):
                self.env.flush_all()
                self.env.invalidate_all()
                # Nothing of it is read as its owner here: that is kept for everybody
                with self.subTest(user=user.login, event=event.id, asked=asked):
                    own.read([asked])
                    self.assertNotIn(WORD, str(own.read(["name", "location", "description"])))
            self.env.invalidate_all()
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                own.write({"privacy": "public"})
            self.assertNotIn(WORD, str(own.read(["name", "location", "description"])))

    def test_private_ones_are_not_found_by_their_words(self):
        event = self._event(
            self.worker_a,
            privacy="private",
            location=WORD,
            description=WORD,
            videocall_location="https://example.com/x",
        )
        tied = self._event(self.worker_a, **self._tie())
        for domain in (
            [("name", "ilike", WORD)],
            [("location", "ilike", WORD)],
            [("description", "ilike", WORD)],
            [("display_name", "ilike", WORD)],
            [("videocall_location", "ilike", "example")],
            [("res_id", "=", self.case.id), ("res_model", "=", "integration.case")],
            ["!", ("name", "not ilike", WORD)],
            ["|", ("name", "ilike", WORD), ("location", "ilike", WORD)],
            [("attendee_ids.event_id.name", "ilike", WORD)],
            [("user_id.partner_id.active", "=", True), ("name", "ilike", WORD)],
        ):
            for user in (self.colleague_a, self.worker_b, self.employee):
                self.assertFalse(self._find(user, *domain) & (event | tied), domain)
            self.assertTrue(self._find(self.worker_a, *domain) & (event | tied), domain)
        self.env.invalidate_all()
        self.assertFalse(
            self._as(self.colleague_a)["calendar.attendee"].search(
                [("event_id.name", "ilike", WORD)]
            )
        )

    def test_that_somebody_is_busy_is_seen(self):
        event = self._event(self.worker_a, privacy="private")
        when = [("start", "<=", WHEN["stop"]), ("partner_ids", "in", self.worker_a.partner_id.ids)]
        found = self._find(self.colleague_a, *when)
        self.assertIn(event.id, found.ids)
        self.assertNotIn(WORD, str(found.read(["name", "display_name", "location"])))
        public = self._event(self.worker_a, privacy="public")
        self.assertIn(public.id, self._find(self.colleague_a, ("name", "ilike", WORD)).ids)

    def test_what_odoo_shows_is_found_by_its_words(self):
        """One's own, what one is invited to, and what is open by the organiser's settings."""
        invited = [Command.link(self.colleague_a.partner_id.id)]
        private = self._event(self.worker_a, privacy="private", partner_ids=invited)
        untouched = self._event(self.employee)
        ownerless = self._event(self.employee, user_id=False)
        closed = self._event(self.worker_b)
        settings = self.env["res.users.settings"].search([])
        # Who has never logged in has none
        settings.filtered(lambda row: row.user_id == self.employee).unlink()
        settings._find_or_create_for_user(self.worker_b).calendar_default_privacy = "private"
        found = self._find(self.colleague_a, ("name", "ilike", WORD), order="name")
        all_of_them = private | untouched | ownerless | closed
        self.assertEqual(found & all_of_them, private | untouched | ownerless)
        status = [("current_status", "=", "needsAction")]
        self.assertEqual(self._find(self.colleague_a, *status), private)
        self.assertIn(closed, self._find(self.colleague_a, ("start", "<=", WHEN["stop"])))

    def test_nothing_is_told_by_the_order(self):
        first = self._event(self.worker_a, name="A", privacy="private")
        self.assertNotIn(first.id, self._find(self.colleague_a, order="name").ids)
        self.assertIn(first.id, self._find(self.colleague_a, order="start desc, id").ids)

    def test_linked_to_a_case_it_becomes_private(self):
        event = self._event(self.worker_a, privacy="public")
        event.write(self._tie())
        self.assertEqual(event.privacy, "private")
        event.write({"privacy": "public"})
        self.assertEqual(event.privacy, "private")
        made = self._event(self.worker_a, privacy="public", **self._tie())
        self.assertEqual(made.privacy, "private")

    def test_linked_only_by_readers_of_the_file(self):
        for user in (self.lead_a, self.colleague_a, self.worker_b, self.employee):
            with self.assertRaises(UserError), mute_logger("odoo.addons.base.models.ir_rule"):
                with self.cr.savepoint():
                    self._event(user, **self._tie())
            event = self._event(user)
            with self.assertRaises(UserError), mute_logger("odoo.addons.base.models.ir_rule"):
                with self.cr.savepoint():
                    event.write(self._tie())

    def test_not_without_consent(self):
        case = self._case(self._client(self.worker_a, "Not Asked", consent=False))
        with self.assertRaises(UserError), self.cr.savepoint():
            self._event(self.worker_a, **self._tie(case))

    def test_whoever_loses_the_file_loses_it(self):
        event = self._event(self.worker_a, **self._tie())
        invited = self._event(
            self.worker_a,
            partner_ids=[
                Command.set((self.worker_a | self.colleague_a | self.lead_a).partner_id.ids)
            ],
            **self._tie(),
        )
        for user in (self.colleague_a, self.lead_a):
            self.assertNotIn(invited.id, self._find(user).ids)
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                invited.with_user(user).read(["name"])
        self.case.with_user(self.lead_a).user_id = self.colleague_a
        self.env.flush_all()
        self.assertFalse(self._find(self.worker_a) & (event | invited))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            event.with_user(self.worker_a).read(["name"])
        self.assertIn(WORD, invited.with_user(self.colleague_a).name)
