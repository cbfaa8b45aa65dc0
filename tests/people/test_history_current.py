from freezegun import freeze_time

from odoo.tests import tagged

from ..common import MODULE
from .history_common import HistoryCommon

CURRENT = {
    "residence": "residence_status_id",
    "housing": "housing_type_id",
    "benefit": "benefit_type_id",
    "education": "education_id",
    "employment": "employment_id",
    "household.member": "household_id",
}


@tagged("post_install", "-at_install")
class TestCurrentValues(HistoryCommon):
    """What holds today stands with the client, so that lists can be grouped by it."""

    def _expected(self, entry):
        """Return what the client shows while ``entry`` holds."""
        if entry._name in ("integration.education", "integration.employment"):
            return entry
        return entry[
            next(name for name in ("status_id", "type_id", "household_id") if name in entry._fields)
        ]

    def _job(self):
        """Run what the nightly job runs, in its name."""
        job = self.env.ref(f"{MODULE}.ir_cron_refresh_current_values")
        job.ir_actions_server_id.with_user(job.user_id).run()
        self.env.invalidate_all()

    def test_first_and_last_day_count(self):
        for kind, name in CURRENT.items():
            for start, end, holds in (
                (0, None, True),
                (0, 0, True),
                (9, 0, True),
                (9, None, True),
                (9, -9, True),
                (9, 1, False),
                (-1, None, False),
                (-1, -1, False),
            ):
                with self.subTest(kind=kind, start=start, end=end):
                    entry = self._entry(kind, start, end)
                    expected = self._expected(entry)
                    self.assertEqual(self.client_a[name], expected if holds else expected.browse())
                    entry.unlink()
                    self.assertFalse(self.client_a[name], "it goes with the entry")

    def test_one_entry_follows_another(self):
        old = self._entry("housing", 100, 1, type_id=self.shared.id)
        new = self._entry("housing", 0, municipality_id=self.town_b.id)
        self.assertRecordValues(
            self.client_a, [{"housing_type_id": self.flat.id, "municipality_id": self.town_b.id}]
        )
        new.type_id = self.env.ref(f"{MODULE}.housing_type_emergency").id
        self.assertEqual(self.client_a.housing_type_id, new.type_id)
        new.date_from = self._ago(-5)
        self.assertFalse(self.client_a.housing_type_id, "not moved in yet")
        old.date_to = self._ago(-4)
        self.assertEqual(self.client_a.housing_type_id, self.shared)
        self.assertEqual(self.client_a.municipality_id, self.town_a)

    def test_entry_given_to_another_person_moves_the_value(self):
        for kind, name in CURRENT.items():
            with self.subTest(kind):
                entry = self._entry(kind, 3)
                expected = self._expected(entry)
                entry.client_id = self.other
                self.assertEqual(
                    (self.client_a[name], self.other[name]), (expected.browse(), expected)
                )

    def test_selections_are_those_of_today(self):
        self.assertRecordValues(self.client_a, [{"employment_status": False, "schooling": False}])
        self._entry("employment", 50, 1, status="course")
        job = self._entry("employment", 0, status="part_time")
        self._entry("education", 50, school="upper_secondary")
        self.assertRecordValues(
            self.client_a, [{"employment_status": "part_time", "schooling": "upper_secondary"}]
        )
        job.status = "full_time"
        self.assertEqual(self.client_a.employment_status, "full_time")

    def test_what_is_not_told_is_unknown(self):
        """A blank would count as “none” in the figures."""
        entries = self.client_a.env
        person = {"client_id": self.client_a.id}
        self.assertEqual(entries["integration.employment"].create(person).status, "unknown")
        self.assertRecordValues(
            entries["integration.education"].create(person),
            [{"school": "unknown", "vocation": "unknown", "recognition": "not_sought"}],
        )
        self.assertRecordValues(
            entries["integration.language.level"].create(person),
            [{"level": "unknown", "source": "estimate"}],
        )

    def test_clients_can_be_grouped_by_it(self):
        self._entry("residence", 9)
        self._entry("residence", 9, client=self.other, status_id=self.pending.id)
        groups = dict(
            self._as(self.worker_a)["integration.client"]._read_group(
                [("residence_status_id", "!=", False)], ["residence_status_id"], ["__count"]
            )
        )
        self.assertEqual(
            groups,
            {
                self.refugee.with_env(self.client_a.env): 1,
                self.pending.with_env(self.client_a.env): 1,
            },
        )

    def test_latest_of_several_that_hold(self):
        """Languages are known side by side."""
        self._entry("language.level", 100, 10)
        arabic = self._entry("language.level", 50, language_id=self.arabic.id)
        german = self._entry("language.level", 9, level="b1")
        levels = self.client_a.language_level_ids
        self.assertEqual(levels._valid_on(self.today), german)
        self.assertEqual(levels._valid_on(self._ago(20)), arabic)
        self.assertFalse(levels._valid_on(self._ago(101)))
        self.assertFalse(levels.browse()._valid_on(self.today))

    # ------------------------------------------------------------
    # The passing of a day
    # ------------------------------------------------------------

    def test_night_brings_what_begins_and_takes_what_has_ended(self):
        entries = {}
        for kind in CURRENT:
            entries[kind] = self._entry(kind, 30, 0), self._entry(kind, -1)
        ended = self._entry("residence", 30, 0, client=self.other)
        for kind, name in CURRENT.items():
            self.assertEqual(self.client_a[name], self._expected(entries[kind][0]), kind)
        self.env.flush_all()
        with freeze_time(f"{self._ago(-1)} 01:00:00"):
            for _night in ("the job", "the job once more"):
                self._job()
                for kind, name in CURRENT.items():
                    self.assertEqual(self.client_a[name], self._expected(entries[kind][1]), kind)
                self.assertFalse(self.other.residence_status_id)
        self.assertEqual(ended.date_to, self.today, "the job changes no history")

    def test_job_makes_up_for_nights_it_missed(self):
        self._entry("residence", 30, 0)
        self._entry("benefit", -1)
        self.env.flush_all()
        with freeze_time(f"{self._ago(-6)} 01:00:00"):
            self._job()
            self.assertFalse(self.client_a.residence_status_id)
            self.assertEqual(self.client_a.benefit_type_id.code, "sgb_2")

    def test_job_reaches_every_employer(self):
        foreign = self._client(self.worker_b, "Mykola Musterova")
        foreign.env["integration.residence"].create(
            {"client_id": foreign.id, "status_id": self.pending.id, "date_from": self._ago(-1)}
        )
        self._entry("residence", -1)
        self.env.flush_all()
        with freeze_time(f"{self._ago(-1)} 01:00:00"):
            self._job()
            self.assertEqual(foreign.residence_status_id, self.pending)
            self.assertEqual(self.client_a.residence_status_id, self.refugee)

    def test_job_costs_the_same_for_forty_clients(self):
        clients = self._clients(
            self.worker_a, *(f"Invented Person {number}" for number in range(43))
        )
        home = clients.env["integration.household"].create({})
        member = clients.env["integration.household.member"]
        counts = []
        # The first night fills what the registry remembers.
        for part, day in ((clients[:1], 1), (clients[1:3], 9), (clients[3:], 17)):
            self.env.invalidate_all()
            member.create(
                [
                    {"household_id": home.id, "client_id": client.id, "date_from": self._ago(-day)}
                    for client in part
                ]
            )
            with freeze_time(f"{self._ago(-day)} 01:00:00"):
                counts.append(
                    self._queries(self.env["integration.client"]._cron_refresh_current_values)
                )
                self.assertEqual(part.household_id, home)
        self.assertEqual(counts[1], counts[2])
