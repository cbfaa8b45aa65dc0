from odoo.tests import tagged

from ..common import MODULE
from .people_common import PeopleCommon

KINDS = {
    "residence.status": ("residence", "status_id", "refugee_25_2_1", 34),
    "housing.type": ("housing", "type_id", "private_flat", 10),
    "benefit.type": ("benefit", "type_id", "sgb_2", 9),
}


@tagged("post_install", "-at_install")
class TestKinds(PeopleCommon):
    """The classifications of the trade: shipped, extended, and lasting once something is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a, "Shirin Beispiel")
        cls.admin = cls._as(cls.admin_a)

    def _row(self, kind, code):
        return self.env[f"integration.{kind}"].search(
            [("code", "=", code), ("company_id", "=", False)]
        )

    def _tell(self, kind, row):
        history, field, _code, _count = KINDS[kind]
        values = {"municipality_id": self.town_a.id} if history == "housing" else {}
        entries = self.client_a.env[f"integration.{history}"]
        entries.search([("client_id", "=", self.client_a.id)]).unlink()
        return entries.create({"client_id": self.client_a.id, field: row.id, **values})

    def test_shipped_rows_are_complete_and_in_order(self):
        for kind, (_history, _field, _code, count) in KINDS.items():
            with self.subTest(kind):
                rows = self.env[f"integration.{kind}"].search([("company_id", "=", False)])
                shipped = self.env["ir.model.data"].search_count(
                    [("module", "=", MODULE), ("model", "=", f"integration.{kind}")]
                )
                self.assertEqual(shipped, count)
                self.assertEqual(rows.mapped("sequence"), sorted(rows.mapped("sequence")))
                self.assertEqual(len(set(rows.mapped("code"))), len(rows))

    def test_groups_are_those_of_the_law(self):
        """Local statistics count by them: a row in the wrong group is a wrong figure."""
        for code, group in (
            ("permission_to_stay", "pending"),
            ("fiction_certificate", "pending"),
            ("asylum_25_1", "protection"),
            ("subsidiary_25_2_2", "protection"),
            ("deportation_ban_25_3", "protection"),
            ("temporary_protection_24", "temporary"),
            ("hardship_23a", "admission"),
            ("humanitarian_25_5", "humanitarian"),
            ("opportunity_104c", "humanitarian"),
            ("family_28_36a", "family"),
            ("work_19d", "work"),
            ("settlement_26_3", "settlement"),
            ("toleration_60d", "toleration"),
            ("obliged_to_leave", "toleration"),
            ("eu_free_movement", "citizen"),
            ("german", "citizen"),
            ("unknown", "unknown"),
        ):
            with self.subTest(code):
                self.assertEqual(self._row("residence.status", code).group, group)
        for code, group in (
            ("first_reception", "reception"),
            ("provisional_flat", "provisional"),
            ("followup_shared", "followup"),
            ("followup_rented", "followup"),
            ("family_friends", "private"),
            ("emergency", "emergency"),
            ("other", "other"),
        ):
            with self.subTest(code):
                self.assertEqual(self._row("housing.type", code).group, group)

    def test_own_row_without_group_is_not_guessed(self):
        status = self.admin["integration.residence.status"].create({"name": "Own", "code": "own"})
        housing = self.admin["integration.housing.type"].create({"name": "Own", "code": "own"})
        self.assertEqual((status.group, housing.group), ("unknown", "other"))
        self.assertEqual((status.company_id, housing.company_id), (self.company_a,) * 2)

    def test_used_row_is_archived_and_keeps_its_code(self):
        for kind, (_history, field, _code, _count) in KINDS.items():
            with self.subTest(kind):
                row = self.admin[f"integration.{kind}"].create({"name": "Own", "code": "own"})
                row.write({"code": "own_two", "name": "Not used yet"})
                entry = self._tell(kind, row)
                self.assertRefused("not deletable: .*Archive", row.unlink)
                self.assertRefused("in use already", row.write, {"code": "other"})
                row.write({"name": "Own name", "active": False})
                self.assertEqual(entry[field].name, "Own name", "what was told stays readable")
                entry.sudo().unlink()
                row.unlink()
                self.assertFalse(row.exists())

    def test_client_keeps_the_row_in_use_as_well(self):
        """The value of today is stored with her; the entry alone would not be asked."""
        row = self.admin["integration.housing.type"].create({"name": "Own", "code": "own"})
        self._tell("housing.type", row)
        self.assertEqual(self.client_a.housing_type_id, row)
        self.env["integration.housing"].search([("type_id", "=", row.id)]).unlink()
        self.assertFalse(self.client_a.housing_type_id)
        row.unlink()

    def test_row_of_another_employer_is_not_told(self):
        for kind, (history, field, _code, _count) in KINDS.items():
            with self.subTest(kind):
                foreign = self.env[f"integration.{kind}"].create(
                    {"name": "Foreign", "code": "foreign", "company_id": self.company_b.id}
                )
                found = self.client_a.env[foreign._name].search([("code", "=", "foreign")])
                self.assertFalse(found, "not even offered")
                self.assertRefused("company inconsistencies", self._tell, kind, foreign)
                self.assertFalse(
                    self.client_a.env[f"integration.{history}"].search([(field, "=", foreign.id)])
                )

    def test_who_keeps_the_rows(self):
        for kind in KINDS:
            shared = self._row(kind, "unknown") or self._row(kind, "other")
            for user, shared_ok, own_ok in (
                (self.worker_a, False, False),
                (self.lead_a, False, False),
                (self.admin_a, False, True),
                (self.county_user, True, True),
            ):
                with self.subTest(kind=kind, user=user.login):
                    rows = self._as(user)[shared._name]
                    edit, create = (
                        (shared.with_env(rows.env).write, {"sequence": 500}),
                        (rows.create, {"name": "New", "code": f"new_{user.login}"}),
                    )
                    for (function, vals), allowed in ((edit, shared_ok), (create, own_ok)):
                        if allowed:
                            self.assertTrue(function(vals))
                        else:
                            self.assertDenied(function, vals)
