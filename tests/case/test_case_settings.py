from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MODULE
from .case_common import CaseCommon


@tagged("post_install", "-at_install")
class TestCaseSettings(CaseCommon):
    """What a county edits cannot take away what running cases stand on.

    One shared phase before consent remains, a phase in use stays what it is, and a mandate
    covers the first day of every case that began under it.
    """

    # ------------------------------------------------------------
    # Phases
    # ------------------------------------------------------------

    def _stages(self, user):
        return self._as(user)["integration.case.stage"]

    def _refused_for_want_of_intake(self, function, *args):
        with (
            self.assertRaisesRegex(UserError, "must remain the one before consent"),
            self.cr.savepoint(),
        ):
            function(*args)
            self.env.flush_all()
        self.env.invalidate_all()

    def test_last_shared_phase_before_consent_remains(self):
        intake = self.stage_intake.with_env(self._as(self.county_user))
        for vals in (
            {"is_intake": False},
            {"active": False},
            {"is_intake": False, "active": False},
        ):
            with self.subTest(vals):
                self._refused_for_want_of_intake(intake.write, vals)
        self.assertTrue(self.stage_intake.is_intake and self.stage_intake.active)

    def test_phase_of_one_employer_does_not_stand_in_for_the_shared_one(self):
        self._stages(self.admin_a).create(
            {"name": "At the door", "code": "door", "is_intake": True}
        )
        intake = self.stage_intake.with_env(self._as(self.county_user))
        self._refused_for_want_of_intake(intake.write, {"is_intake": False})

    def test_another_shared_phase_may_take_its_place(self):
        door = self._stages(self.county_user).create(
            {"name": "At the door", "code": "door", "is_intake": True, "sequence": 1}
        )
        self.assertFalse(door.company_id)
        self.stage_intake.with_env(self._as(self.county_user)).active = False
        card = self._client(self.worker_a, "Nobody Asked", consent=False)
        self.assertEqual(self._case(card).stage_id, door)
        self._refused_for_want_of_intake(door.write, {"active": False})

    def test_rhythm_is_at_least_a_day(self):
        for days in (0, -7):
            with (
                self.subTest(days),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.stage_intake.rhythm_days = days
                self.env.flush_all()
        self.stage_intake.rhythm_days = 1
        self.assertEqual(
            self._stages(self.admin_a).create({"name": "By need", "code": "by_need"}).rhythm_days,
            30,
        )

    def test_workers_and_leads_edit_no_phase(self):
        for user in (self.worker_a, self.lead_a, self.reporting_a):
            with self.subTest(user.login):
                self.assertDenied(
                    self._stages(user).browse(self.stage_intake.id).write, {"rhythm_days": 3}
                )
                self.assertDenied(self._stages(user).create, {"name": "X", "code": "x"})

    def test_phase_of_another_employer_is_no_phase_of_the_case(self):
        foreign = self._stages(self._admin_b()).create({"name": "Theirs", "code": "theirs"})
        with self.assertRaises(UserError), self.cr.savepoint():
            self.case.stage_id = foreign.id
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.case.stage_id, self.stage_intake)

    def _admin_b(self):
        return self._new_user("admin_b", f"{MODULE}.group_admin", self.company_b)

    def test_what_a_case_stands_on_is_not_deleted(self):
        stage = self._stages(self.admin_a).create({"name": "Moving", "code": "moving"})
        reason = self._as(self.admin_a)["integration.closure.reason"].create(
            {"name": "Our own", "code": "own_reason"}
        )
        self.case.stage_id = stage.id
        self.case._close(reason, self.today)
        for row in (stage, reason):
            with self.subTest(row._name):
                with self.assertRaisesRegex(UserError, "not deletable"), self.cr.savepoint():
                    row.unlink()
                row.active = False
        self.env.invalidate_all()
        self.assertEqual(
            (self.case.stage_id.id, self.case.closure_reason_id.id), (stage.id, reason.id)
        )

    def test_only_a_hand_over_is_listed_apart(self):
        Reason = self.env["integration.closure.reason"]
        kinds = [kind for kind, _label in Reason._fields["kind"].selection]
        for kind in kinds:
            with self.subTest(kind):
                reason = Reason.create({"name": "Invented", "code": f"x_{kind}", "kind": kind})
                self.assertEqual(reason.is_handover, kind == "handover")
        reason.kind = "handover"
        self.assertTrue(reason.is_handover)
        self.assertEqual(Reason.create({"name": "Plain", "code": "x_plain"}).kind, "other")

    # ------------------------------------------------------------
    # Mandates
    # ------------------------------------------------------------

    def _mandate(self):
        """Return the mandate as the county office edits it."""
        return self.mandate_a.with_env(self._as(self.county_user))

    def _refused_for_cases(self, vals):
        with (
            self.assertRaisesRegex(UserError, "Cases have begun under this mandate") as caught,
            self.cr.savepoint(),
        ):
            self._mandate().write(vals)
            self.env.flush_all()
        self.env.invalidate_all()
        message = str(caught.exception)
        self.assertIn("Aheim", message)
        self.assertNotIn(self.number, message, "anyone who keeps mandates sees no file")

    def test_mandate_keeps_covering_the_first_day_of_its_cases(self):
        first = self._day(100)
        for vals in (
            {"date_end": first - timedelta(days=1)},
            {"date_start": first + timedelta(days=1)},
            {"date_start": self._day(300), "date_end": self._day(200)},
        ):
            with self.subTest(vals):
                self._refused_for_cases(vals)
        self._mandate().write({"date_start": first, "date_end": first})
        self.assertEqual(self.case.mandate_id, self.mandate_a)

    def test_mandate_may_end_while_its_cases_go_on(self):
        """What counts is the day on which a case began, whatever becomes of the contract."""
        self._mandate().date_end = self._day(30)
        self.case.write({"color": 2})
        self.assertEqual((self.case.state, self.case.mandate_id), ("open", self.mandate_a))

    def test_closed_cases_keep_their_mandate_too(self):
        self.case._close(self.goals_reached, self._day(90))
        self._refused_for_cases({"date_end": self._day(101)})

    def test_mandate_without_cases_is_free(self):
        self.mandate_b.with_env(self._as(self.county_user)).write(
            {"date_start": self._day(3), "date_end": self._day(2)}
        )
        self.assertEqual(self.mandate_b.date_end, self._day(2))
        client = self._client(self.worker_b, "Petra Beispiel")
        self._case(client, days_ago=2)
        with self.assertRaisesRegex(UserError, "Bheim"), self.cr.savepoint():
            self.mandate_b.date_end = self._day(3)
