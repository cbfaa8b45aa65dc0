from odoo.tests import tagged
from odoo.tools import format_date

from ..common import MODULE
from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestCaseContacts(ContactCommon):
    """What a case shows of its contacts: those in its file, and those its client was present at."""

    def _listed(self, case, user=None):
        """Return what the list of contacts shows that the button of the case opens."""
        action = case.action_open_contacts()
        return self._as(user or self.worker_a)[action["res_model"]].search(action["domain"])

    def test_contacts_of_the_file_and_with_the_client_elsewhere(self):
        here = self._talk(self.case, self.olena | self.son, days_ago=9)
        attempt = self._attempt(days_ago=7)
        cancelled = self._talk(self.case, days_ago=5, cancelled=True)
        elsewhere = self._talk(self.own, self.olena | self.yonas, days_ago=3)
        self._talk(self.own, days_ago=1)
        expected = elsewhere | cancelled | attempt | here
        self.assertEqual(self.case.recent_contact_ids.ids, expected.ids, "the latest first")
        self.assertEqual(self.case.contact_count, 4, "each once, whoever else was there")
        self.assertEqual(self._listed(self.case), expected)

    def test_a_case_without_contacts(self):
        for case in (self.case, self.case.new({"client_id": self.olena.id})):
            self.assertFalse(case.recent_contact_ids)
            self.assertEqual(case.contact_count, 0)

    def test_each_of_several_cases_shows_its_own(self):
        mine, yonas = self._talk(self.case), self._talk(self.own)
        both = self.case | self.own
        self.assertEqual([case.recent_contact_ids for case in both], [mine, yonas])
        self.assertEqual(both.mapped("contact_count"), [1, 1])
        with self.assertRaisesRegex(ValueError, "singleton"):
            both.action_open_contacts()
        with self.assertRaisesRegex(ValueError, "singleton"):
            both.action_new_contact()

    def test_the_form_shows_the_forty_latest_and_counts_all(self):
        self.Contact.create(
            [
                {
                    "case_id": self.case.id,
                    "channel_id": self.home_visit.id,
                    "reached": False,
                    "date": self._day(days),
                }
                for days in range(42)
            ]
        )
        shown = self.case.recent_contact_ids
        self.assertEqual((len(shown), self.case.contact_count), (40, 42))
        self.assertEqual((shown[0].date, shown[-1].date), (self._day(0), self._day(39)))
        self.assertEqual(len(self._listed(self.case)), 42)

    def test_a_contact_just_entered_is_shown_at_once(self):
        self.assertEqual(self.case.contact_count, 0)
        talk = self._talk(self.own, self.olena)
        self.assertEqual((self.case.contact_count, self.case.recent_contact_ids), (1, talk))

    def test_readers_see_what_is_open_to_them(self):
        self._talk(self.case)
        self._talk(self.own, self.olena | self.yonas)
        self._share(self.case, self.colleague_a)
        for user, count in ((self.worker_a, 2), (self.colleague_a, 2), (self.lead_a, 0)):
            with self.subTest(user.login):
                self.env.invalidate_all()
                case = self.case.with_user(user)
                self.assertEqual((case.contact_count, len(case.recent_contact_ids)), (count, count))
                self.assertEqual(len(self._listed(self.case, user)), count)
        self._hand_over(self.own, self.colleague_a)
        self.assertEqual(self.case.contact_count, 2)
        self.assertDenied(self.case.with_user(self.worker_b).read, ["contact_count"])

    def test_buttons_open_what_belongs_to_this_case(self):
        self.assertEqual(self.case.action_new_contact()["res_model"], "integration.contact.quick")
        for action in (self.case.action_new_contact(), self.case.action_open_contacts()):
            with self.subTest(action["res_model"]):
                self.assertEqual(action["context"]["default_case_id"], self.case.id)
                self.assertTrue(action["context"]["integration_show_name"])
                self.assertNotIn("search_default_my", action["context"], "also what a deputy held")
                self.assertNotIn("Hrynkivska", str(action))

    # ------------------------------------------------------------
    # The end of a case
    # ------------------------------------------------------------

    def test_a_case_does_not_end_before_its_last_contact(self):
        self._talk(self.case, days_ago=20)
        self._attempt(days_ago=12)
        last = format_date(self.env, self._day(12))
        told = f"File {self.case.file_number}: there is a contact on {last}, after"
        for days_ago in (30, 20, 13):
            with self.subTest(days_ago=days_ago):
                self.assertRefused(told, self.case._close, self.goals_reached, self._day(days_ago))
        self.case._close(self.goals_reached, self._day(12))
        self.assertEqual((self.case.state, self.case.date_end), ("closed", self._day(12)))

    def test_a_cancelled_contact_keeps_no_case_open(self):
        talk = self._talk(self.case, days_ago=2)
        self.assertRefused("after the end", self.case._close, self.goals_reached, self._day(5))
        talk.cancelled = True
        self.case._close(self.goals_reached, self._day(5))
        self.assertEqual(self.case.date_end, self._day(5))

    def test_one_late_contact_stops_the_end_of_several_cases(self):
        self._talk(self.own, days_ago=2)
        self.assertRefused(
            self.own.file_number, (self.case | self.own)._close, self.goals_reached, self._day(5)
        )
        self.assertEqual((self.case | self.own).mapped("state"), ["open", "open"])


