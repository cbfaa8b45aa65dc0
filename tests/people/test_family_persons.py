from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .family_common import FamilyCommon


@tagged("post_install", "-at_install")
class TestFamilyPersons(FamilyCommon):
    """Who is entered how: card, household, consents and guardian of each person."""

    def test_age_proposes_role_case_and_presence(self):
        lines = self._wizard(
            {"name": "Abrehet Erfunden", "birthdate": self._born(40)},
            {"name": "Biniam Erfunden"},
            {"name": "Dawit Erfunden", "birthdate": self._born(18)},
            {"name": "Ella Erfunden", "birthdate": self._born(18, -1)},
            {"name": "Finan Erfunden", "birthdate": self.today},
        ).line_ids
        self.assertEqual(lines.mapped("is_minor"), [False, False, False, True, True])
        self.assertEqual(lines.mapped("role"), ["adult"] * 3 + ["child"] * 2)
        self.assertEqual(lines.mapped("has_case"), [True] * 3 + [False] * 2)
        self.assertEqual(lines.mapped("present"), [True] * 3 + [False] * 2)

    def test_presence_is_proposed_for_who_agreed(self):
        answers = ("paper", "all", "oral", "refused", "later", False)
        lines = self._wizard(
            *(
                {"name": f"Person {answer}", "consent": answer, "witness": "Kim"}
                for answer in answers
            )
        ).line_ids
        self.assertEqual(lines.mapped("present"), [True] * 3 + [False] * 3)
        self.assertTrue(lines.wizard_id.has_oral)
        lines[2].consent = "paper"
        self.assertFalse(lines.wizard_id.has_oral)

    def test_what_was_chosen_by_hand_is_kept(self):
        lines = self._wizard(
            {"name": "Grandmother", "role": "parent", "has_case": False, "present": False},
            {
                "name": "Daughter",
                "birthdate": self._born(16),
                "role": "sibling",
                "has_case": True,
                "present": True,
            },
        ).line_ids
        self.assertEqual(lines.mapped("role"), ["parent", "sibling"])
        self.assertEqual(lines.mapped("has_case"), [False, True])
        self.assertEqual(lines.mapped("present"), [False, True])

    def test_corrected_date_of_birth_changes_the_proposal(self):
        form = Form(self._as(self.worker_a)["integration.family.new"])
        with form.line_ids.new() as line:
            line.name = "Sami Beispiel"
            self.assertEqual((line.role, line.has_case), ("adult", True))
            line.birthdate = self._born(12)
            self.assertEqual((line.role, line.has_case, line.is_minor), ("child", False, True))
            line.birthdate = self._born(21)
            self.assertEqual((line.role, line.has_case, line.is_minor), ("adult", True, False))
            line.role = "partner"
            line.birthdate = self._born(31)
            self.assertEqual(line.role, "partner", "chosen by hand")

    def test_card_and_household(self):
        language = self.env.ref("integration_management.language_prs")
        (mother, child), _case = self._saved(
            {
                "name": "Mina Beispiel",
                "gender": "female",
                "birthdate": self._born(33),
                "role": "parent",
                "language_ids": [Command.set(language.ids)],
            },
            {"name": "Omid Beispiel", "birthdate": self._born(5)},
            phone="07541 77",
            street="Seestr. 9",
            zip="88045",
            city="Aheim",
            interpreter="Dolmetscher",
            date_start=self._ago(12),
        )
        self.assertEqual((mother | child).mapped("city"), ["Aheim"] * 2)
        self.assertEqual((mother.gender, child.gender), ("female", "unknown"))
        self.assertEqual(mother.language_ids, language.with_env(mother.env))
        self.assertEqual((mother.phone, child.phone), ("07541 77", False), "nobody rings a child")
        self.assertTrue(mother.interpreter_needed)
        members = (mother | child).household_member_ids
        self.assertEqual(members.household_id, mother.household_id)
        self.assertEqual(members.mapped("date_from"), [self._ago(12)] * 2)
        self.assertEqual(
            [client.household_member_ids.role for client in (mother, child)], ["parent", "child"]
        )
        self.assertEqual(mother.household_id.size, 2)

    def test_nationality_is_kept_of_who_agreed(self):
        """It describes the person, so it waits for her consent (county standard 1.3.1)."""
        country = self.env.ref("base.ua")
        clients, _case = self._saved(
            *(
                {
                    "name": f"Person {answer}",
                    "consent": answer,
                    "nationality_id": country.id,
                    "witness": "Kim",
                }
                for answer in ("paper", "all", "oral", "refused", "later")
            )
        )
        told = [bool(client.nationality_ids) for client in clients]
        self.assertEqual(told, [True, True, True, False, False])
        self.assertEqual(clients.nationality_ids.ids, country.ids)

    def test_decisions_become_events_of_the_ledger(self):
        clients, _case = self._saved(
            {"name": "Ivan Musterova"},
            {"name": "Olha Musterova", "consent": "all"},
            {"name": "Petro Musterova", "consent": "oral", "witness": "Frau Kim"},
            {"name": "Anna Musterova", "consent": "refused"},
            {"name": "Maria Musterova", "consent": "later"},
            date_start=self._ago(3),
        )
        self.assertEqual(
            clients.mapped("consent_state"), ["given", "given", "given", "refused", "none"]
        )
        self.assertEqual(clients[0].consent_ids.purpose, "file")
        self.assertEqual(
            set(clients[1].consent_ids.mapped("purpose")),
            {"file", "team", "transfer", "messenger", "health"},
        )
        self.assertEqual(clients[2].consent_ids.witness, "Frau Kim")
        self.assertTrue(clients[2].consent_valid_until, "by word of mouth for a while only")
        self.assertEqual(set(clients.consent_ids.mapped("date")), {self._ago(3)})
        self.assertEqual(clients.consent_ids.user_id.ids, self.worker_a.ids)

    def test_oral_consent_needs_its_witness(self):
        before = self._counts()
        self.assertRefused(
            r"File \d{4}-\d+: .*name of a witness",
            self._wizard({"name": "Ivan Musterova", "consent": "oral"}).action_save,
        )
        self.assertEqual(self._counts(), before)

    # ------------------------------------------------------------
    # Minors
    # ------------------------------------------------------------

    def test_guardian_is_the_first_adult_of_the_list_who_agreed(self):
        child = {"name": "Liya Erfunden", "birthdate": self._born(7)}
        mother, father = {"name": "Hana Erfunden"}, {"name": "Girma Erfunden"}
        for persons, place in (
            ([child, mother, father], 1),
            ([father, child, mother], 0),
            ([{**father, "consent": "refused"}, child, mother], 2),
            ([{**father, "consent": "later"}, mother, child], 1),
            ([{**father, "consent": "oral", "witness": "Kim"}, mother, child], 0),
            ([{**father, "sequence": 20}, {**mother, "sequence": 5}, child], 1),
        ):
            with self.subTest(place=place, persons=[person["name"] for person in persons]):
                wizard = self._wizard(*persons)
                self.env.invalidate_all()  # the button is a request of its own
                case = wizard.env["integration.case"].browse(wizard.action_save()["res_id"])
                family = {client.name: client for client in self._family(case)}
                minor = family[child["name"]]
                expected = family[persons[place]["name"]]
                self.assertEqual(minor.consent_ids.guardian_id, expected)
                self.assertEqual(minor.consent_state, "given")

    def test_minor_alone_waits_for_a_guardian(self):
        child = {"name": "Liya Erfunden", "birthdate": self._born(15)}
        before = self._counts()
        for others in (
            [],
            [{"name": "Hana Erfunden", "consent": "refused"}],
            [{"name": "Hana Erfunden", "consent": "later"}],
            [{"name": "Tomas Erfunden", "birthdate": self._born(18, -1)}],
        ):
            with self.subTest(others=len(others)):
                self.assertRefused(
                    "A minor needs a guardian who consents.*Not asked yet",
                    self._wizard(child, *others).action_save,
                )
                self.assertEqual(self._counts(), before)
        (client,), case = self._saved({**child, "consent": "later"}, talk=False)
        self.assertEqual((client.consent_state, case.client_id), ("none", client))
        (client,), case = self._saved({**child, "consent": "refused"}, talk=False)
        self.assertEqual(client.consent_state, "refused")

    def test_minor_agrees_to_everything_through_the_guardian(self):
        clients, _case = self._saved(
            {"name": "Hana Erfunden"},
            {"name": "Liya Erfunden", "birthdate": self._born(7), "consent": "all"},
        )
        events = clients[1].consent_ids
        self.assertEqual(len(events), 5)
        self.assertEqual(events.guardian_id, clients[0])

    # ------------------------------------------------------------
    # The dialog itself
    # ------------------------------------------------------------

    def test_lines_are_called_by_their_place(self):
        """Odoo names records in its own messages."""
        lines = self._wizard({"name": "Ivan Musterova", "sequence": 3}, {"name": "Olha"}).line_ids
        self.assertEqual(lines.mapped("display_name"), ["Person 3", "Person 10"])

    def test_dialog_is_read_by_its_author_alone(self):
        wizard = self._wizard({"name": "Ivan Musterova"})
        for user in (self.colleague_a, self.lead_a, self.admin_a, self.worker_b, self.employee):
            with self.subTest(user.login):
                for record in (wizard, wizard.line_ids):
                    self.assertDenied(record.with_env(self._as(user)).read, ["id"])
                self.assertDenied(wizard.with_env(self._as(user)).action_save)

    def test_dialog_of_the_own_employer_only(self):
        before = self._counts()
        with self.assertRaises(UserError):
            self._wizard({"name": "Ivan"}, company_id=self.company_b.id).action_save()
        stranger = self._client(self.worker_b, "Roman Musterova", consent=False)
        with self.assertRaises(AccessError):
            self._wizard({"name": "Ivan", "client_id": stranger.id})
        before[0] += 1
        self.assertEqual(self._counts()[:3], before[:3])
