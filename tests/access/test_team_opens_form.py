from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import MODULE, IntegrationCommon


@tagged("post_install", "-at_install")
class TestTeamOpensForm(IntegrationCommon):
    """A colleague who was given access opens every form, whoever in it is hidden from her."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        client, cls.relative = (cls._client(cls.worker_a, name) for name in ("Head", "Relative"))
        cls._household(client, cls.relative)
        cls.case = cls._case(client)
        cls.relative.family_case_id = cls.case
        cls._consent(client, purpose="team")
        cls.talk = cls._talk(cls.case, client | cls.relative)
        cls.case.env["integration.note"].create(
            {"case_id": cls.case.id, "contact_id": cls.talk.id, "body": "Words"}
        )
        cls.plan = cls.case.env["integration.plan"].create(
            {"case_id": cls.case.id, "client_ids": [Command.link(cls.relative.id)]}
        )
        access = cls.env["integration.case.access"].sudo()
        access._share_case(cls.case.sudo(), cls.colleague_a, "team")

    def _opened(self, record):
        """Return the form as the colleague's browser opens it, from an empty cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        return Form(record.with_env(self._as(self.colleague_a)))

    def test_relative_is_hidden_and_every_form_opens(self):
        hidden = self.relative.with_env(self._as(self.colleague_a))
        self.assertFalse(hidden.has_access("read"))
        for record in (
            self.case,
            self.talk,
            self.plan,
            self.case.client_id,
            self.case.client_id.household_id,
        ):
            with self.subTest(record._name):
                self.assertTrue(self._opened(record))

    def test_what_lies_in_the_case_about_the_relative_is_hidden_as_well(self):
        """Of each model that names a case and a person, whoever entered what about her."""
        kind = self.env.ref(f"{MODULE}.deadline_kind_appeal")
        for person in (self.case.client_id, self.relative):
            self.case.env["integration.deadline"].create(
                {
                    "case_id": self.case.id,
                    "client_id": person.id,
                    "kind_id": kind.id,
                    "date": self.today,
                }
            )
            service = self.env["integration.service"].create({"name": f"Office of {person.id}"})
            self.case.env["integration.referral"].create(
                {"case_id": self.case.id, "client_id": person.id, "service_id": service.id}
            )
        checked = set()
        for model in self.env.registry.values():
            if model._abstract or not issubclass(model, self.env.registry["integration.in.file"]):
                continue
            records = self.env[model._name]
            if "case_id" in model._fields and records._concerns_relatives():
                about = records.search([("client_id", "=", self.relative.id)])
                seen = self._as(self.colleague_a)[model._name].search([])
                # Who was present at a talk belongs to the talk, without a name.
                if about and model._name != "integration.contact.person":
                    checked.add(model._name)
                    self.assertFalse(seen & about, model._name)
                    self.assertTrue(seen, model._name)
        self.assertEqual(checked, {"integration.deadline", "integration.referral"})

    def test_reading_everything_at_once_writes_nothing(self):
        """Also in one request after another, as the cache may hold what others computed."""
        env = self._as(self.colleague_a)
        for record in (self.case, self.talk, self.plan, self.case.client_id):
            own = record.with_env(env)
            names = [
                name
                for name, field in own._fields.items()
                if not field.inherited and own._has_field_access(field, "read")
            ]
            with self.subTest(record._name):
                record.read(names)
                own.read(names)
                self.env.flush_all()

    def test_dialogs_about_the_case_open(self):
        env = self._as(self.colleague_a)
        env.invalidate_all()
        for name in ("contact.quick", "case.close", "case.pause", "case.share"):
            dialogs = env[f"integration.{name}"].with_context(
                default_case_id=self.case.id, active_id=self.case.id, active_ids=self.case.ids
            )
            with self.subTest(name):
                self.assertTrue(Form(dialogs))