@tagged("post_install", "-at_install")
class TestContactChoices(ContactCommon):
    """Topics, areas and channels: what an employer may add, and what then no longer changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        admin = cls._as(cls.admin_a)
        cls.area = admin["integration.area"].create(
            {"name": "Allotments", "code": "allotments", "reporting_group": "social"}
        )
        cls.topic = admin["integration.topic"].create(
            {"name": "Beans", "code": "beans", "area_id": cls.area.id}
        )
        cls.channel = admin["integration.channel"].create({"name": "Bench", "code": "bench"})

    def test_a_new_channel_counts_as_talk_and_is_no_outreach_until_said(self):
        self.assertTrue(self.channel.counts_as_talk)
        self.assertFalse(self.channel.is_outreach)
        talk = self._talk(self.case, channel_id=self.channel.id)
        self.assertTrue(talk.is_talk)
        self.channel.is_outreach = True
        self.assertTrue(talk.is_talk)

    def test_what_figures_rest_on_is_fixed_once_it_was_used(self):
        self.channel.counts_as_talk = False
        self.channel.counts_as_talk = True
        talk = self._talk(self.case, channel_id=self.channel.id, topic_ids=[(4, self.topic.id)])
        self.env.flush_all()
        for row, values in (
            (self.channel, {"counts_as_talk": False}),
            (self.channel, {"code": "seat"}),
            (self.topic, {"code": "peas"}),
            (self.area, {"code": "gardens"}),
        ):
            with self.subTest(row._name, values=values):
                self.assertRefused(
                    f"“{row.name}” is in use already.*Archive the row", row.write, values
                )
        for row in (self.channel, self.topic, self.area):
            self.assertRefused("not deletable.*Archive", row.unlink)
            row.active = False
        self.env.invalidate_all()
        kept = talk.with_context(active_test=False)
        self.assertEqual(
            (kept.channel_id, kept.topic_ids, kept.area_ids), (self.channel, self.topic, self.area)
        )
        self.assertTrue(kept.is_talk)

    def test_topics_stand_by_area_then_in_their_order(self):
        area = self.area.copy({"code": "parks", "sequence": 1, "company_id": self.company_a.id})
        last = self.topic.copy({"code": "z", "name": "A", "sequence": 200})
        first = self.topic.copy({"code": "a", "name": "Z", "sequence": 1})
        other = self.topic.copy({"code": "p", "name": "P", "area_id": area.id})
        found = self.topic.search([("area_id", "in", (self.area | area).ids)])
        self.assertEqual(found.ids, (other + first + self.topic + last).ids)
        self.assertEqual(self.area.topic_ids, first + self.topic + last)

    def test_the_purpose_of_an_area_is_proposed_to_its_topics(self):
        self.assertFalse(self.topic.consent_purpose)
        health = self.env.ref(f"{MODULE}.area_health")
        glasses = self.topic.create({"name": "Glasses", "code": "glasses", "area_id": health.id})
        self.assertEqual(glasses.consent_purpose, "health")
        self.area.consent_purpose = "health"
        self.assertEqual(self.topic.consent_purpose, "health")
        self.topic.consent_purpose = False
        self.assertFalse(self.topic.consent_purpose, "says nothing of a person")
        self.area.consent_purpose = "messenger"
        self.assertEqual(self.topic.consent_purpose, "messenger")
        self.topic.area_id = health
        self.assertEqual(self.topic.consent_purpose, "health", "asked anew in another area")
