from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import MODULE
from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestFamilyCase(FamilyCommon):
    """What the dialog opens: cases, who is accompanied in which, and the first talk."""

    def _mandate(self, name, **values):
        town = self.env["integration.municipality"].create(
            {"name": name, "ags": f"08999{len(name) + 100}", "county_id": self.county.id}
        )
        self.env["integration.mandate"].create(
            {
                "company_id": self.company_a.id,
                "municipality_id": town.id,
                "mode": "own",
                "date_start": self.start,
                **values,
            }
        )
        return town

    # ------------------------------------------------------------
    # Where
    # ------------------------------------------------------------

    def test_only_municipality_is_proposed(self):
        form = Form(self._as(self.worker_a)["integration.family.new"])
        self.assertEqual(form.municipality_id.id, self.town_a.id)
        self.assertEqual(form.allowed_municipality_ids.ids, self.town_a.ids)
        self.assertEqual((form.date_start, form.date), (self.today, self.today))

    def test_municipalities_are_those_with_a_mandate_today(self):
        for name, values, offered in (
            ("ended yesterday", {"date_end": self._ago(1)}, False),
            ("ends today", {"date_end": self.today}, True),
            ("began today", {"date_start": self.today}, True),
            ("begins tomorrow, a little later", {"date_start": self._ago(-1)}, False),
        ):
            with self.subTest(name):
                town = self._mandate(name, **values)
                wizard = self._as(self.worker_a)["integration.family.new"].new({})
                self.assertEqual(
                    town in wizard.allowed_municipality_ids._origin.with_env(self.env), offered
                )

    def test_several_municipalities_propose_the_last_one_used(self):
        other = self._mandate("Cheim")
        wizards = self._as(self.worker_a)["integration.family.new"]
        self.assertFalse(wizards.new({}).municipality_id, "no guess between two")
        client = self._client(self.worker_a, "Aster Erfunden")
        self._case(client, other)
        self.assertEqual(wizards.new({}).municipality_id._origin.id, other.id)
        colleagues = self._as(self.colleague_a)["integration.family.new"].new({})
        self.assertFalse(colleagues.municipality_id, "hers, not a colleague's")
        self.env["integration.mandate"].search(
            [("municipality_id", "=", other.id)]
        ).date_end = self._ago(1)
        self.env.invalidate_all()
        self.assertEqual(
            wizards.new({}).municipality_id._origin.id,
            self.town_a.id,
            "where the mandate has ended, nothing is opened",
        )

    def test_day_is_berlins(self):
        with freeze_time(f"{self.today} 23:30:00"):
            form = Form(self._as(self.worker_a)["integration.family.new"])
            self.assertEqual((form.date_start, form.date), (self._ago(-1),) * 2)

    # ------------------------------------------------------------
    # Cases
    # ------------------------------------------------------------

    def test_case_per_adult_who_wants_one(self):
        clients, case = self._saved(
            {"name": "Fatima Beispiel"},
            {"name": "Hamid Beispiel"},
            {"name": "Bibi Beispiel", "has_case": False},
            {"name": "Ali Beispiel", "birthdate": self._born(4)},
        )
        self.assertEqual(case.client_id, clients[0])
        self.assertEqual(clients.case_ids.client_id, clients[0] | clients[1])
        self.assertEqual(case.member_ids, clients[2] | clients[3])
        self.assertEqual(clients.case_ids.user_id.ids, self.worker_a.ids)
        self.assertFalse(clients[1].case_ids.member_ids)

    def test_somebody_carries_the_case(self):
        """Nobody ticked: the first adult; no adult: the first of the list."""
        for carrier, persons in (
            (
                1,
                (
                    {"name": "Ali", "birthdate": self._born(4)},
                    {"name": "Bibi", "has_case": False},
                    {"name": "Zia", "has_case": False},
                ),
            ),
            (
                0,
                (
                    {"name": "Ali", "birthdate": self._born(15), "consent": "later"},
                    {"name": "Nur", "birthdate": self._born(14), "consent": "later"},
                ),
            ),
            (
                1,
                (
                    {"name": "Ali", "birthdate": self._born(15), "consent": "later"},
                    {
                        "name": "Nur",
                        "birthdate": self._born(14),
                        "consent": "later",
                        "has_case": True,
                    },
                ),
            ),
        ):
            with self.subTest(carrier=carrier, persons=len(persons)):
                clients, case = self._saved(*persons, talk=False)
                self.assertEqual(case.client_id, clients[carrier])
                self.assertEqual(case.member_ids, clients - clients[carrier])

    def test_case_counts_from_the_first_day(self):
        """The talk may lie before the day that was entered as the start."""
        for values, first in (
            ({"date_start": self._ago(5), "date": self._ago(5)}, 5),
            ({"date_start": self._ago(5), "date": self._ago(9)}, 9),
            ({"date_start": self._ago(9), "date": self._ago(5)}, 9),
            ({"date_start": self._ago(5), "date": self._ago(9), "talk": False}, 5),
            ({"date_start": self._ago(5), "date": False, "talk": False}, 5),
        ):
            with self.subTest(**values):
                (client,), case = self._saved({"name": "Fatima Beispiel"}, **values)
                self.assertEqual(
                    (
                        case.date_start,
                        case.date_opened,
                        client.consent_ids.date,
                        client.household_member_ids.date_from,
                    ),
                    (self._ago(first),) * 4,
                )

    def test_day_without_mandate_or_in_the_future_is_refused(self):
        before = self._counts()
        for message, day in (("has no mandate", 801), ("in the future", -1)):
            with self.subTest(message):
                self.assertRefused(
                    message,
                    self._wizard(
                        {"name": "Fatima Beispiel"}, talk=False, date_start=self._ago(day)
                    ).action_save,
                )
                self.assertEqual(self._counts(), before)

    def test_opened_form_is_that_of_the_case(self):
        wizard = self._wizard({"name": "Fatima Beispiel"})
        action = wizard.action_save()
        self.assertEqual(
            (action["res_model"], action["views"], action["target"]),
            ("integration.case", [(False, "form")], "main"),
        )
        case = wizard.env["integration.case"].browse(action["res_id"])
        self.assertEqual(case.municipality_id, self.town_a)
        self.assertEqual(case.stage_id, self.stage_intake)

    def test_two_dialogs_at_once_are_not_saved(self):
        wizards = self._wizard({"name": "Fatima"}) | self._wizard({"name": "Hamid"})
        with self.assertRaises(ValueError):
            wizards.action_save()

    def test_nobody_is_no_family(self):
        self.assertRefused("Enter at least one person", self._wizard().action_save)

    # ------------------------------------------------------------
    # The first talk
    # ------------------------------------------------------------

    def test_talk_is_documented_with_who_was_present(self):
        topics = self.env["integration.topic"].search([("company_id", "=", False)], limit=2)
        clients, case = self._saved(
            {"name": "Fatima Beispiel"},
            {"name": "Hamid Beispiel", "present": False},
            {"name": "Ali Beispiel", "birthdate": self._born(9), "present": True},
            duration=45,
            note="Plain words",
            date=self._ago(2),
            date_start=self._ago(2),
            topic_ids=[Command.set(topics.ids)],
            interpreter_used=True,
        )
        talk = case.contact_ids
        self.assertRecordValues(
            talk,
            [
                {
                    "date": self._ago(2),
                    "duration": 45,
                    "channel_id": self.home_visit.id,
                    "user_id": self.worker_a.id,
                    "interpreter_used": True,
                    "reached": True,
                }
            ],
        )
        self.assertEqual(talk.person_ids.client_id, clients[0] | clients[2])
        self.assertEqual(talk.topic_ids.ids, topics.ids)
        self.assertEqual(talk.note_ids.body, "Plain words")

    def test_without_note_there_is_none(self):
        _clients, case = self._saved({"name": "Fatima Beispiel"}, note="")
        self.assertEqual((len(case.contact_ids), len(case.note_ids)), (1, 0))

    def test_unticked_talk_is_none(self):
        _clients, case = self._saved({"name": "Fatima Beispiel"}, talk=False, note="Lost words")
        self.assertFalse(case.contact_ids or case.note_ids)

    def test_talk_with_nobody_is_refused(self):
        before = self._counts()
        for persons in (
            [{"name": "Fatima Beispiel", "consent": "refused"}],
            [{"name": "Fatima Beispiel", "present": False}],
        ):
            self.assertRefused(
                "Tick who was present in the first talk", self._wizard(*persons).action_save
            )
        self.assertEqual(self._counts(), before)

    def test_talk_stands_in_the_case_of_who_agreed(self):
        """Nothing is written into the case of somebody who did not."""
        clients, case = self._saved(
            {"name": "Fatima Beispiel", "consent": "refused"},
            {"name": "Hamid Beispiel"},
            note="Plain words",
        )
        self.assertEqual(case.client_id, clients[0])
        self.assertFalse(case.contact_ids or case.note_ids)
        talk = clients[1].case_ids.contact_ids
        self.assertEqual(talk.person_ids.client_id, clients[1])
        self.assertEqual(talk.note_ids.case_id, clients[1].case_ids)

    def test_presence_of_who_refused_is_refused_by_number(self):
        before = self._counts()
        for answer in ("refused", "later"):
            with self.subTest(answer):
                self.assertRefused(
                    r"File \d{4}-\d+",
                    self._wizard(
                        {"name": "Fatima Beispiel"},
                        {"name": "Hamid Beispiel", "consent": answer, "present": True},
                    ).action_save,
                )
        self.assertEqual(self._counts(), before)

    def test_interpreter_named_is_an_interpreter_used(self):
        wizard = self._wizard({"name": "Fatima Beispiel"})
        self.assertFalse(wizard.interpreter_used)
        wizard.interpreter = "Frau Kim"
        self.assertTrue(wizard.interpreter_used)
        wizard.interpreter = False
        self.assertTrue(wizard.interpreter_used, "the talk may have had one without a name")

    def test_undecided_are_named_by_their_place(self):
        wizard = self._wizard(
            {"name": "Fatima Beispiel", "sequence": 30, "consent": False},
            {"name": "Hamid Beispiel", "sequence": 10},
            {"name": "Ali Beispiel", "sequence": 20, "consent": False},
        )
        wizard = wizard.browse(wizard.id)
        self.assertRefused("Still open: person 2, 3 of the list", wizard.action_save)
        wizard.line_ids.consent = "later"
        self.assertTrue(wizard.action_save()["res_id"])

    def test_nothing_is_published_so_no_notice_is_named(self):
        """The employer's own paper form carries the consent then."""
        (client,), _case = self._saved({"name": "Fatima Beispiel", "consent": "all"})
        self.assertFalse(client.consent_ids.notice_id)
        self.assertEqual(len(client.consent_ids), 5)
        self.assertFalse(self.env.ref(f"{MODULE}.consent_notice_de").company_id)
