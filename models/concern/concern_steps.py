from odoo import models
from odoo.exceptions import AccessError, UserError

from ...tools import entry_day
from .concern import WAITING


class IntegrationConcern(models.Model):
    """Taken over, answered by a fixed text, or taken back."""

    _inherit = "integration.concern"

    def action_take_over(self):
        """Note that one has read it; from now on it is one's own to answer.

        :raises UserError: answered meanwhile
        """
        self._ensure_worker()
        self._ensure_waiting()
        self._as_system().write({"user_id": self.env.uid, "state": "read"})

    def action_answer(self):
        """Open the dialog in which a fixed text is chosen."""
        self.ensure_one()
        self._ensure_answerable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": "integration.concern.reply",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_concern_id": self.id},
        }

    def action_link(self):
        """Open a new note of this concern in one of the own files; who raised it sees none."""
        self.ensure_one()
        self._ensure_worker()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Note in a File"),
            "res_model": "integration.concern.link",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_concern_id": self.id, "integration_show_name": True},
        }

    def action_withdraw(self):
        """Take back a concern that was a mistake: its words go at once, and it is not counted.

        Whoever raised it may do so, and the team for what it has recorded itself.
        """
        self.check_access("write")
        for concern in self:
            if concern.source == "municipality" and concern.create_uid != self.env.user:
                raise UserError(
                    self.env._(
                        "%s was raised by the municipality, and only she takes it back. It gets "
                        "an answer.",
                        concern.display_name,
                    )
                )
        self._ensure_waiting()
        # sudo: integration.concern - her own one, whose state she does not see
        self.sudo()._as_system().state = "withdrawn"
        # sudo: integration.concern - see above
        self.sudo()._clear()

    # ------------------------------------------------------------
    # Behind the steps
    # ------------------------------------------------------------

    def _answer(self, answer):
        """Tell ``answer``, a fixed text, and clear what was said.

        :raises UserError: not read yet, answered already, or an answer that is no longer given
        """
        self.ensure_one()
        self._ensure_answerable()
        if not answer.active:
            raise UserError(
                self.env._("“%s” is no longer given. Choose another answer.", answer.name)
            )
        self._as_system().write(
            {
                "state": "answered",
                "answer_id": answer.id,
                "answer_text": answer.with_context(lang=self._lang_of_answer()).text,
                "date_answered": entry_day(self.env),
            }
        )
        self._clear()

    def _lang_of_answer(self):
        """Return the language in which who raised it reads it."""
        raised = self.source == "municipality"
        # sudo: res.users - the language of whoever raised it
        return (self.create_uid.sudo() if raised else self.env.user).lang

    def _ensure_answerable(self):
        """Let only her answer who has read it: the worker alone decides (county standard 3.2.1).

        :raises UserError: saying what comes first
        """
        self._ensure_worker()
        self._ensure_waiting()
        for concern in self:
            if concern.state != "read" or concern.user_id != self.env.user:
                raise UserError(
                    self.env._(
                        "%s: nobody answers what she has not read. Take it over first.",
                        concern.display_name,
                    )
                )

    def _ensure_worker(self):
        """Let case workers of the employer alone decide what becomes of a concern.

        :raises AccessError: for anybody else, leads who are none among them
        """
        self.check_access("write")
        worker = self.env.user.has_group("integration_management.group_caseworker")
        if not (worker and self._is_of_my_team()):
            raise AccessError(
                self.env._("The case workers of the employer decide what becomes of a concern.")
            )

    def _ensure_waiting(self):
        """Let nobody else answer meanwhile, and refuse what is over already.

        :raises UserError: naming the concern
        """
        self.check_access("write")
        # sudo: integration.concern - its turn and state; the right to write is checked above
        own = self.sudo()
        own._take_turns()
        own.invalidate_recordset(["state", "date_cleared"])
        for concern in own:
            if concern.state not in WAITING:
                raise UserError(
                    self.env._(
                        "%s is answered or over already. Load the page anew.", concern.display_name
                    )
                )
