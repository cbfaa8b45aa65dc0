from datetime import timedelta

from ..common import IntegrationCommon


class NetworkCommon(IntegrationCommon):
    """The coordinator of the county plans a meeting in three weeks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls._meeting()

    @classmethod
    def _meeting(cls, days=21, **values):
        return cls._as(cls.county_user)["integration.meeting"].create(
            {
                "name": "Network meeting",
                "date": cls.today + timedelta(days=days),
                "municipality_id": cls.town_a.id,
                **values,
            }
        )

    @classmethod
    def _held(cls, days=-7, **values):
        meeting = cls._meeting(days=days, **values)
        for worker in (cls.worker_a, cls.worker_b):
            meeting.with_env(cls._as(worker)).action_come()
        meeting.action_held()
        return meeting

    @classmethod
    def _topic(cls, user, meeting=None, **values):
        return cls._as(user)["integration.meeting.topic"].create(
            {"meeting_id": (meeting or cls.meeting).id, "name": "Waiting times", **values}
        )

    def _row(self, meeting, user):
        return meeting.attendance_ids.filtered(lambda row: row.user_id == user)
