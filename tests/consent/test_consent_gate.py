import base64
from datetime import timedelta

from odoo.tests import tagged

from ..common import MODULE
from .gate_common import GateCommon, GateHttp


class FileGateCommon(GateCommon):
    """A file with one record of everything, whose consent ends; a relative who gave none."""

    guarded = (
        "integration.client",
        "integration.residence",
        "integration.housing",
        "integration.benefit",
        "integration.language.level",
        "integration.education",
        "integration.employment",
        "integration.note",
        "integration.plan",
        "integration.plan.line",
        "integration.plan.step",
        "integration.plan.review",
        "integration.contact",
        "integration.contact.person",
        "integration.release",
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.area = cls.env.ref(f"{MODULE}.area_housing")
        cls.day = (cls.today - timedelta(days=50)).isoformat()
        cls.relative = cls._client(cls.worker_a, "Relative", consent=False)
        cls.case._accompany(cls.relative.with_env(cls.case.env))
        cls.contact = cls._talk(cls.case)
        cls.unnamed = cls._talk(cls.case, clients=cls.relative.browse(), unnamed_count=1)
        cls.plan = cls.case.env["integration.plan"].create({"case_id": cls.case.id})
        cls.line = cls.plan.line_ids.create(
            cls._vals_of("integration.plan.line", cls.client_a, cls.case)
        )
        cls.records = [
            cls.client_a.env[name].create(cls._vals_of(name, cls.client_a, cls.case))
            for name in (
                *cls._histories(),
                "integration.note",
                "integration.plan.step",
                "integration.release",
            )
        ]
        cls.records += [cls.line, cls.contact, cls.contact.person_ids, cls.plan]
        cls.never = cls._client(cls.worker_a, "Never Asked", consent=False)
        cls.never_case = cls._case(cls.never)
        cls.env.flush_all()

    @classmethod
    def _histories(cls):
        return [name for name in cls.guarded[1:7]]

    @classmethod
    def _first(cls, model):
        return cls.env[model].search([], limit=1).id

    @classmethod
    def _vals_of(cls, name, client, case):
        """Return values for a record of ``name`` in the file of ``client``."""
        person = {"client_id": client.id, "date_from": cls.day}
        kind = name.removeprefix("integration.")
        special = {
            "residence": {"status_id": cls._first("integration.residence.status")},
            "housing": {
                "type_id": cls._first("integration.housing.type"),
                "municipality_id": cls.town_a.id,
            },
            "benefit": {"type_id": cls._first("integration.benefit.type")},
            "language.level": {"level": "a1"},
            "education": {"school": "primary"},
            "employment": {"status": "seeking"},
        }
        if kind in special:
            return {**person, **special[kind]}
        return {
            "note": {"case_id": case.id, "body": "Words"},
            "plan": {"case_id": case.id},
            "plan.line": {"plan_id": cls.plan.id, "area_id": cls.area.id, "name": "A flat"},
            "plan.step": {"line_id": cls.line.id if hasattr(cls, "line") else 0, "name": "Look"},
            "plan.review": {"plan_id": cls.plan.id, "date": cls.today.isoformat()},
            "contact.person": {"contact_id": cls.unnamed.id, "client_id": client.id},
            "contact": {
                "case_id": case.id,
                "channel_id": cls.home_visit.id,
                "person_ids": [[0, 0, {"client_id": client.id}]],
            },
            "release": {
                "client_id": client.id,
                "recipient_name": "Landlord",
                "purpose": "A flat",
                "kind_ids": [[6, 0, cls.housing.ids]],
                "valid_until": (cls.today + timedelta(days=9)).isoformat(),
            },
        }[kind]

    def _attempts(self, client, case):
        """Yield every attempt to write into the file of ``client``, kept in ``case``."""
        for name in (*self._histories(), "integration.release"):
            vals = self._vals_of(name, client, case)
            yield from self._ways_to_create(name, vals)
            field = next(
                f.name
                for f in client._fields.values()
                if f.type == "one2many" and f.comodel_name == name
            )
            child = {key: value for key, value in vals.items() if key != "client_id"}
            yield from self._ways_from_parent(client, field, child)
        if case.client_id == client:
            yield from self._attempts_in_case(client, case)
        document = {
            "name": "x",
            "res_model": client._name,
            "res_id": client.id,
            "raw": base64.b64encode(b"x").decode(),
        }
        yield "document", "ir.attachment", "create", [document], {}
        for field, value in (
            ("occupations", "x"),
            ("interests", "x"),
            ("nationality_ids", [[6, 0, [self._first("res.country")]]]),
        ):
            yield field, client._name, "write", [client.ids, {field: value}], {}
            yield field, client._name, "web_save", [client.ids, {field: value}, {}], {}

    def _attempts_in_case(self, client, case):
        note = self._vals_of("integration.note", client, case)
        yield from self._ways_to_create("integration.note", note)
        yield from self._ways_from_parent(case, "note_ids", {"body": "Words"})
        yield "plan", "integration.plan", "create", [{"case_id": case.id}], {}
        yield from self._ways_from_parent(case, "plan_ids", {})
        contact = self._vals_of("integration.contact", client, case)
        for method, args in (("create", [contact]), ("web_save", [[], contact, {}])):
            yield "contact", "integration.contact", method, args, {}
        unnamed = {
            "case_id": case.id,
            "channel_id": self.home_visit.id,
            "unnamed_count": 1,
            "topic_ids": [[6, 0, [self._first("integration.topic")]]],
        }
        yield "unnamed with topics", "integration.contact", "create", [unnamed], {}
        yield from self._ways_from_parent(case, "contact_ids", dict(contact, case_id=case.id))
        stage = {"stage_id": self.env.ref(f"{MODULE}.stage_planning").id}
        yield "phase", case._name, "write", [case.ids, stage], {}
        yield "phase", case._name, "web_save_multi", [case.ids, [stage], {}], {}
        document = {"name": "x", "res_model": case._name, "res_id": case.id}
        yield "document", "ir.attachment", "create", [document], {}

    def _attempts_on_records(self):
        """Yield every attempt to change what was written while the consent held."""
        changes = {
            "integration.note": {"body": "Other"},
            "integration.plan.line": {"name": "Other"},
            "integration.plan.step": {"name": "Other"},
            "integration.contact": {"duration": 5},
            "integration.release": {"purpose": "Other"},
            "integration.plan": {"date_next_review": self.today.isoformat()},
        }
        for record in self.records:
            vals = changes.get(record._name, {"date_to": self.today.isoformat()})
            if record._name == "integration.contact.person":
                vals = {"client_id": self.relative.id}
            for attempt in self._ways_to_change(record, vals):
                # The same person twice in a talk is refused by the database already.
                if (record._name, attempt[0]) != ("integration.contact.person", "copy"):
                    yield attempt
        for name in (
            "integration.plan.line",
            "integration.plan.step",
            "integration.plan.review",
            "integration.contact.person",
        ):
            vals = self._vals_of(name, self.client_a, self.case)
            yield from self._ways_to_create(name, vals)
        goal = {"area_id": self.area.id, "name": "Another"}
        yield from self._ways_from_parent(self.plan, "line_ids", goal, self.line)
        person = {"client_id": self.client_a.id}
        yield from self._ways_from_parent(self.unnamed, "person_ids", person)
        contact = self.contact.ids
        for vals in (
            {"client_ids": [[4, self.relative.id]]},
            {"client_ids": [[6, 0, []]]},
            {"person_ids": [[2, self.contact.person_ids.id, 0]]},
        ):
            yield "persons", self.contact._name, "write", [contact, vals], {}

    def _end(self, how):
        """End the consent of the file in one of the ways it may end."""
        if how == "expired":
            day = self.today - timedelta(days=9)
            self._consent(self.client_a, "renewed", date=day, valid_until=day)
        else:
            self._consent(self.client_a, how)
        self.env.flush_all()

    def _try_all_after(self, how):
        self._end(how)
        self._assert_refused(self._attempts(self.client_a, self.case))
        self._assert_refused(self._attempts_on_records())


class FileGate:
    """The states in which nothing may be written; run once with and once without the wire."""

    def test_before_consent(self):
        self._assert_refused(self._attempts(self.never, self.never_case))

    def test_family_member_who_gave_none(self):
        self._assert_refused(self._attempts(self.relative, self.case))

    def test_after_refusal(self):
        self._try_all_after("refused")

    def test_after_withdrawal(self):
        self._try_all_after("withdrawn")
        attempt = {"case_id": self.case.id, "channel_id": self.home_visit.id, "reached": False}
        name = {"name": "Other"}
        card = [
            ("attempt", "integration.contact", "create", [attempt], {}),
            *self._ways_to_change(self.client_a, name),
        ]
        self._assert_refused(card)

    def test_after_the_last_day(self):
        """Also before the nightly job has recorded the end."""
        self._try_all_after("expired")


@tagged("post_install", "-at_install")
class TestFileGate(FileGate, FileGateCommon):
    """Nothing is written into a file without consent, whatever way is tried."""

    def test_same_attempts_succeed_with_consent(self):
        """Else the refusals above would prove nothing."""
        self._consent(self.never, date=self.today)
        creates = [
            attempt
            for attempt in self._attempts(self.never, self.never_case)
            if attempt[2] == "create" and attempt[0] in ("create", "plan", "contact")
        ]
        self.assertGreater(len(creates), 8)
        for _name, model, method, args, context in creates:
            self.assertTrue(self._call_orm(model, method, args, context), model)
        for record in self.records:
            if record._name == "integration.note":
                self._call_orm(record._name, "write", [record.ids, {"body": "Other"}], {})
                self.assertEqual(record.body, "Other")

    def test_safety_does_not_end_with_the_consent(self):
        self._end("withdrawn")
        self.client_a.protected_address = True
        self.assertTrue(self.client_a.protected_address)

    def test_nothing_describes_a_new_client_before_consent(self):
        attempts = []
        for values in ({"occupations": "x"}, {"date_arrival_county": self.day}):
            attempts += self._ways_to_create("integration.client", {"name": "New", **values})
        self._assert_refused(
            attempt for attempt in attempts if attempt[0] not in ("name_create", "defaults")
        )


@tagged("post_install", "-at_install")
class TestFileGateRpc(FileGate, FileGateCommon, GateHttp):
    """The same over the wire."""
