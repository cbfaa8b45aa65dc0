from datetime import timedelta

from ..common import IntegrationCommon


class AppointmentCommon(IntegrationCommon):
    """A case of worker_a with consent, and one whose client has not been asked yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_a = cls._client(cls.worker_a, "Arranged Person")
        cls.case = cls._case(cls.client_a)
        cls.unasked = cls._case(cls._client(cls.worker_a, "Unasked Person", consent=False))

    @classmethod
    def _appointment(cls, case=None, days=7, **values):
        case = case or cls.case
        return case.env["integration.appointment"].create(
            {"case_id": case.id, "date": cls.today + timedelta(days=days), "time": 14.5, **values}
        )
