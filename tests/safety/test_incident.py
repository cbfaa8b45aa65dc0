from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import MODULE, IntegrationCommon


class SafetyCommon(IntegrationCommon):
    """A case of worker_a in which something happened."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls._client(cls.worker_a, street="Musterweg 1", zip="88045", city="Ort")
        cls.case = cls._case(cls.client)

    def _incident(self, **values):
        return self.case.env["integration.incident"].create(
            {"case_id": self.case.id, "level": "threat", "description": "Threw a chair", **values}
        )

    def _told(self, user):
        """Return the subjects of what ``user`` has to do."""
        activities = self.env["mail.activity"].search([("user_id", "=", user.id)])
        return activities.mapped("summary")


@tagged("post_install", "-at_install")
class TestIncident(SafetyCommon):
    """An incident protects the worker, and tells nobody more of the client than it must."""

    def test_the_lead_is_told_by_number(self):
        before = len(self._told(self.lead_a))
        incident = self._incident()
        told = self._told(self.lead_a)
        self.assertEqual(len(told), before + 1)
        self.assertIn(self.case.file_number, told[-1])
        self.assertFalse([words for words in told if self.client.name in words])
        self.assertFalse([words for words in told if "chair" in words])
        self.assertIn(self.case.file_number, incident.display_name)
        read = self._as(self.lead_a)["integration.incident"].browse(incident.id)
        self.assertEqual(read.description, "Threw a chair")
        with self.assertRaises(AccessError):
            read.description = "Nothing"

    def test_it_needs_no_consent(self):
        """Whoever is attacked by somebody who agreed to nothing records it all the same."""
        self._consent(self.client, decision="withdrawn")
        self.assertTrue(self._incident())

    def test_colleagues_without_the_file_learn_nothing(self):
        incident = self._incident(warning="Never alone")
        for user in (self.colleague_a, self.reporting_a, self.admin_a, self.worker_b):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._as(user)["integration.incident"].browse(incident.id).read(["description"])

    def test_the_warning_stands_before_the_address_until_it_ends(self):
        self._incident(warning="Never alone")
        self._incident(warning="Over", date=self.today - timedelta(days=200))
        self.assertEqual(self.case.safety_warning, "Never alone")
        self.assertEqual(self.client.safety_warning, "Never alone")
        self.assertEqual(self.case.warning_until, self.today + relativedelta(months=6))
        arch = self.client.get_view(
            self.env.ref(f"{MODULE}.integration_client_view_form").id, "form"
        )["arch"]
        self.assertLess(arch.index('"safety_warning"'), arch.index('"street"'))

    def test_a_warning_that_is_over_leaves_the_card(self):
        incident = self._incident(warning="Never alone", date=self.today - timedelta(days=20))
        incident.warning_until = self.today - timedelta(days=1)
        self.env["integration.incident"]._end_warnings()
        self.assertFalse(self.case.warning_until)
        self.assertFalse(self.case.safety_warning)

    def test_it_goes_on_its_own_day(self):
        old = self._incident(date=self.today - relativedelta(months=25))
        self.assertEqual(old.date_delete, self.today - relativedelta(months=1))
        warned = self._incident(
            date=self.today - relativedelta(months=25), warning="Never alone",
            warning_until=self.today,
        )  # fmt: skip
        young = self._incident()
        for _night in range(2):
            self.env["integration.incident"]._gc_incidents()
            self.assertEqual((old | warned | young).exists(), warned | young)
        self.company_a.integration_incident_months = 30
        self.assertEqual(young.date_delete, self.today + relativedelta(months=30))

    def test_the_client_may_contest_it(self):
        incident = self._incident()
        self.assertFalse(incident.date_contested)
        incident.client_view = "It was the neighbour"
        self.assertEqual(incident.date_contested, self.today)
        with self.assertRaises(UserError):
            incident.date_contested = False

    def test_ending_for_protection_asks_for_it(self):
        reason = self.env.ref(f"{MODULE}.closure_reason_self_protection")
        with self.assertRaisesRegex(UserError, self.case.file_number):
            self.case._close(reason, self.today)
        self._incident()
        self.case._close(reason, self.today)
        self.assertEqual(self.case.state, "closed")
        # A threat by telephone afterwards
        self.assertTrue(self._incident(place="phone"))

    def test_bad_input_is_told_in_words(self):
        for values in (
            {"date": self.today + timedelta(days=1)},
            {"warning": "Never alone", "warning_until": self.today - timedelta(days=1)},
            {"affected_user_id": self.worker_b.id},
            {"description": " \u200b "},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._incident(**values)

    def test_an_emptied_day_and_a_warning_without_end(self):
        incident = self._incident(warning="Never alone")
        form = Form(incident)
        form.date = False
        form.date = self.today
        with self.assertRaisesRegex(ValidationError, "until when"):
            incident.warning_until = False
