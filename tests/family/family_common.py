from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError
from odoo.tests import Form

from ..common import IntegrationCommon

NAMES = ("Beispiel", "Erfunden")


class FamilyCommon(IntegrationCommon):
    """A couple and their daughter: the mother has the case, both others are accompanied in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother = cls._client(
            cls.worker_a,
            "Beispielenko, Olha",
            birthdate=cls._born(35),
            street="Musterweg 1",
            zip="88000",
            city="Aheim",
            phone="+49 171 3920001",
        )
        cls.father = cls._client(
            cls.worker_a,
            "Beispielenko, Andrij",
            birthdate=cls._born(37),
            street="Musterweg 1",
            zip="88000",
            city="Aheim",
            phone="0171 3920001",
        )
        cls.home = cls._household(cls.mother, cls.father)
        cls.child = cls._client(
            cls.worker_a, "Beispielenko, Ivanka", consent=False, birthdate=cls._born(8)
        )
        cls._join(cls.child, "child")
        for purpose in ("transfer", "file"):
            cls._consent(cls.child, purpose=purpose, guardian_id=cls.mother.id)
        cls.case = cls._case(cls.mother)
        cls.case._accompany(cls.father | cls.child)
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _born(cls, years, days=0):
        """Return the date of birth of somebody who turns ``years`` in ``days``."""
        return cls.today - relativedelta(years=years) + relativedelta(days=days)

    @classmethod
    def _join(cls, client, role="adult", home=None):
        return client.env["integration.household.member"].create(
            {
                "household_id": (home or cls.home).id,
                "client_id": client.id,
                "role": role,
                "date_from": cls.start,
            }
        )

    def _form(self, event, user=None, **defaults):
        """Open the dialog of an event as the screen does, at the family's case."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            f"integration_management.integration_family_{event}_action"
        )
        defaults = defaults or {"case_id": self.case.id}
        context = {f"default_{name}": value for name, value in defaults.items()}
        self.env.flush_all()
        self.env.invalidate_all()
        return Form(self._as(user or self.worker_a)[action["res_model"]].with_context(**context))

    def _press(self, form):
        """Save the dialog, press its button, and return the message it leaves."""
        told = form.save().action_save()
        self.env.flush_all()
        self.env.invalidate_all()
        message = told["params"]["message"] if "params" in told else ""
        self.assertNobodyNamed(message)
        return message

    def assertNobodyNamed(self, text):
        for name in NAMES:
            self.assertNotIn(name, str(text))

    def assertRefused(self, words, function, *args):
        """Assert a refusal in words that name nobody."""
        with self.assertRaises(UserError) as caught, self.cr.savepoint():
            function(*args)
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertIn(words, str(caught.exception))
        self.assertNobodyNamed(caught.exception)

    def _reads(self, user, record):
        self.env.invalidate_all()
        return record.with_env(self._as(user)).has_access("read")
