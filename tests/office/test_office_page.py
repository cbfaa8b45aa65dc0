from odoo.tests import HttpCase, tagged

from .office_common import OfficeCommon


@tagged("post_install", "-at_install")
class TestOfficePage(OfficeCommon, HttpCase):
    """The page for anybody: what is published, in five languages, and nothing of anybody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.room = cls._as(cls.worker_a)["integration.office.room"].create(
            {
                "name": "Town hall, room 12",
                "address": "Invented Street 1",
                "municipality_id": cls.town_a.id,
                "accessible": True,
            }
        )
        cls.hour = cls._hour(
            cls.worker_a,
            room_id=cls.room.id,
            language_ids=cls.env.ref("integration_management.language_uk").ids,
        )
        cls.company_a.integration_office_public = True
        cls.path = f"/integration/office-hours/{cls.town_a.ags}"

    def _get(self, path=None, **kwargs):
        return self.url_open(path or self.path, **kwargs)

    def test_anybody_reads_days_places_and_languages(self):
        response = self._get()
        self.assertEqual(response.status_code, 200)
        self.assertIn('lang="de"', response.text)
        self.assertIn("Town hall, room 12", response.text)
        self.assertIn("Invented Street 1", response.text)
        self.assertIn("09:00–11:00", response.text)  # noqa: RUF001
        self.assertIn("українська", response.text.lower())

    def test_it_may_be_kept_and_sets_no_cookie(self):
        self.opener.cookies.clear()
        response = self._get()
        self.assertRegex(response.headers["Cache-Control"], r"^public, max-age=\d+$")
        self.assertNotIn("Set-Cookie", response.headers)
        self.assertNotIn("<script", response.text)
        self.assertIn("default-src 'none'", response.headers["Content-Security-Policy"])

    def test_five_languages_and_their_direction(self):
        for code, direction in (
            ("de", "ltr"), ("en", "ltr"), ("ar", "rtl"), ("uk", "ltr"), ("tr", "ltr"),
        ):  # fmt: skip
            response = self._get(f"{self.path}/{code}")
            self.assertIn(f'lang="{code}" dir="{direction}"', response.text)
            self.assertEqual(response.headers["Content-Language"], code)
        self.assertIn("ساعات الاستشارة", self._get(f"{self.path}/ar").text)

    def test_a_forged_language_is_german(self):
        for code in ("xx", "zu", "%3Cscript%3E", "de'--", "prs"):
            response = self._get(f"{self.path}/{code}")
            self.assertEqual(response.status_code, 200, code)
            self.assertIn('lang="de"', response.text)
            self.assertNotIn("<script", response.text)

    def test_a_forged_or_silent_municipality_is_not_found_all_the_same(self):
        silent = self._get(f"/integration/office-hours/{self.town_b.ags}")
        for ags in ("00000000", "08435", "abc", "8'--", "%00", "1" * 300):
            response = self._get(f"/integration/office-hours/{ags}")
            self.assertEqual(response.status_code, 404, ags)
            self.assertEqual(response.text, silent.text)
        self.assertEqual(silent.status_code, 404)
        self.company_a.integration_office_public = False
        self.assertEqual(self._get().text, silent.text)
        self.assertEqual(self._get(f"{self.path}/ar").status_code, 404)

    def test_only_what_is_meant_for_the_notice(self):
        self.office.is_public = False
        self.hour.is_public = False
        self.assertEqual(self._get().status_code, 404)
        self.hour.is_public = True
        hidden = self._session(self.worker_a, days=3, time_from=7, time_to=8, is_public=False)
        self._session(self.worker_a, days=3, time_from=17, time_to=18)
        text = self._get().text
        self.assertNotIn("07:00", text)
        self.assertIn("17:00–18:00", text)  # noqa: RUF001
        hidden.is_public = True
        self.assertIn("07:00", self._get().text)

    def test_another_employer_of_the_same_town_publishes_for_itself(self):
        self._session(self.worker_b, days=4, time_from=5, time_to=6)
        self.assertNotIn("05:00", self._get().text)
        self.company_b.integration_office_public = True
        self.assertIn("05:00", self._get().text)

    def test_a_cancelled_session_is_said_without_a_reason(self):
        self.hour.session_ids[0]._cancel("worker", "Somebody is ill")
        text = self._get().text
        self.assertIn("Fällt aus", text)
        self.assertNotIn("ill", text.replace("will", ""))

    def test_nothing_of_a_visitor_or_a_worker(self):
        self._visitor(client_id=self.client_a.id)
        self._visitor(name="Red coat")
        ahead = self.hour.session_ids[0]
        ahead.slot_minutes = "30"
        self._booked(ahead, time=9.0)
        text = self._get().text
        for word in ("Visiting", "Red coat", self.client_a.file_number, self.worker_a.name):
            self.assertNotIn(word, text)

    def test_past_days_and_far_ones_are_left_out(self):
        self._session(self.worker_a, days=-2, time_from=4, time_to=5)
        self._session(self.worker_a, days=40, time_from=4, time_to=5)
        self.assertNotIn("04:00", self._get().text)

    def test_who_is_logged_in_gets_the_same_page_unkept(self):
        anonymous = self._get().text
        self.authenticate("worker_a", "worker_a")
        response = self._get()
        self.assertEqual(response.text, anonymous)
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_queries_do_not_grow_with_sessions(self):
        municipality = self.town_a.sudo()
        language = municipality._office_language("ar")

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            municipality._office_notice(municipality._office_sessions(), language)
            return self.env.cr.sql_log_count - before

        few = count()
        for days in range(5, 25):
            self._session(self.worker_a, days=days, time_from=18, time_to=19, room_id=self.room.id)
        self.assertLessEqual(count(), few + 2)
