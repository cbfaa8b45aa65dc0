from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.integration_management.models.office.holiday import holiday_name

from ..common import IntegrationCommon

BERLIN = ZoneInfo("Europe/Berlin")
# Written off the calendars of the state, to be compared with what the library says
HOLIDAYS = {
    date(2026, 1, 1), date(2026, 1, 6), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1),
    date(2026, 5, 14), date(2026, 5, 25), date(2026, 6, 4), date(2026, 10, 3), date(2026, 11, 1),
    date(2026, 12, 25), date(2026, 12, 26),
    date(2027, 1, 1), date(2027, 1, 6), date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 1),
    date(2027, 5, 6), date(2027, 5, 17), date(2027, 5, 27), date(2027, 10, 3), date(2027, 11, 1),
    date(2027, 12, 25), date(2027, 12, 26),
    date(2028, 1, 1), date(2028, 1, 6), date(2028, 4, 14), date(2028, 4, 17), date(2028, 5, 1),
    date(2028, 5, 25), date(2028, 6, 5), date(2028, 6, 15), date(2028, 10, 3), date(2028, 11, 1),
    date(2028, 12, 25), date(2028, 12, 26),
}  # fmt: skip
# Last Sundays of March and October
FORWARD = [date(2026, 3, 29), date(2027, 3, 28), date(2028, 3, 26)]
BACK = [date(2026, 10, 25), date(2027, 10, 31), date(2028, 10, 29)]


def moment(day, hours):
    """Return when the clocks in Germany show ``hours``, as the database stores it."""
    local = datetime(day.year, day.month, day.day, int(hours), round(hours % 1 * 60), tzinfo=BERLIN)
    return local.astimezone(UTC).replace(tzinfo=None)


@tagged("post_install", "-at_install")
class TestOfficeHolidays(IntegrationCommon):
    """No office hours on holidays, and the right moment whatever the clocks do, for three years."""

    def _session(self, day, begins=14.0, ends=16.0):
        return self._as(self.worker_a)["integration.office.session"].create(
            {"municipality_id": self.town_a.id, "date": day, "time_from": begins, "time_to": ends}
        )

    def test_holidays_of_three_years(self):
        day, found = date(2026, 1, 1), set()
        while day.year < 2029:
            if holiday_name(day):
                found.add(day)
            day += timedelta(days=1)
        self.assertEqual(found, HOLIDAYS)

    def test_a_pattern_of_three_years_has_each_week_but_holidays(self):
        hour = self.env["integration.office.hour"].new(
            {"weekday": "0", "interval": "1", "date_from": date(2026, 1, 1), "date_to": False}
        )
        days = hour._days(date(2026, 1, 1), date(2028, 12, 31))
        mondays = {date(2026, 1, 5) + timedelta(weeks=week) for week in range(156)}
        mondays = {day for day in mondays if day.year < 2029}
        self.assertEqual(set(days), mondays - HOLIDAYS)
        self.assertEqual(len(days), len(set(days)))
        self.assertGreater(len(mondays & HOLIDAYS), 5)

    def test_every_second_week_stays_in_step_whenever_one_looks(self):
        hour = self.env["integration.office.hour"].new(
            {"weekday": "2", "interval": "2", "date_from": date(2026, 1, 7), "date_to": False}
        )
        whole = hour._days(date(2026, 1, 1), date(2026, 12, 31))
        self.assertEqual(whole[:3], [date(2026, 1, 7), date(2026, 1, 21), date(2026, 2, 4)])
        for offset in range(30):
            first = date(2026, 3, 1) + timedelta(days=offset)
            part = hour._days(first, date(2026, 12, 31))
            self.assertEqual(part, [day for day in whole if day >= first])

    @freeze_time("2026-01-02 12:00:00")
    def test_a_session_on_a_holiday_is_refused_by_its_name(self):
        for day in sorted(HOLIDAYS)[1:12]:
            with self.subTest(day), self.assertRaisesRegex(UserError, "holiday"):
                self._session(day)
        session = self._session(date(2026, 6, 3))
        with self.assertRaisesRegex(UserError, "Corpus Christi"):
            session.date = date(2026, 6, 4)

    def test_moments_around_the_changes_of_the_clocks(self):
        for year, days in enumerate(zip(FORWARD, BACK, strict=True), 2026):
            with freeze_time(f"{year}-01-10 12:00:00"):
                for changed in days:
                    for day in (changed + timedelta(days=off) for off in (-1, 0, 1)):
                        if holiday_name(day):
                            continue
                        session = self._session(day)
                        self.assertEqual(session.start, moment(day, 14), day)
                        self.assertEqual(session.stop, moment(day, 16), day)

    def test_a_time_that_the_clocks_leave_out_is_refused(self):
        for day in FORWARD:
            with (
                freeze_time(f"{day.year}-01-10 12:00:00"),
                self.assertRaisesRegex(UserError, "clocks go forward"),
            ):
                self._session(day, 2.5, 4.0)

    def test_to_midnight(self):
        with freeze_time("2026-03-02 12:00:00"):
            session = self._session(date(2026, 3, 28), 22, 24)
            self.assertEqual(session.stop - session.start, timedelta(hours=2))
