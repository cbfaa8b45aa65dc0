from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import UserError

from ..common import MODULE, IntegrationCommon

HOLIDAY = f"odoo.addons.{MODULE}.models.office.%s.holiday_name"


class OfficeCommon(IntegrationCommon):
    """A client of worker_a with consent, and office hours of hers today.

    What is not about holidays goes its way on a holiday as well.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for module in ("office_hour", "office_session_times"):
            patcher = patch(HOLIDAY % module, return_value="")
            patcher.start()
            cls.addClassCleanup(patcher.stop)
        cls.client_a = cls._client(cls.worker_a, "Visiting Person")
        cls.case = cls._case(cls.client_a)
        cls.office = cls._session(cls.worker_a)

    @classmethod
    def _session(cls, user, days=0, **values):
        return cls._as(user)["integration.office.session"].create(
            {
                "municipality_id": cls.town_a.id,
                "date": cls.today + timedelta(days=days),
                "time_from": 14.0,
                "time_to": 16.0,
                **values,
            }
        )

    @classmethod
    def _hour(cls, user, **values):
        return cls._as(user)["integration.office.hour"].create(
            {
                "municipality_id": cls.town_a.id,
                "weekday": str((cls.today.weekday() + 1) % 7),
                "time_from": 9.0,
                "time_to": 11.0,
                "date_from": cls.today,
                **values,
            }
        )

    @classmethod
    def _visitor(cls, session=None, **values):
        session = session or cls.office
        return session.env["integration.office.visitor"].create(
            {"session_id": session.id, **values}
        )

    @classmethod
    def _booked(cls, session, case=None, time=14.0, **values):
        case = case or cls.case
        return case.env["integration.appointment"].create(
            {
                "case_id": case.id,
                "session_id": session.id,
                "date": session.date,
                "time": time,
                "duration": 30,
                "place_kind": "elsewhere",
                **values,
            }
        )

    @contextmanager
    def _refused(self, words, error=UserError):
        """Expect a refusal with ``words``, and leave nothing of what was tried."""
        with self.assertRaises(error) as refused:
            yield refused
        self.assertRegex(str(refused.exception), words)
