from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import format_date, mute_logger

from ..common import MODULE, IntegrationCommon

SILENT = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.sql_db")


class ContactCommon(IntegrationCommon):
    """Two files of worker_a: Olena's, with her grown-up son in it, and that of Yonas.

    A third one, of Farida, is kept by colleague_a.
    """

    # What no refusal may say
    surnames = ("Hrynkivsk", "Tesfalem", "Noorzadeh", "Alsabbagh", "Invented")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.olena = cls._client(cls.worker_a, "Olena Hrynkivska")
        cls.son = cls._client(cls.worker_a, "Danylo Hrynkivskyi")
        cls.yonas = cls._client(cls.worker_a, "Yonas Tesfalem")
        cls.farida = cls._client(cls.colleague_a, "Farida Noorzadeh")
        cls.case = cls._case(cls.olena)
        cls.case._accompany(cls.son)
        cls.own = cls._case(cls.yonas)
        cls.theirs = cls._case(cls.farida)
        cls.Contact = cls.case.env["integration.contact"]
        cls.Note = cls.case.env["integration.note"]
        cls.nobody = cls.olena.browse()
        cls.case_work = cls.env.ref(f"{MODULE}.channel_case_work")
        cls.office_hours = cls.env.ref(f"{MODULE}.channel_office_hours")
        cls.goals_reached = cls.env.ref(f"{MODULE}.closure_reason_goals_reached")

    @classmethod
    def _day(cls, days_ago):
        return cls.today - timedelta(days=days_ago)

    @classmethod
    def _shown(cls, days_ago):
        """Return how a day is written in the name of a contact."""
        return format_date(cls.case.env, cls._day(days_ago))

    @classmethod
    def _unnamed(cls, user=None, **values):
        """Document a talk with one person of whom there is no file."""
        return cls._as(user or cls.worker_a)["integration.contact"].create(
            {
                "channel_id": cls.office_hours.id,
                "municipality_id": cls.town_a.id,
                "unnamed_count": 1,
                **values,
            }
        )

    @classmethod
    def _attempt(cls, case=None, **values):
        """Document that nobody was there."""
        return cls._talk(case or cls.case, cls.nobody, reached=False, **values)

    def _share(self, case, user, **values):
        """Open ``case`` to ``user`` as its worker does, with the consent this needs."""
        if not case.client_id._has_consent("team"):
            self._consent(case.client_id, purpose="team")
        case.env["integration.case.share"].create(
            {
                "case_id": case.id,
                "user_id": user.id,
                "kind": "deputy",
                "date_to": self.today + timedelta(days=3),
                **values,
            }
        ).action_share()

    def _open_to_lead(self, case):
        """Give lead_a an access entry of her own, without which she reads no content."""
        self.env["integration.case.access"]._grant_case(case.sudo(), self.lead_a, "team")

    def _hand_over(self, case, user):
        self._as(self.lead_a)["integration.case"].browse(case.id).user_id = user
        self.env.invalidate_all()

    @staticmethod
    def _present(*clients):
        return [Command.create({"client_id": client.id}) for client in clients]

    def assertRefused(self, message, function, *args, **kwargs):
        """The call leaves nothing behind; its message says what is wrong and names nobody."""
        with self.assertRaises(UserError) as caught, mute_logger(*SILENT):
            function(*args, **kwargs)
            self.env.flush_all()
        said = str(caught.exception)
        self.assertNotIsInstance(caught.exception, AccessError)
        self.assertRegex(said, message)
        for surname in self.surnames:
            self.assertNotIn(surname, said)

    def assertDenied(self, function, *args, **kwargs):
        """The user has no right to the record at all, and is told nothing about it."""
        self.env.invalidate_all()
        with self.assertRaises(AccessError) as caught, mute_logger(*SILENT):
            function(*args, **kwargs)
            self.env.flush_all()
        for surname in self.surnames:
            self.assertNotIn(surname, str(caught.exception))
