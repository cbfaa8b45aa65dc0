from odoo.tests import tagged

from ..figures.test_report_difference import DifferenceCommon

NEW = ("meeting", "meeting_attendance", "network_contact", "group_offer", "group_participant")


@tagged("post_install", "-at_install")
class TestNetworkFigures(DifferenceCommon):
    """What is counted of the network, after a submission and behind a number."""

    clients_per_worker = 2

    def _network_contact(self, ago=2):
        return self._as(self.worker_a)["integration.network.contact"].create(
            {
                "date": self._day(ago),
                "municipality_id": self.town_a.id,
                "partner_name": "Job centre",
            }
        )

    def _held(self):
        dates = self.env["integration.group.offer.date"]
        return dates.search(
            [
                ("company_id", "=", self.company_a.id),
                ("participant_count", ">", 2),
                ("date", "<", self.today),
            ],
            limit=1,
        )

    def test_a_network_contact_is_no_talk(self):
        self._network_contact()
        changes = self._changes()
        self.assertEqual(changes["network_contact", ""], (1, {"late": 1}, {}))
        self.assertNotIn(("talk", ""), changes)
        self.assertNotIn(("talk_unnamed", ""), changes)

    def test_more_and_fewer_participants(self):
        day = self._held()
        day.participant_count += 2
        self.assertEqual(self._changes()["group_participant", ""], (2, {"late": 2}, {}))
        day.participant_count -= 3
        self.assertEqual(self._changes()["group_participant", ""], (-1, {}, {"correction": 1}))

    def test_a_submission_from_before_is_compared_with_what_it_says(self):
        self.env.cr.execute(
            "DELETE FROM integration_report_line WHERE report_id = %s AND code = ANY(%s)",
            (self.report.id, list(NEW)),
        )
        self.env.invalidate_all()
        sealed = self.report.sudo()._as_system()
        sealed.checksum = sealed._checksum()
        before = self._frozen()
        self._network_contact()
        self.assertEqual(self._changes(), {})
        self.assertEqual(self._frozen(), before)

    def test_the_dates_stand_behind_participants(self):
        action = self.report.action_open_cell(["group_participant", 0, "total", ""])
        found = self._as(self.lead_a)["integration.group.offer.date"].search(action["domain"])
        total = sum(found.mapped("participant_count"))
        self.assertGreater(total, len(found))
        self.assertIn(f": {total}", action["name"])

    def test_each_employer_counts_who_of_hers_was_there(self):
        meeting = self._as(self.county_user)["integration.meeting"].create(
            {"date": self._day(3), "municipality_id": self.town_a.id}
        )
        for worker in (self.worker_a, self.worker_b):
            meeting.with_env(self._as(worker)).action_come()
        meeting.action_held()
        changes = self._changes()
        self.assertEqual(changes["meeting", ""], (1, {"late": 1}, {}))
        self.assertEqual(changes["meeting_attendance", ""], (1, {"late": 1}, {}))
        self.assertEqual(meeting.attended_count, 2)
