from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .people_common import PeopleCommon


@tagged("post_install", "-at_install")
class TestGuardian(PeopleCommon):
    """Who may stand for a minor: an adult of the own household, or somebody named."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother, cls.uncle, cls.child, cls.brother, cls.stranger = (
            cls._client(cls.worker_a, name, consent=False, birthdate=born)
            for name, born in (
                ("Rahel Erfunden", cls._born(38)),
                ("Isaias Erfunden", False),
                ("Natnael Erfunden", cls._born(9)),
                ("Yonas Erfunden", cls._born(18, -1)),
                ("Oksana Musterova", cls._born(41)),
            )
        )
        cls.home = cls.mother.env["integration.household"].create({})
        cls._move_in(cls.mother | cls.uncle | cls.child | cls.brother)

    @classmethod
    def _move_in(cls, clients, home=None, start=300, end=None):
        return clients.env["integration.household.member"].create(
            [
                {
                    "household_id": (home or cls.home).id,
                    "client_id": client.id,
                    "date_from": cls._ago(start),
                    "date_to": end is not None and cls._ago(end),
                }
                for client in clients
            ]
        )

    def _sign(self, client=None, day=None, **values):
        return self._consent(client or self.child, date=day or self.today, **values)

    def assertNoGuardian(self, message, client=None, **values):
        number = (client or self.child).file_number
        self.assertRefused(
            f"^File {number}: .*{message}", self._sign, client, error=ValidationError, **values
        )

    # ------------------------------------------------------------
    # Who comes into question
    # ------------------------------------------------------------

    def test_adults_of_the_household_come_into_question(self):
        """Whose age is unknown as well; the brother from his birthday, tomorrow, on."""
        adults = self.mother | self.uncle
        self.assertEqual(self.child._possible_guardians(), adults)
        self.assertEqual(self.child._possible_guardians(self._ago(1)), adults)
        with freeze_time(f"{self._ago(-1)} 12:00:00"):
            self.assertEqual(self.child._possible_guardians(), adults | self.brother)
            self.assertEqual(self.child._possible_guardians(self.today), adults)
        self.assertFalse(self.stranger._possible_guardians(), "who lives alone has nobody")

    def test_household_of_the_day_or_of_today(self):
        """The paper may be older than the move, or be entered after it."""
        self.uncle.household_member_ids.date_to = self._ago(20)
        aunt = self._clients(self.worker_a, "Senait Erfunden")
        self._move_in(aunt, start=10)
        for day, expected in (
            (0, self.mother | aunt),
            (10, self.mother | aunt),
            (15, self.mother | aunt),
            (20, self.mother | self.uncle | aunt),
            (299, self.mother | self.uncle | aunt),
            (301, self.mother | aunt),
        ):
            with self.subTest(day):
                self.assertEqual(self.child._possible_guardians(self._ago(day)), expected)

    def test_family_that_moved_takes_its_guardian_along(self):
        self.child.household_member_ids.date_to = self._ago(8)
        self.mother.household_member_ids.date_to = self._ago(8)
        new = self.mother.env["integration.household"].create({})
        self._move_in(self.mother | self.child | self.stranger, new, start=7)
        self.assertEqual(self.child._possible_guardians(), self.mother | self.stranger)
        self.assertEqual(
            self.child._possible_guardians(self._ago(8)), self.mother | self.uncle | self.stranger
        )

    def test_form_offers_whom_the_reader_may_read(self):
        """A relative in a colleague's file lives there too, but her name is not offered."""
        aunt = self._clients(self.colleague_a, "Senait Erfunden")
        self._move_in(aunt.with_env(self.env))
        self.env.invalidate_all()
        form = Form(
            self.child.env["integration.consent"].with_context(default_client_id=self.child.id)
        )
        self.assertEqual(
            sorted(form.possible_guardian_ids.ids), sorted((self.mother | self.uncle).ids)
        )
        consent = self.child.env["integration.consent"].new({})
        self.assertFalse(consent.possible_guardian_ids, "no client, nobody to offer")

    def test_ledger_offers_no_name_to_data_protection(self):
        """It reads who consented to what, and no client."""
        event = self._sign(guardian_id=self.mother.id)
        self.env.invalidate_all()
        seen = event.with_env(self._as(self.dpo_a))
        self.assertFalse(seen.possible_guardian_ids)
        self.assertEqual(seen.guardian_id.sudo().display_name, self.mother.file_number)

    # ------------------------------------------------------------
    # Who may sign
    # ------------------------------------------------------------

    def test_minor_needs_somebody(self):
        for values in ({}, {"guardian_name": False}, {"guardian_name": "   "}):
            with self.subTest(values):
                self.assertNoGuardian("the guardian who consents must be named", **values)
        event = self._sign(guardian_name="Vormund Jugendamt Aheim")
        self.assertEqual(event._guardian(), "Vormund Jugendamt Aheim")
        self.assertEqual(self.child.consent_state, "given")

    def test_mother_of_the_household_signs(self):
        event = self._sign(guardian_id=self.mother.id)
        self.assertEqual(event._guardian(), "Rahel Erfunden")
        self.assertEqual(self.child.consent_state, "given")

    def test_only_adults_of_the_household_sign(self):
        for guardian in (self.stranger, self.brother):
            self.assertNoGuardian(
                "of a minor of the own household only, and of age", guardian_id=guardian.id
            )
        self.assertFalse(self.child.consent_ids)

    def test_brother_signs_from_his_birthday_on(self):
        with freeze_time(f"{self._ago(-1)} 12:00:00"):
            self.assertNoGuardian("of age", guardian_id=self.brother.id, day=self.today)
            self._sign(guardian_id=self.brother.id, day=self._ago(-1))
            self.assertEqual(self.child.consent_state, "given")

    def test_who_left_signs_what_was_before(self):
        self.mother.household_member_ids.date_to = self._ago(20)
        self.assertNoGuardian("own household only", guardian_id=self.mother.id)
        self.assertNoGuardian("own household only", guardian_id=self.mother.id, day=self._ago(19))
        self._sign(guardian_id=self.mother.id, day=self._ago(20))

    def test_nobody_is_her_own_guardian(self):
        for values in (
            {"guardian_id": self.child.id},
            {"guardian_name": "Natnael Erfunden"},
            {"guardian_name": "ERFUNDEN,  natnael "},
            {"guardian_name": "erfunden Natnael"},
        ):
            with self.subTest(values):
                self.assertNoGuardian("nobody is her or his own guardian", **values)
        for values in ({"guardian_id": self.mother.id}, {"guardian_name": "Rahel Erfunden"}):
            with self.subTest(adult=values):
                self.assertNoGuardian("own guardian", client=self.mother, **values)

    def test_name_of_another_child_is_no_guardian(self):
        for name in ("Yonas Erfunden", "erfunden, yonas"):
            self.assertNoGuardian(
                "this is the name of a minor of the household", guardian_name=name
            )
        # A namesake of age may be meant.
        namesake = self._clients(self.worker_a, "Yonas Erfunden", birthdate=self._born(50))
        self._move_in(namesake)
        self._sign(guardian_name="Yonas Erfunden")

    def test_adult_signs_by_herself(self):
        for client in (self.mother, self.uncle):
            self._sign(client)
            self.assertEqual(client.consent_state, "given")
            self.assertEqual(client.consent_ids._guardian(), "")

    def test_day_of_the_signature_decides_on_the_age(self):
        youth = self._clients(self.worker_a, "Taras Musterova", birthdate=self._born(18))
        self.assertNoGuardian("guardian who consents", client=youth, day=self._ago(1))
        self._sign(youth)
        self.assertEqual(youth.consent_state, "given", "eighteen today")

    def test_refusal_asks_for_nobody_but_a_stranger_does_not_refuse(self):
        self.assertRefused(
            "own household only",
            self._sign,
            decision="refused",
            guardian_id=self.stranger.id,
            error=ValidationError,
        )
        self._sign(decision="refused")
        self.assertEqual(self.child.consent_state, "refused")

    def test_guardian_of_another_employer_is_out_of_reach(self):
        foreign = self._client(self.worker_b, "Bohdan Musterova", consent=False)
        self.assertDenied(lambda: self._sign(guardian_id=foreign.id))

    def test_guardian_whose_file_is_closed_to_the_reader(self):
        aunt = self._clients(self.colleague_a, "Senait Erfunden")
        self._move_in(aunt.with_env(self.env))
        self.assertDenied(lambda: self._sign(guardian_id=aunt.id))

    # ------------------------------------------------------------
    # The same for a release
    # ------------------------------------------------------------

    def test_release_is_signed_like_a_consent(self):
        self._sign(guardian_id=self.mother.id)
        kind = self.env.ref("integration_management.information_kind_housing")
        values = {
            "client_id": self.child.id,
            "recipient_name": "Jobcenter Aheim",
            "purpose": "Rent",
            "kind_ids": [(6, 0, kind.ids)],
            "valid_until": self.today + timedelta(days=9),
            "date_signed": self.today,
        }
        releases = self.child.env["integration.release"]
        for message, guardian in (
            ("the guardian who consents must be named", {}),
            ("own household only", {"guardian_id": self.stranger.id}),
            ("name of a minor", {"guardian_name": "Yonas Erfunden"}),
        ):
            with self.subTest(message):
                self.assertRefused(
                    f"^File {self.child.file_number}: .*{message}",
                    releases.create,
                    {**values, **guardian},
                    error=ValidationError,
                )
        self.assertTrue(releases.create({**values, "guardian_id": self.mother.id}))
