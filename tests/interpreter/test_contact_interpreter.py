from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged

from .interpreter_common import InterpreterCommon

ROW = "integration.contact.interpreter"


class BadRows(InterpreterCommon):
    """What cannot be in a contact, and in which words it is refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        years = relativedelta(years=1)
        cls.adult = cls._client(cls.worker_a, "Adult Relative", birthdate=cls.today - 40 * years)
        cls.child = cls._client(
            cls.worker_a, "Young Relative", birthdate=cls.today - 17 * years, consent=False
        )
        cls.stranger = cls._client(cls.worker_a, "Stranger", birthdate=cls.today - 40 * years)
        cls._household(cls.client, cls.adult, cls.child)
        cls.archived = cls._interpreter("Archived One", active=False)
        cls.unsigned = cls._interpreter("Unsigned One", pledge_date=False)
        cls.late = cls._interpreter("Late One", pledge_date=cls.today)
        cls.relative = cls._interpreter("Relative, Adult")
        cls.namesake = cls._interpreter("Adult Relative", years=30)
        cls.far = cls._interpreter("Far One", user=cls.lead_b)

    @classmethod
    def _bad(cls):
        """Return (values, words of the refusal) of all that cannot be."""
        relative = {"kind": "relative", "reason": "Nobody else", "of_age": True}
        return [
            (cls._row(cls.archived), "archived"),
            (cls._row(cls.unsigned), "pledge of confidentiality of .* is missing"),
            (cls._row(cls.late), "after this contact"),
            (cls._row(cls.relative), "lives in the household"),
            (cls._row(cls.noor, language_id=cls.tigrinya.id), "does not interpret"),
            (cls._row(cls.noor, minutes=31), "the contact took 30"),
            (cls._row(cls.noor, minutes=-1), "below zero"),
            (cls._row(cls.noor, name="Somebody"), "either"),
            (cls._row(), "choose who"),
            (cls._row(kind="service"), "name of the service"),
            (cls._row(kind="service", name="relative  adult"), "of the household"),
            (cls._row(kind="service", name="Young Relative"), "children never"),
            (cls._row(**relative), "choose the relative"),
            (cls._row(**relative, name="Relative, Young"), "under age"),
            (cls._row(**relative, relative_id=cls.child.id), "under age"),
            (cls._row(**relative, relative_id=cls.stranger.id), "not of the household"),
            (cls._row(**relative, relative_id=cls.adult.id, name="Both"), "not both"),
            (cls._row(**{**relative, "reason": " "}, relative_id=cls.adult.id), "reason"),
            (cls._row(**{**relative, "of_age": False}, name="An Aunt"), "of full age"),
        ]


@tagged("post_install", "-at_install")
class TestContactInterpreter(BadRows):
    """Who interpreted, with which words nobody who must not is refused, and what follows."""

    def test_what_cannot_be_is_refused_in_words(self):
        talk = self._talk(self.case)
        kept = self._interpreted(self._row(self.noor)).interpreting_ids
        for values, words in self._bad():
            with self.subTest(words=words, values=values):
                with self.assertRaisesRegex(UserError, words) as refused, self.env.cr.savepoint():
                    self._interpreted(values)
                self.assertIn(self.case.file_number, str(refused.exception))
                self.assertNotIn(self.client.name, str(refused.exception))
                with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                    talk.env[ROW].create({**values, "contact_id": talk.id})
                with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                    kept.write({"interpreter_id": False, **values})
        self.assertFalse(talk.interpreting_ids)
        self.assertFalse(talk.interpreter_used)

    def test_a_namesake_born_on_another_day_is_not_related(self):
        talk = self._interpreted(self._row(self.namesake))
        self.assertEqual(talk.interpreting_ids.interpreter_id, self.namesake.with_env(talk.env))

    def test_one_of_another_employer(self):
        """Neither linked nor named."""
        for make in (
            lambda row: self._interpreted(row),
            lambda row: self._interpreted(self._row(self.noor)).interpreting_ids.write(row),
            lambda row: self._as(self.worker_a)["integration.contact.quick"].create(
                {"interpreter_id": row["interpreter_id"]}
            ),
        ):
            with self.assertRaises(AccessError) as refused:
                make({**self._row(), "interpreter_id": self.far.id})
            self.assertNotIn("Far One", str(refused.exception))

    def test_stated_exceptions(self):
        why = "Acute; the telephone service had nobody"
        for values in ({"relative_id": self.adult.id}, {"name": "Her Aunt", "of_age": True}):
            talk = self._interpreted(self._row(kind="relative", reason=why, **values))
            self.assertEqual(talk.interpreting_ids.reason, why)
            self.assertTrue(talk.interpreter_used)
        with self.assertRaisesRegex(UserError, "in a file only"):
            self._as(self.worker_a)["integration.contact"].create(
                {
                    "municipality_id": self.town_a.id,
                    "channel_id": self.home_visit.id,
                    "unnamed_count": 1,
                    "duration": 30,
                    "interpreting_ids": [
                        Command.create(
                            self._row(kind="relative", reason=why, name="Aunt", of_age=True)
                        )
                    ],
                }
            )

    def test_cost_as_of_that_day_and_for_payers_alone(self):
        talk = self._interpreted(self._row(self.noor))
        row = talk.interpreting_ids
        self.noor.rate = 90
        row.minutes = 20
        self.assertEqual(row.sudo().cost, 20)
        for unit, cost in (("minute", 1800), ("assignment", 90), ("hour", 30)):
            self.noor.rate_unit = unit
            row = self._interpreted(self._row(self.noor, minutes=20)).interpreting_ids
            self.assertEqual(row.sudo().cost, cost)
        for name in ("cost", "rate"):
            with self.assertRaises(AccessError):
                row.read([name])
            with self.assertRaises(UserError):
                row.write({name: 0})

    def test_with_interpreter_follows_both_ways(self):
        ticked = self._talk(self.case, interpreter_used=True)
        plain = self._talk(self.case)
        self.env.flush_all()
        self.assertTrue(ticked.interpreter_used)
        self.assertFalse(plain.interpreter_used)
        plain.write({"interpreting_ids": [Command.create(self._row(self.noor))]})
        self.assertTrue(plain.interpreter_used)
        with self.assertRaisesRegex(UserError, "Remove the row"), self.env.cr.savepoint():
            plain.interpreter_used = False
        plain.interpreting_ids.unlink()
        self.assertFalse(plain.interpreter_used)
        ticked.duration = 40
        self.assertTrue(ticked.interpreter_used, "an old tick stays")
        row = ticked.env[ROW].create(self._row(self.noor, contact_id=ticked.id))
        row.unlink()
        self.assertFalse(ticked.interpreter_used)
        forged = self._interpreted(self._row(self.noor), interpreter_used=False)
        self.assertTrue(forged.interpreter_used)

    def test_minutes_follow_a_corrected_duration(self):
        whole = self._interpreted(self._row(self.noor))
        part = self._interpreted(self._row(self.noor, minutes=20))
        (whole | part).write({"duration": 25})
        self.assertEqual(whole.interpreting_ids.minutes, 25)
        self.assertEqual(part.interpreting_ids.minutes, 20)
        with self.assertRaisesRegex(UserError, "20 minutes were interpreted"):
            part.duration = 15

    def test_a_row_added_in_the_form_proposes_the_whole_contact(self):
        form = Form(self._talk(self.case))
        with form.interpreting_ids.new() as row:
            self.assertEqual(row.minutes, 30)
            row.interpreter_id, row.language_id = self.noor, self.arabic
        talk = form.save()
        self.assertTrue(talk.interpreter_used)

    def test_corrections_leave_a_trace(self):
        talk = self._talk(self.case)
        row = talk.env[ROW].create(self._row(self.noor, contact_id=talk.id))
        row.minutes = 20
        talk.write({"interpreting_ids": [Command.update(row.id, {"minutes": 10})]})
        row.unlink()
        told = talk.change_ids.filtered(lambda c: c.field == "interpreting_ids").sorted("id")
        self.assertEqual(
            [("20" in (c.former or ""), "20" in (c.value or ""), bool(c.value)) for c in told],
            [(False, False, True), (False, True, True), (True, False, True), (False, False, False)],
        )

    def test_gate(self):
        """The first talk is interpreted too; after a no nothing is written, of relatives never."""
        card = self._client(self.worker_a, consent=False, language_ids=self.arabic.ids)
        case = self._case(card)
        visit = self._talk(case, card.browse(), unnamed_count=1)
        visit.env[ROW].create(self._row(self.noor, contact_id=visit.id))
        exception = self._row(kind="relative", name="Aunt", of_age=True, reason="Nobody else")
        for make in (
            lambda: visit.env[ROW].create({**exception, "contact_id": visit.id}),
            lambda: visit.write({"interpreting_ids": [Command.create(exception)]}),
        ):
            with self.assertRaisesRegex(UserError, "consent"), self.env.cr.savepoint():
                make()
        self._consent(card, "refused")
        for make in (
            lambda: visit.interpreting_ids.write({"minutes": 5}),
            lambda: visit.interpreting_ids.unlink(),
            lambda: visit.env[ROW].create(
                self._row(kind="service", name="Line", contact_id=visit.id)
            ),
        ):
            with self.assertRaises(UserError):
                make()

    def test_who_does_not_read_the_file_learns_nothing(self):
        talk = self._interpreted(self._row(self.noor))
        for user in (self.colleague_a, self.lead_a, self.worker_b, self.admin_a, self.dpo_a):
            rows = self._as(user)[ROW]
            for read in (
                lambda r=rows: r.browse(talk.interpreting_ids.id).read(["minutes"]),
                lambda r=rows: r.browse(talk.interpreting_ids.id).write({"minutes": 1}),
            ):
                with self.assertRaises(AccessError):
                    read()
            if rows.has_access("read"):
                self.assertFalse(rows.search([]))
        pool = self._as(self.lead_a)["integration.interpreter"].browse(self.noor.id)
        self.assertFalse(
            [f for f in pool._fields.values() if f.comodel_name == ROW], "no way from the pool"
        )

    def test_unnamed_talk_is_its_workers_own(self):
        talk = self._as(self.worker_a)["integration.contact"].create(
            {
                "municipality_id": self.town_a.id,
                "channel_id": self.home_visit.id,
                "unnamed_count": 1,
                "duration": 30,
                "interpreting_ids": [Command.create(self._row(self.noor))],
            }
        )
        self.assertEqual(talk.interpreting_ids.minutes, 30)
        self.assertFalse(self._as(self.colleague_a)[ROW].search([]))
        talk.interpreting_ids.minutes = 10


@tagged("post_install", "-at_install")
class TestContactInterpreterRpc(BadRows, HttpCase):
    """The same over the wire: no way in goes round the checks."""

    def test_bad_rows_over_rpc(self):
        talk = self._talk(self.case)
        self.env.flush_all()
        self.authenticate("worker_a", "worker_a")
        for values, words in [*self._bad(), (self._row(self.far), ".")]:
            answer = self.make_jsonrpc_request_error(
                ROW, "create", [{**values, "contact_id": talk.id}]
            )
            with self.subTest(words=words):
                self.assertRegex(answer, words)
                self.assertNotIn("Far One", answer)
        self.assertFalse(talk.interpreting_ids)

    def make_jsonrpc_request_error(self, model, method, args):
        """Return the words in which a call is refused."""
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            json={
                "jsonrpc": "2.0",
                "params": {"model": model, "method": method, "args": args, "kwargs": {}},
            },
        ).json()
        self.assertIn("error", answer)
        self.assertIn(
            answer["error"]["data"]["name"],
            (
                "odoo.exceptions.UserError",
                "odoo.exceptions.ValidationError",
                "odoo.exceptions.AccessError",
            ),
        )
        return answer["error"]["data"]["message"]
