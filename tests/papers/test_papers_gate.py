from odoo.tests import tagged

from ..consent.gate_common import GateHttp
from .papers_common import HTML, PDF, PapersCommon


class PapersGate:
    """What nobody writes without consent or basis; run once with and once without the wire."""

    def _paper_vals(self, **values):
        return {"case_id": self.case.id, "kind_id": self._kind("tenancy").id, **values}

    def _letter_vals(self, **values):
        return {"case_id": self.case.id, "subject": "Subject", "body": "Words", **values}

    def _copy(self, content=PDF, **values):
        vals = self._copy_vals(content, **values)
        return {**vals, "date_delete": vals["date_delete"] and vals["date_delete"].isoformat()}

    def _without_consent(self, case):
        for model, vals in (
            ("integration.document", self._paper_vals(case_id=case.id)),
            ("integration.document", self._copy(case_id=case.id)),
            ("integration.letter", self._letter_vals(case_id=case.id)),
        ):
            yield from self._ways_to_create(model, vals)
            child = {key: value for key, value in vals.items() if key != "case_id"}
            field = "letter_ids" if model == "integration.letter" else "document_ids"
            yield from self._ways_from_parent(case, field, child)

    def _changing(self, record, *changes):
        return [
            attempt
            for vals in changes
            for attempt in self._ways_to_change(record, vals)
            if not attempt[0].startswith(("onchange", "copy", "unlink"))
        ]

    def test_before_consent(self):
        case = self._case(self._client(self.worker_a, consent=False))
        self.env.flush_all()
        self._assert_refused(self._without_consent(case))

    def test_after_a_withdrawal(self):
        paper = self._seen()
        self._consent(self.client_a, "withdrawn")
        self.env.flush_all()
        self._assert_refused(self._without_consent(self.case))
        self._assert_refused(
            self._changing(
                paper,
                {"kind_id": self._kind("other").id},
                {key: val for key, val in self._copy().items() if key not in self._paper_vals()},
            )
        )

    def test_health(self):
        self._consent(self.client_a, "withdrawn", purpose="health")
        paper = self._seen()
        self.env.flush_all()
        medical = self._kind("medical").id
        self._assert_refused(
            self._ways_to_create("integration.document", self._paper_vals(kind_id=medical))
        )
        self._assert_refused(
            self._changing(paper, {"kind_id": medical}, {"kind_id": self._kind("vaccination").id})
        )

    def test_a_copy_has_its_reason_and_its_day(self):
        paper = self._seen()
        self.env.flush_all()
        incomplete = [self._copy(purpose=False), self._copy(date_delete=False), self._copy(HTML)]
        for vals in incomplete:
            change = {key: val for key, val in vals.items() if key not in self._paper_vals()}
            creating = [
                attempt
                for attempt in self._ways_to_create("integration.document", vals)
                # Files do not come by the context: a paper without copy is what is created.
                if attempt[0] != "defaults"
            ]
            self._assert_refused([*creating, *self._changing(paper, change)])

    def test_no_letter_past_the_register(self):
        """None is finished, and none names an entry, but by the button."""
        entry = self._disclose(basis="present")
        letter = self._write("request_copy", service_id=self.advice_centre.id)
        self.env.flush_all()
        for vals in (
            {"state": "finished"},
            {"disclosure_id": entry.id},
            {"words": "{}"},
            {"date": "2020-01-01"},
        ):
            forged = self._letter_vals(addressed_to="other", **vals)
            creating = [
                attempt
                for attempt in self._ways_to_create("integration.letter", forged)
                if attempt[0] != "defaults"
            ]
            self._assert_refused([*creating, *self._changing(letter, vals)])
        finish = ("finish", letter._name, "action_finish", [letter.ids], {})
        self._assert_refused([finish] * 6)


@tagged("post_install", "-at_install")
class TestPapersGate(PapersGate, PapersCommon):
    """Over the ORM."""


@tagged("post_install", "-at_install")
class TestPapersGateHttp(PapersGate, PapersCommon, GateHttp):
    """Over JSON-RPC."""
