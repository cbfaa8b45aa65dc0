from odoo.tools import SQL

from ..common import MODULE, IntegrationCommon


class ConcernCommon(IntegrationCommon):
    """Helpers to raise concerns and to answer them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env.ref(f"{MODULE}.concern_kind_noise")
        cls.noted = cls.env.ref(f"{MODULE}.concern_answer_noted")
        # In whatever language others are shown the screens
        cls.municipality.lang = "en_US"

    @classmethod
    def _concern(cls, user=None, **values):
        """Raise a concern as ``user``, the municipality's if none is given."""
        cls.env.flush_all()
        user = user or cls.municipality
        if user != cls.municipality:
            values.setdefault("municipality_id", cls.town_a.id)
        return cls._as(user)["integration.concern"].create(
            {"kind_id": cls.kind.id, "text": "Noise at night in the house", **values}
        )

    @classmethod
    def _nobodys(cls, **values):
        """Raise a concern that nobody has taken over, whoever has most cases in the place."""
        concern = cls._concern(**values)
        concern.sudo()._as_system().write({"user_id": False, "state": "new"})
        return concern

    @classmethod
    def _of(cls, concern, user):
        return concern.sudo(False).with_env(cls._as(user))

    @classmethod
    def _reply(cls, concern, user=None, answer=None):
        """Take over and answer as a worker does, by the dialog."""
        theirs = cls._of(concern, user or cls.worker_a)
        theirs.action_take_over()
        context = theirs.action_answer()["context"]
        dialog = theirs.env["integration.concern.reply"].with_context(**context).create({})
        if answer:
            dialog.answer_id = answer.id
        dialog.action_save()
        return theirs

    def _night(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"{MODULE}.ir_cron_keep_concerns").method_direct_trigger()
        self.env.invalidate_all()

    def _date_back(self, concern, days):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE integration_concern SET date = %s WHERE id = %s",
                self.today.fromordinal(self.today.toordinal() - days),
                concern.id,
            )
        )
        self.env.invalidate_all()
