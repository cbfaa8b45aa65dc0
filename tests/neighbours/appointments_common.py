from ..common import IntegrationCommon

WORD = "Xylophone"
WHEN = {"start": "2030-11-04 10:00:00", "stop": "2030-11-04 11:00:00"}
QUIET = ("odoo.addons.base.models.ir_rule", "odoo.sql_db")


class AppointmentsCommon(IntegrationCommon):
    """A case of worker_a and appointments, if the calendar is installed: it need not be."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "calendar.event" not in cls.env.registry:
            cls.skipTest(cls, "The calendar is not installed.")
        cls.client_a = cls._client(cls.worker_a, "Visited Person")
        cls.case = cls._case(cls.client_a)
        cls.strangers = cls.colleague_a | cls.lead_a | cls.worker_b | cls.employee

    @classmethod
    def _tie(cls, case=None):
        return {
            "res_model_id": cls.env["ir.model"]._get_id("integration.case"),
            "res_id": (case or cls.case).id,
        }

    @classmethod
    def _event(cls, user, **values):
        """Create an appointment as a browser would, with all that Odoo does beside."""
        texts = dict.fromkeys(("name", "location", "description"), f"{WORD} words")
        return cls._as(user)["calendar.event"].create({**texts, **WHEN, **values})

    def _lose(self):
        """Let the case pass to a colleague."""
        self.case.with_user(self.lead_a).user_id = self.colleague_a
        self.env.flush_all()
        self.env.invalidate_all()
