from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import IntegrationCommon

WORD = "Xylophone"


@tagged("post_install", "-at_install")
class TestActivityWords(IntegrationCommon):
    """What a worker plans with a client is found neither letter by letter nor through relations."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._case(cls._client(cls.worker_a, "Planned Person"))
        cls.activity = cls.case.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=f"{WORD} in the summary",
            note=f"{WORD} in the note",
            user_id=cls.worker_a.id,
        )
        cls.paths = [
            "activity_ids.note",
            "activity_ids.summary",
            "activity_summary",
            "activity_ids",
            "activity_ids.display_name",
        ]

    def _find(self, user, path, model="integration.case"):
        self.env.invalidate_all()
        return self._as(user)[model].with_context(active_test=False).search([(path, "ilike", WORD)])

    def test_the_worker_finds_her_own(self):
        for path in self.paths:
            self.assertEqual(self._find(self.worker_a, path), self.case, path)

    def test_a_lead_without_entry_finds_nothing(self):
        """She reads the case, and the relation to its activities would pass over their rules."""
        self.assertTrue(self._as(self.lead_a)["integration.case"].search([]))
        for path in self.paths:
            self.assertFalse(self._find(self.lead_a, path), path)

    def test_neither_does_she_read_the_next_one(self):
        self.env.invalidate_all()
        case = self.case.with_user(self.lead_a)
        for names in (["activity_summary"], ["activity_type_id"], ["activity_ids"]):
            ((row),) = case.read(names)
            self.assertFalse(row[names[0]], names)
        (row,) = case.web_read({"activity_ids": {"fields": {"summary": {}, "note": {}}}})
        self.assertFalse(row["activity_ids"])
        # After somebody else, as a scheduled job, has looked in the same transaction, too
        self.assertTrue(self.case.sudo().activity_summary)
        self.assertFalse(case.activity_summary)
        self.assertEqual(self.case.with_user(self.worker_a).activity_summary, self.activity.summary)

    def test_nor_whether_or_how_many(self):
        """A relation compared with ids alone asks no rule either."""
        cases = self._as(self.lead_a)["integration.case"]
        for domain in (
            [("activity_ids", "in", self.activity.ids)],
            [("activity_ids", "=", self.activity.id)],
        ):
            self.assertFalse(cases.search(domain), domain)

    def test_documents_of_a_file_through_a_relation_of_ones_own(self):
        """Odoo looks for attachments of an activity, a message or a template past their rules."""
        document = self._scan_at(self.case, f"{WORD}.txt")
        of_activity = self.case.env["ir.attachment"].create(
            {"name": f"{WORD}.txt", "raw": b"x", "res_model": "mail.activity",
             "res_id": self.activity.id}
        )  # fmt: skip
        note = self.case.env["integration.note"].create({"case_id": self.case.id, "body": "Words"})
        of_note = self.env["ir.attachment"].create(
            {"name": f"{WORD}.txt", "raw": b"x", "res_model": "integration.note",
             "res_id": note.id}
        )  # fmt: skip
        for secret in document | of_activity | of_note:
            for user in (self.lead_a, self.employee):
                env = self._as(user)
                own = env["mail.activity"].sudo().create(
                    {"user_id": user.id, "summary": "Own", "res_model": False,
                     "attachment_ids": [Command.link(secret.id)]}
                ).sudo(False)  # fmt: skip
                self.env.invalidate_all()
                own = own.with_user(user)
                for path in ("attachment_ids.name", "attachment_ids"):
                    found = env["mail.activity"].search(
                        [("id", "=", own.id), (path, "ilike", WORD)]
                    )
                    self.assertFalse(found, (user.login, secret.res_model, path))

    def test_a_lead_who_has_moved_on(self):
        """What was assigned to her lies with her old employer, and stays there."""
        mine = self.case.activity_schedule(
            "mail.mail_activity_data_todo", summary=WORD, user_id=self.lead_a.id
        )
        self.env.invalidate_all()
        self.assertEqual(self._as(self.lead_a)["mail.activity"].search([("summary", "=", WORD)]),
                         mine.with_user(self.lead_a))  # fmt: skip
        self.lead_a.sudo().write(
            {"company_id": self.company_b.id, "company_ids": [Command.set(self.company_b.ids)]}
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        env = self._as(self.lead_a)
        self.assertFalse(env["mail.activity"].search([("summary", "=", WORD)]))
        with self.assertRaises(AccessError):
            env["mail.activity"].browse(mine.id).read(["summary"])
        self.assertFalse(env["mail.activity"].search([("res_model", "=", "integration.case")]).ids)

    def test_notes_are_not_related_to_cases_by_their_ids(self):
        note = self.case.env["integration.note"].create({"case_id": self.case.id, "body": "Words"})
        contact = self._talk(self.case)
        self.env.invalidate_all()
        lead = self._as(self.lead_a)["integration.case"]
        worker = self._as(self.worker_a)["integration.case"]
        for domain, mine in (
            ([("note_ids", "in", note.ids)], True),
            ([("note_ids", "=", note.id)], True),
            ([("note_ids", "!=", False)], True),
            (["!", ("note_ids", "=", False)], True),
            ([("contact_ids", "in", contact.ids)], True),
            ([("client_id.case_ids.note_ids", "in", note.ids)], True),
            # However the id is written
            ([("note_ids", "in", [float(note.id)])], True),
            ([("note_ids", "in", [note.id, "no such note"])], True),
            ([("note_ids", "==", note.id)], True),
            ([("note_ids", "=?", note.id)], True),
            (["!", ("note_ids", "<>", note.id)], True),
            (["!", ("note_ids", "not in", [float(note.id), "no such note"])], True),
        ):
            self.assertEqual(bool(worker.search(domain)), mine, domain)
            self.assertFalse(lead.search(domain), domain)
        for domain in ([("note_ids", "not in", note.ids)], [("note_ids", "=", False)]):
            self.assertIn(self.case.id, lead.search(domain).ids, domain)
            self.assertNotIn(self.case.id, worker.search(domain).ids, domain)

    def test_how_the_next_stands_is_told_to_readers_alone(self):
        """Neither by searching nor by groups, of the day, the worker or how it stands."""
        self.activity.date_deadline = self.today - timedelta(days=1)
        other = self._case(self._client(self.worker_a))
        both = self.case | other
        self.env.invalidate_all()
        for user, mine in ((self.worker_a, True), (self.lead_a, False)):
            cases = self._as(user)["integration.case"]
            of_both = [("id", "in", both.ids)]
            for condition in (
                ("activity_state", "=", "overdue"),
                ("activity_state", "!=", False),
                ("activity_date_deadline", "!=", False),
                ("activity_user_id", "!=", False),
            ):
                found = cases.search([*of_both, condition])
                self.assertEqual(found.ids, self.case.ids if mine else [], (user.login, condition))
            groups = dict(cases._read_group(of_both, ["activity_state"], ["__count"]))
            self.assertEqual(groups, {"overdue": 1, False: 1} if mine else {False: 2}, user.login)
            bar = cases.read_progress_bar(
                of_both, "user_id", {"field": "activity_state", "colors": {"overdue": "danger"}}
            )
            told = sum(row["overdue"] for row in bar.values())
            self.assertEqual(told, int(mine), user.login)

    def test_how_the_next_stands_is_what_the_card_shows(self):
        """By the first that is planned; searching, groups and cards agree."""
        cases = self._as(self.worker_a)["integration.case"]
        days = {"overdue": (-2, 3), "today": (0, 1), "planned": (1, 2), False: ()}
        made = {}
        for state, ahead in days.items():
            made[state] = self._case(self._client(self.worker_a))
            for number in ahead:
                made[state].activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=self.today + timedelta(days=number),
                    user_id=self.worker_a.id,
                )
        among = [("id", "in", [case.id for case in made.values()])]
        groups = dict(cases._read_group(among, ["activity_state"], ["id:recordset"]))
        for state, case in made.items():
            self.assertEqual(case.activity_state, state)
            self.assertEqual(cases.search([*among, ("activity_state", "=", state)]), case, state)
            self.assertEqual(groups[state], case, state)
