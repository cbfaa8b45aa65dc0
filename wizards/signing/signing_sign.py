import base64

from odoo import models
from odoo.exceptions import UserError, ValidationError

from ...models.consent.gate import GIVEN
from ...tools import local_today
from .signature_picture import signature_picture

REPORT = "integration_management.integration_signing_report"


class IntegrationSigning(models.TransientModel):
    """What happens when the client has signed: everything is written, once, or nothing."""

    _inherit = "integration.signing"

    def _sign(self, language_id, answers, signature):
        """Write what was decided and signed on the screen: all of it, once, or nothing.

        :param int language_id: in which of the offered languages it was read
        :param dict answers: {question: yes or no}
        :param str signature: PNG in base64
        """
        self.ensure_one()
        self._claim()
        if self.state == "signed":
            # A second tap: the first one has written everything.
            return
        self._check_signable(self.client_id, self._paper_to_sign())
        self._check_prepared()
        self._check_unchanged()
        offer = self._offer(language_id)
        self._check_answers(answers, offer)
        picture = signature_picture(self.env, signature)
        self._as_system().write(
            {"language_id": language_id, "answers": answers, "signature": base64.b64encode(picture)}
        )
        paper = base64.b64encode(self._draw_paper())
        if self._paper_to_sign():
            self._sign_paper(paper)
        else:
            self._record_decisions(offer["notice"], answers, paper)
        # What was typed stands in the ledger or the release, behind the walls of the file.
        typed = ("answers", "signature", "guardian_name", "interpreter")
        self._as_system().write({"state": "signed", **dict.fromkeys(typed, False)})

    def _claim(self):
        """Let nobody else sign for this client until the transaction ends.

        A second tap or tablet waits here, is tried anew by Odoo and finds what was written.
        """
        self.env["integration.consent"]._queue_up(self.client_id.ids)
        self.invalidate_recordset(["state"])

    def _check_unchanged(self):
        """Refuse what was overtaken: by another decision, or by another text than was read."""
        if self.shown_hash != self._shown_hash():
            raise UserError(
                self.client_id._about_file(
                    self.env._(
                        "in the meantime another decision was recorded, or the text has changed. "
                        "Nothing "
                        "was written by this signature; look at the file and begin anew if need be."
                    )
                )
            )

    def _check_answers(self, answers, offer):
        """Refuse anything but a yes or a no to every question: silence is no consent."""
        questions = self._questions(offer["notice"])
        if (
            not isinstance(answers, dict)
            or set(answers) != set(questions)
            or not all(isinstance(answer, bool) for answer in answers.values())
        ):
            raise ValidationError(self.env._("Each question needs a yes or a no."))
        if self._paper_to_sign() and not all(answers.values()):
            raise ValidationError(self.env._("Who says no does not sign; the paper stays open."))

    def _draw_paper(self):
        """Return the signed paper as PDF."""
        # Evidence is a PDF, also where Odoo would be content with the page itself.
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        return reports._render_qweb_pdf(self._report(), self.ids)[0]

    def _report(self):
        return REPORT

    def _record_decisions(self, notice, answers, paper):
        """Add one event per purpose to the ledger, each with the paper."""
        events = self.env["integration.consent"]._record_by_itself(
            [
                {
                    "client_id": self.client_id.id,
                    "purpose": line.purpose,
                    "form": "screen",
                    "decision": self._decision(line.purpose, answers[line.purpose]),
                    "notice_id": notice.id,
                    "date": local_today(self.env),
                    "guardian_id": self.is_minor and self.guardian_id.id,
                    "guardian_name": self.is_minor and self._guardian(),
                    "interpreter": self.interpreter,
                    "attachment": paper,
                }
                for line in notice.line_ids
            ]
        )
        self._as_system().write({"consent_id": events[:1].id})

    def _decision(self, purpose, agreed):
        """Return what a yes or no means after the last event for ``purpose``."""
        before = self.client_id.consent_ids._last_event(purpose).decision
        if agreed:
            return "renewed" if before in (*GIVEN, "expired") else "given"
        return "withdrawn" if before in GIVEN else "refused"

    def _sign_paper(self, paper):
        self._paper_to_sign()._sign_on_screen(
            {
                "attachment": paper,
                "interpreter": self.interpreter,
                "guardian_id": self.is_minor and self.guardian_id.id,
                "guardian_name": self.is_minor and self._guardian(),
            }
        )
