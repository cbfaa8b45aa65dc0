from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import format_date

from .history_common import HistoryCommon


@tagged("post_install", "-at_install")
class TestHistoryPeriods(HistoryCommon):
    """Of each kind one entry holds at a time, from its first to its last day."""

    def test_days_are_inclusive_and_never_shared(self):
        """In days before today; None has no end. The first entry is from 60 to 30."""
        for start, end, allowed in (
            (29, None, True),
            (29, 29, True),
            (90, 61, True),
            (61, 61, True),
            (30, None, False),
            (30, 30, False),
            (90, 60, False),
            (60, 60, False),
            (50, 40, False),
            (90, 10, False),
            (90, None, False),
            (60, 30, False),
        ):
            with self.subTest(start=start, end=end), self.cr.savepoint() as point:
                self._entry(start=60, end=30)
                if allowed:
                    self.assertTrue(self._entry(start=start, end=end))
                else:
                    self.assertRefused(
                        f"^File {self.client_a.file_number}, Residence Status: the period from "
                        f"{self._told(start)} overlaps another entry. End the earlier entry first",
                        self._entry,
                        start=start,
                        end=end,
                        error=ValidationError,
                    )
                point.rollback()
                self.env.invalidate_all()

    def test_every_history_keeps_to_it(self):
        for kind in self.values:
            with self.subTest(kind):
                first = self._entry(kind, 60)
                named = first._description
                self.assertRefused(
                    f"{self.client_a.file_number}, {named}: the period",
                    self._entry,
                    kind,
                    0,
                    error=ValidationError,
                )
                first.date_to = self._ago(1)
                second = self._entry(kind, 0)
                self.assertEqual(
                    second.search([("client_id", "=", self.client_a.id)]),
                    second + first,
                    "the newest stands on top",
                )
                self.assertRefused(
                    "overlaps", first.write, {"date_to": self._ago(0)}, error=ValidationError
                )
                self.assertRefused(
                    "overlaps", second.write, {"date_from": self._ago(1)}, error=ValidationError
                )
                self.assertTrue(self._entry(kind, 60, client=self.other))

    def test_end_before_start_is_refused_with_both_days(self):
        for kind in self.values:
            with self.subTest(kind):
                entry = self._entry(kind, 20, 20)
                self.assertRefused(
                    f"^File {self.client_a.file_number}, {entry._description}: the end "
                    rf"\({self._told(21)}\) lies before the start \({self._told(20)}\)",
                    entry.write,
                    {"date_to": self._ago(21)},
                    error=ValidationError,
                )
                self.assertRefused(
                    "lies before the start",
                    entry.write,
                    {"date_from": self._ago(19)},
                    error=ValidationError,
                )

    def test_two_entries_of_one_request_overlap_as_well(self):
        vals = {**self.values["employment"], "date_from": self._ago(5)}
        entries = self.client_a.env["integration.employment"]
        self.assertRefused(
            "overlaps",
            entries.create,
            [{**vals, "client_id": self.client_a.id}, {**vals, "client_id": self.client_a.id}],
        )
        self.assertRefused(
            "overlaps",
            self.client_a.write,
            {"employment_ids": [(0, 0, vals), (0, 0, {**vals, "date_from": self._ago(2)})]},
        )
        self.assertFalse(self.client_a.employment_ids)
        both = entries.create(
            [{**vals, "client_id": self.client_a.id}, {**vals, "client_id": self.other.id}]
        )
        self.assertEqual(len(both), 2)

    def test_leap_day_is_a_day(self):
        for start, end, later, allowed in (
            ("2024-02-01", "2024-02-28", "2024-02-29", True),
            ("2024-02-01", "2024-02-29", "2024-02-29", False),
            ("2024-02-01", "2024-02-29", "2024-03-01", True),
        ):
            with self.subTest(end=end, later=later), self.cr.savepoint() as point:
                self._entry(date_from=start, date_to=end)
                if allowed:
                    self._entry(date_from=later)
                else:
                    self.assertRefused("overlaps", self._entry, date_from=later)
                point.rollback()
                self.env.invalidate_all()

    def test_languages_are_learnt_side_by_side(self):
        german = self._entry("language.level", 100)
        self.assertEqual(german.language_id, self.german, "what most courses teach")
        arabic = self._entry("language.level", 100, language_id=self.arabic.id, level="c1")
        self.assertRefused("Language Level: the period", self._entry, "language.level", 3)
        german.date_to = self._ago(4)
        better = self._entry("language.level", 3, level="b1")
        self.assertEqual(self.client_a.language_level_ids, better + german + arabic)

    def test_entry_begins_today_in_berlin_unless_told_otherwise(self):
        entries = self.client_a.env
        for kind, values in self.values.items():
            with self.subTest(kind), freeze_time(f"{self.today} 23:30:00"):
                entry = entries[f"integration.{kind}"].create(
                    {**values, "client_id": self.client_a.id}
                )
                self.assertEqual((entry.date_from, entry.date_to), (self._ago(-1), False))

    def test_entry_is_called_by_number_and_day(self):
        entry = self._entry(start=7)
        for user in (self.worker_a, self.employee):
            self.env.invalidate_all()
            seen = entry.with_env(self._as(user)).with_context(integration_show_name=True).sudo()
            self.assertEqual(
                seen.display_name,
                f"{self.client_a.file_number} {format_date(self.env, self._ago(7))}",
            )

    # ------------------------------------------------------------
    # Whose it is
    # ------------------------------------------------------------

    def test_employer_follows_from_the_client(self):
        for kind in self.values:
            with self.subTest(kind):
                forged = self.client_a.env[f"integration.{kind}"].with_context(
                    default_company_id=self.company_b.id, integration_system=True
                )
                entry = forged.create({**self.values[kind], "client_id": self.client_a.id})
                self.assertEqual(entry.company_id, self.company_a)
                self.assertRefused(
                    "Not to be set by hand", entry.write, {"company_id": self.company_b.id}
                )
                self.assertRefused(
                    "Not to be set by hand",
                    forged.create,
                    {
                        **self.values[kind],
                        "client_id": self.other.id,
                        "company_id": self.company_b.id,
                    },
                )

    def test_nobody_else_reads_or_writes_a_history(self):
        foreign = self._client(self.worker_b, "Roman Musterova")
        for kind in self.values:
            entry = self._entry(kind, 5)
            for user in (self.colleague_a, self.lead_a, self.worker_b, self.reporting_a):
                with self.subTest(kind=kind, user=user.login):
                    env = self._as(user)
                    seen = env[entry._name].browse(entry.id)
                    self.assertDenied(seen.read, ["date_from"])
                    self.assertDenied(seen.write, {"date_to": self.today})
                    self.assertDenied(seen.unlink)
                    self.assertDenied(
                        env[entry._name].create, {**self.values[kind], "client_id": self.other.id}
                    )
            with self.subTest(kind=kind, moved="to another employer's client"):
                self.assertDenied(entry.write, {"client_id": foreign.id})
