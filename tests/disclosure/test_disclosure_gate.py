from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from ..consent.gate_common import GateCommon, GateHttp


class DisclosureGateCommon(GateCommon):
    """A client with releases in every state, and one entry of the register."""

    guarded = ("integration.disclosure", "integration.release")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        day = timedelta(days=1)
        other = cls._client(cls.worker_a)
        cls.entry = cls.register.create(
            {
                "client_id": cls.client_a.id,
                "recipient_name": "Landlord",
                "basis": "present",
                "kind_ids": [Command.set(cls.housing.ids)],
            }
        )
        cls.valid = cls._release()
        cls.useless = {
            "draft": cls._release(signed=False),
            "expired": cls._release(valid_until=cls.today - day),
            "future": cls._release(valid_from=cls.today + day),
            "withdrawn": cls._release(withdrawn_on=cls.today),
            "of another client": cls._release(client_id=other.id),
            "for another recipient": cls._release(recipient_name="Landlord"),
            "of another kind": cls._release(kind_ids=[Command.set(cls.finance.ids)]),
            "none": cls.releases.browse(),
        }
        cls.env.flush_all()

    def _vals(self, **values):
        return {
            "client_id": self.client_a.id,
            "recipient_name": "Jobcenter Aheim",
            "kind_ids": [[6, 0, self.housing.ids]],
            **values,
        }

    def _every_way(self, vals):
        yield from self._ways_to_create("integration.disclosure", vals)
        child = {key: value for key, value in vals.items() if key != "client_id"}
        yield from self._ways_from_parent(self.client_a, "disclosure_ids", child)


class DisclosureGate:
    """What is no basis; run once with and once without the wire."""

    def test_no_valid_release(self):
        for why, release in self.useless.items():
            with self.subTest(why):
                vals = self._vals(basis="release", release_id=release.id)
                self._assert_refused(self._every_way(vals))

    def test_valid_release_for_something_else(self):
        for values in (
            {"recipient_name": "Landlord"},
            {"kind_ids": [[6, 0, (self.housing | self.finance).ids]]},
            {"kind_ids": [[6, 0, self.health.ids]]},
            {"date": (self.today - timedelta(days=11)).isoformat()},
            {"date": (self.today + timedelta(days=1)).isoformat()},
            {"recipient_kind": "person"},
            {"date": (self.today - timedelta(days=8)).isoformat()},  # without a reason
        ):
            with self.subTest(values=values):
                vals = self._vals(basis="release", release_id=self.valid.id, **values)
                self._assert_refused(self._every_way(vals))

    def test_release_for_a_category(self):
        """It covers anyone who belongs to it, not whomever somebody puts under it."""
        service = self.env["integration.service"]
        doctors = service.create({"name": "Doctors", "kind": "category"})
        office = service.create({"name": "Foreigners' Office"})
        release = self._release(
            service_id=doctors.id, recipient_name="Doctors", recipient_kind="category"
        )
        self.env.flush_all()
        for values in (
            {"recipient_category": "Landlords"},
            {"recipient_name": "foreigners' office ", "recipient_category": "Doctors"},
            {
                "service_id": office.id,
                "recipient_name": "Foreigners' Office",
                "recipient_category": "Doctors",
            },
        ):
            with self.subTest(values=values):
                vals = self._vals(basis="release", release_id=release.id, **values)
                self._assert_refused(self._every_way(vals))

    def test_dated_back_before_the_end(self):
        """Not without a reason, and not at all after a week."""
        ended = {
            "withdrawn": self._release(withdrawn_on=self.today),
            "expired": self._release(valid_until=self.today - timedelta(days=1)),
        }
        for why, days, reason in (("withdrawn", 1, "  "), ("expired", 8, "Was in the drawer")):
            with self.subTest(why):
                day = (self.today - timedelta(days=days)).isoformat()
                self._assert_refused(
                    self._every_way(
                        self._vals(
                            basis="release", release_id=ended[why].id, date=day, reason=reason
                        )
                    )
                )

    def test_special_categories_in_the_presence_of_the_client(self):
        kinds = [[6, 0, (self.housing | self.health).ids]]
        self._assert_refused(self._every_way(self._vals(basis="present", kind_ids=kinds)))

    def test_no_basis_or_reason(self):
        for values in (
            {},
            {"basis": "duty"},
            {"basis": "emergency", "reason": "  "},
            {"basis": "correction", "reason": "Mistake"},
        ):
            with self.subTest(values=values):
                self._assert_refused(self._every_way(self._vals(**values)))

    def test_client_present_but_consent_withdrawn(self):
        self._consent(self.client_a, "withdrawn")
        self.env.flush_all()
        self._assert_refused(self._every_way(self._vals(basis="present")))
        vals = self._vals(basis="release", release_id=self.valid.id)
        self._assert_refused(self._every_way(vals))

    def test_entry_and_signed_release_cannot_be_bent(self):
        """Else an entry is made right afterwards, or a release widened before."""
        attempts = [*self._ways_to_change(self.entry, {"recipient_name": "Other"})]
        for release in (self.valid, self.useless["withdrawn"], self.useless["expired"]):
            for vals in (
                {"recipient_name": "Other"},
                {"withdrawn_on": False},
                {"valid_until": (self.today + timedelta(days=99)).isoformat()},
            ):
                if release.withdrawn_on or "withdrawn_on" not in vals:
                    attempts += [
                        attempt
                        for attempt in self._ways_to_change(release, vals)
                        if not attempt[0].startswith("copy")  # a copy is a draft
                    ]
        attempts += self._ways_from_parent(
            self.client_a, "disclosure_ids", {"recipient_name": "Other"}, self.entry
        )
        attempts += [
            attempt
            for attempt in self._ways_from_parent(
                self.client_a, "release_ids", {"recipient_name": "Other"}, self.valid
            )
            if not attempt[0].endswith(" 0")
        ]
        self._assert_refused(attempts)


@tagged("post_install", "-at_install")
class TestDisclosureGate(DisclosureGate, DisclosureGateCommon):
    """Nothing is passed on without a basis, whatever way is tried."""

    def test_same_attempts_succeed_with_a_basis(self):
        """Else the refusals above would prove nothing."""
        vals = self._vals(basis="release", release_id=self.valid.id)
        for way, model, method, args, context in self._every_way(vals):
            if way in ("create", "web_save", "import", "disclosure_ids 0", "defaults"):
                answer = self._call_orm(model, method, args, context)
                self.assertTrue(answer["ids"] if way == "import" else answer, way)
        found = self.register.search([("client_id", "=", self.client_a.id)])
        self.assertEqual(len(found - self.entry), 7)

    def test_draft_copied_from_a_release_allows_nothing(self):
        copy = self.valid.copy()
        self.assertEqual(copy.state, "draft")
        vals = self._vals(basis="release", release_id=copy.id)
        self._assert_refused(self._every_way(vals))


@tagged("post_install", "-at_install")
class TestDisclosureGateRpc(DisclosureGate, DisclosureGateCommon, GateHttp):
    """The same over the wire."""
