from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .appointments_common import QUIET, WORD, AppointmentsCommon

TELLING = ("name", "location", "description", "res_model", "res_id", "access_token")


@tagged("post_install", "-at_install")
class TestAppointmentPaths(AppointmentsCommon):
    """Others' words are read through no path that leads to an appointment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        weekly = {"recurrency": True, "rrule_type": "weekly", "mon": True, "count": 2}
        cls.tied = cls._event(cls.worker_a, **weekly, **cls._tie())
        cls.private = cls._event(cls.worker_a, **weekly, privacy="private")
        cls.env.flush_all()

    def _links(self):
        """Yield (model, field) of whatever leads to appointments; each has a row that does."""
        for name, model in self.env.registry.items():
            if model._abstract or not model._auto:
                continue
            for field in model._fields.values():
                if (
                    field.type == "many2one"
                    and field.comodel_name == "calendar.event"
                    and field.store
                ):
                    yield name, field.name

    def _row(self, user, model_name, name):
        """Let a row that ``user`` reads point to the tied appointment, past the ORM."""
        own = self._as(user)[model_name].sudo()
        values = {"res_model": False, "user_id": user.id} if model_name == "mail.activity" else {}
        row = own.search([("create_uid", "=", user.id)], limit=1) or own.create(values)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(row._table),
                SQL.identifier(name),
                self.tied.id,
                row.id,
            )
        )
        self.env.invalidate_all()

    def _told(self, user, model_name, ways):
        """Return which of the ways told ``user`` anything of the appointment."""
        told = []
        model = self._as(user)[model_name].with_context(active_test=False)
        for label, way in ways.items():
            self.env.invalidate_all()
            with mute_logger(*QUIET), self.cr.savepoint():
                try:
                    answer = str(way(model))
                except (UserError, ValueError):
                    continue
            if WORD in answer or "integration.case" in answer:
                told.append((user.login, model_name, label))
        return told

    def _ways(self, path):
        yield from {
            f"group by {path}": lambda m: m.formatted_read_group([], [path], ["__count"]),
            f"sets of {path}": lambda m: m.formatted_read_grouping_sets([], [[path]], ["__count"]),
            f"web groups {path}": lambda m: m.web_read_group([], [path], ["__count"]),
            f"order by {path}": lambda m: m.search_read([], order=path),
            f"bar of {path}": lambda m: m.read_progress_bar(
                [], path, {"field": "id", "colors": {}}
            ),
        }.items()

    def test_every_link_of_the_registry(self):
        links = list(self._links())
        self.assertIn(("calendar.attendee", "event_id"), links)
        self.assertIn(("calendar.recurrence", "base_event_id"), links)
        self.assertIn(("mail.activity", "calendar_event_id"), links)
        self.env["integration.access.log"].flush_model()
        for model_name, name in links:
            for user in self.strangers:
                if model_name in ("mail.activity", "calendar.popover.delete.wizard"):
                    self._row(user, model_name, name)
                for telling in TELLING:
                    ways = dict(self._ways(f"{name}.{telling}"))
                    self.assertEqual(self._told(user, model_name, ways), [])

    def test_paths_of_two_steps(self):
        for user in self.strangers:
            for model_name, path in (
                ("calendar.attendee", "recurrence_id.base_event_id.name"),
                ("calendar.attendee", "event_id.recurrence_id.base_event_id.name"),
                ("calendar.event", "recurrence_id.base_event_id.name"),
                ("mail.activity", "calendar_event_id.recurrence_id.base_event_id.location"),
            ):
                self.assertEqual(self._told(user, model_name, dict(self._ways(path))), [])
                model = self._as(user)[model_name]
                self.assertFalse(model.search([(path, "ilike", WORD)]), path)

    def test_groups_of_files_are_nobodys_list(self):
        """As words of notes are neither grouped nor counted, unseen by the log."""
        events = self._as(self.worker_a)["calendar.event"]
        mine = [("id", "in", (self.tied | self.private).ids)]
        for name in ("name", "location"):
            groups = events.formatted_read_group(mine, [name], ["__count"])
            self.assertEqual(sum(group["__count"] for group in groups), 1, name)
            (groups,) = events.formatted_read_grouping_sets(mine, [[name]], ["__count"])
            self.assertEqual(sum(group["__count"] for group in groups), 1, name)
        ((ids,),) = events._read_group(mine, [], ["location:array_agg"])
        self.assertEqual(len(ids), 1)
        self.assertEqual(events.search_count([*mine, ("name", "ilike", WORD)]), 2)

    def test_when_somebody_is_busy_is_grouped(self):
        """By path, too, for public fields; what is no file's is grouped by words as ever."""
        public = self._event(self.worker_a, name="Open to all", privacy="public")
        attendees = self._as(self.colleague_a)["calendar.attendee"]
        groups = attendees.formatted_read_group([], ["event_id.start:day"], ["__count"])
        self.assertTrue(groups)
        groups = attendees.formatted_read_group(
            [("event_id", "=", public.id)], ["event_id.name"], ["__count"]
        )
        self.assertEqual([group["event_id.name"] for group in groups], ["Open to all"])

    def test_who_lost_the_file_is_told_no_title_behind_a_relation(self):
        """The organiser, and whoever is expected without the file: Odoo hides none from these."""
        self.tied.with_user(self.worker_a).write(
            {"partner_ids": [Command.link(self.lead_a.partner_id.id)]}
        )
        recurrence = self.tied.recurrence_id.id
        self._lose()
        for user in (self.worker_a, self.lead_a):
            self.env.invalidate_all()
            rows = self._as(user)["calendar.recurrence"].search_read(
                [("id", "=", recurrence)], ["base_event_id"]
            )
            self.assertTrue(rows)
            self.assertNotIn(WORD, str(rows), user.login)
