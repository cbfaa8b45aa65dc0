from datetime import date, timedelta
from random import Random

from odoo.tests import BaseCase, tagged

from odoo.addons.integration_management.demo.case.timeline import PHASES, RHYTHMS, Timeline
from odoo.addons.integration_management.demo.people.households import read_households
from odoo.addons.integration_management.demo.workdays import Diary, is_workday, workday


@tagged("post_install", "-at_install")
class TestDemoTimeline(BaseCase):
    """Whatever day the demo is loaded on, silence and phases come out as told."""

    def test_silence_on_every_day_of_two_years(self):
        first = date(2026, 1, 1)
        for ahead in range(730):
            today = first + timedelta(days=ahead)
            rng = Random(ahead)
            for stage in PHASES:
                start = workday(today - timedelta(days=400), date.min, today)
                timeline = Timeline(rng, start, today, stage)
                rhythm = RHYTHMS[stage]
                for silence, (low, high) in {
                    "on_time": (0, rhythm),
                    "due": (rhythm + 1, 2 * rhythm),
                    "silent": (2 * rhythm + 1, 9 * rhythm),
                }.items():
                    last = timeline.last_talk(rng, silence)
                    self.assertTrue(
                        low <= (today - last).days <= high,
                        f"{today}, {stage}: {silence}, but the last talk was on {last}",
                    )

    def test_talks_are_on_workdays_in_order(self):
        today = date(2026, 1, 4)
        for seed in range(40):
            rng = Random(seed)
            start = workday(today - timedelta(days=20 + 12 * seed), date.min, today)
            timeline = Timeline(rng, start, today, "accompaniment")
            days = timeline.talk_days(rng, timeline.last_talk(rng, "on_time"))
            self.assertEqual(days, sorted(set(days)))
            self.assertTrue(all(is_workday(day) for day in days), days)
            self.assertTrue(start <= days[0] and days[-1] <= today)

    def test_phases_follow_each_other(self):
        today = date(2026, 6, 15)
        for seed in range(40):
            for stage in PHASES:
                start = today - timedelta(days=15 + 10 * seed)
                timeline = Timeline(Random(seed), start, today, stage)
                days = [start + timedelta(days=n) for n in range((today - start).days + 1)]
                indexes = [PHASES.index(timeline.phase(day)) for day in days]
                self.assertEqual(indexes, sorted(indexes))
                self.assertEqual(timeline.phase(start), "getting_to_know")
                self.assertEqual(timeline.phase(today), stage)

    def test_holidays(self):
        for day in (
            date(2026, 4, 3),
            date(2026, 4, 6),
            date(2026, 5, 14),
            date(2026, 6, 4),
            date(2026, 10, 3),
            date(2026, 12, 25),
            date(2026, 11, 22),
        ):
            self.assertFalse(is_workday(day), day)
        self.assertTrue(is_workday(date(2026, 11, 23)))

    def test_nobody_is_in_two_talks_at_once(self):
        diary, rng = Diary(), Random(1)
        booked = sorted(
            (diary.book(rng, 1, date(2026, 1, 7), minutes), minutes) for minutes in [60] * 7
        )
        for (start, minutes), (following, _minutes) in zip(booked, booked[1:], strict=False):
            self.assertLessEqual(start + minutes / 60, following)

    def test_families_are_read_the_same_each_time(self):
        households = read_households()
        self.assertEqual(households, read_households())
        self.assertTrue(60 <= len(households) <= 70)
        days = [household.days for household in households]
        self.assertEqual(days, sorted(days, reverse=True), "numbers follow the days")
        names = [person.name for household in households for person in household.persons]
        # One family moved from one employer to another and has a file at both.
        self.assertEqual(len(names) - len(set(names)), 2)
