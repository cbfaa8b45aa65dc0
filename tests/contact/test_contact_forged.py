from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .contact_common import SILENT, ContactCommon

REFUSED = (
    "odoo.exceptions.UserError",
    "odoo.exceptions.AccessError",
    "odoo.exceptions.ValidationError",
)
# What our own code holds and a request can only imitate
FORGED = {"integration_system": True, "integration_asks_later": {"contact_ids": []}}


class ForgedCommon(ContactCommon):
    """A talk with a note, and values that would move it to another employer, file or day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.talk = cls._talk(cls.case)
        cls.note = cls.Note.create({"contact_id": cls.talk.id, "body": "Words"})
        cls.household = cls._household(cls.yonas)
        cls.env.flush_all()

    def _values(self):
        """Yield (record, field, forged value, values of a new record beside it)."""
        contact = {"case_id": self.case.id, "channel_id": self.home_visit.id, "reached": False}
        person = {"contact_id": self.talk.id, "client_id": self.son.id}
        note = {"case_id": self.case.id, "body": "Words"}
        day = self._day(400).isoformat()
        for record, new, forged in (
            (self.talk, contact, {"company_id": self.company_b.id, "is_talk": True}),
            (
                self.talk.person_ids,
                person,
                {
                    "company_id": self.company_b.id,
                    "case_id": self.own.id,
                    "household_id": self.household.id,
                    "date": day,
                    "is_talk": False,
                    "user_id": self.colleague_a.id,
                    "municipality_id": self.town_b.id,
                },
            ),
            (self.note, note, {"company_id": self.company_b.id}),
        ):
            for name, value in forged.items():
                yield record, name, value, new

    def _everything(self):
        """Return what is stored of the talk, its persons and its note."""
        self.env.flush_all()
        self.env.invalidate_all()
        return [
            self.env[name]
            .sudo()
            .search([("company_id", "in", (self.company_a | self.company_b).ids)], order="id")
            .read(load=None)
            for name in ("integration.contact", "integration.contact.person", "integration.note")
        ]


@tagged("post_install", "-at_install")
class TestContactForged(ForgedCommon):
    """Employer, file, day and what counts follow from the contact; nobody sets them."""

    def test_derived_fields_are_not_written_by_the_worker(self):
        before = self._everything()
        for record, name, value, new in self._values():
            for context in ({}, FORGED):
                forging = record.with_context(**context)
                with self.subTest(record._name, field=name, context=context):
                    self.assertRefused("Not to be set by hand", forging.write, {name: value})
                    self.assertRefused(
                        "Not to be set by hand", forging.create, {**new, name: value}
                    )
        self.assertEqual(self._everything(), before)

    def test_whoever_has_no_right_is_told_so_and_nothing_else(self):
        before = self._everything()
        for user in (self.lead_a, self.colleague_a, self.worker_b, self.admin_a, self.dpo_a):
            for record, name, value, _new in self._values():
                forging = record.with_user(user).with_context(**FORGED)
                with self.subTest(user.login, model=record._name, field=name):
                    self.assertDenied(forging.write, {name: value})
        self.assertEqual(self._everything(), before)

    def test_a_default_from_the_screen_sets_nothing_derived(self):
        for record, name, value, new in self._values():
            with self.subTest(record._name, field=name):
                made = []
                for context in ({}, {f"default_{name}": value}):
                    made.append(record.with_context(**context).create(new)[name])
                    if record._name == "integration.contact.person":
                        self.talk.client_ids -= self.son
                self.assertEqual(*made)

    def test_a_forged_pass_opens_no_check(self):
        contact = self.talk.with_context(**FORGED)
        for values, message in (
            ({"case_id": self.own.id}, "cannot be moved"),
            ({"duration": -1}, "24 hours"),
            ({"date": self._day(101)}, "before the start"),
            ({"reached": False}, "nobody can be"),
        ):
            with self.subTest(values):
                self.assertRefused(message, contact.write, values)
        self.assertDenied(contact.unlink)
        never = self._client(self.worker_a, "Layal Alsabbagh", consent=False)
        self.case._accompany(never)
        row = {"contact_id": self.talk.id, "client_id": never.id}
        for context in (FORGED, {"integration_asks_later": True}):
            with self.subTest(context):
                rows = self.talk.person_ids.with_context(**context)
                self.assertRefused(never.file_number, rows.create, row)


@tagged("post_install", "-at_install")
class TestContactForgedRpc(ForgedCommon, HttpCase):
    """The same over the wire."""

    def _answer(self, user, model, method, args):
        self.authenticate(user.login, user.login)
        context = {"allowed_company_ids": user.company_id.ids, **FORGED}
        with mute_logger(*SILENT, "odoo.http"):
            answer = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                json={
                    "params": {
                        "model": model,
                        "method": method,
                        "args": args,
                        "kwargs": {"context": context},
                    }
                },
            ).json()
        return answer

    def test_nobody_moves_a_talk_to_another_employer_file_or_day(self):
        before = self._everything()
        for user in (self.worker_a, self.lead_a, self.worker_b):
            for record, name, value, new in self._values():
                model = record._name
                for method, args in (
                    ("write", [record.ids, {name: value}]),
                    ("web_save", [record.ids, {name: value}, {}]),
                    ("create", [{**new, name: value}]),
                ):
                    answer = self._answer(user, model, method, args)
                    with self.subTest(user.login, model=model, field=name, method=method):
                        self.assertIn(answer["error"]["data"]["name"], REFUSED)
                        for surname in self.surnames:
                            self.assertNotIn(surname, str(answer))
        self.assertEqual(self._everything(), before)
