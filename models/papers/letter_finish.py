from odoo import models
from odoo.exceptions import UserError

from ...tools import local_today
from .placeholders import NAMES, named


class IntegrationLetter(models.Model):
    """A letter is finished, printed and from then on as it left."""

    _inherit = "integration.letter"

    def action_finish(self):
        """Finish the letter and print it: to somebody else by the rules of the register.

        Pressed again, it is printed once more.

        :raises UserError: something is open, or no basis holds (§ 203 StGB)
        """
        self.ensure_one()
        self.check_access("write")
        self._take_turns()
        if self.state == "draft":
            # The day first: it stands among the words that are frozen.
            self._as_system().write({"date": local_today(self.env)})
            self._ensure_complete()
            vals = {"state": "finished"}
            if self.addressed_to == "other":
                vals["disclosure_id"] = self._enter_in_register(self.date, "letter").id
            self._as_system().write({**vals, **self._freezing_vals()})
        return self.action_print()

    def action_print(self):
        """Print the letter: a draft with a mark, a finished one as it left."""
        self.ensure_one()
        self.check_access("read")
        report = self.env.ref("integration_management.integration_letter_report")
        return report.report_action(self, config=False)

    def _ensure_complete(self):
        """Refuse a letter that leaves something open.

        :raises UserError: naming what is to be filled in
        """
        said = f"{self.subject} {self.body} {self.line_text or ''} {self.addressee or ''}"
        left = sorted(named(said) & set(NAMES))
        if left:
            raise UserError(
                self._about_file(
                    self.env._(
                        "the letter leaves open: %s. Write in their place what is to stand there, "
                        "or take them out.",
                        ", ".join(f"{{{name}}}" for name in left),
                    )
                )
            )
        if self.addressed_to == "client":
            return
        if not (self.recipient_name or "").strip():
            raise UserError(
                self._about_file(
                    self.env._("name whom the letter goes to: body or person, by its name.")
                )
            )
        if not self.basis:
            raise UserError(
                self._about_file(
                    self.env._(
                        "a letter to somebody else passes something on about the client. Choose by "
                        "what right: a release, the client's presence, a legal duty, an emergency."
                    )
                )
            )
