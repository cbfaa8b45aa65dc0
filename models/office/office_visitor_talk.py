from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools import without_defaults

USUAL_MINUTES = 15
CHANNEL = "integration_management.channel_office_hours"
TALK_DIALOG = "integration_management.integration_contact_quick_action"


class IntegrationOfficeVisitor(models.Model):
    """What becomes of somebody on the list. Each button may be pressed twice: it works once."""

    _inherit = "integration.office.visitor"

    def _turn(self, *states):
        """Let two requests on one visitor happen one after the other; refuse what is over."""
        self.ensure_one()
        self.check_access("write")
        self._take_turns()
        if self.state not in states:
            raise UserError(
                self.env._(
                    "No. %(number)s: somebody has said already what became of this visit.",
                    number=self.number,
                )
            )
        return self

    def _settle(self, state, contact=None):
        # sudo: integration.office.visitor - the field of its own talk, which no request reads
        settled = self.sudo()._as_system()
        settled.write({"state": state, **({"contact_id": contact.id} if contact else {})})
        return True

    def action_call(self):
        """Ask somebody in; only one party of a worker is with her at a time."""
        return self._turn("waiting", "with_me")._settle("with_me")

    def action_back(self):
        """Take back a slip: somebody is waiting again."""
        return self._turn("waiting", "with_me", "left")._settle("waiting")

    def action_left(self):
        """Note that somebody went without a talk."""
        return self._turn("waiting", "with_me", "left")._settle("left")

    def action_talk(self):
        """Open the dialog of a contact with channel, place and session filled in."""
        visitor = self._turn("waiting", "with_me")
        session = visitor.session_id
        action = self.env["ir.actions.actions"]._for_xml_id(TALK_DIALOG)
        context = {
            "integration_show_name": True,
            "default_visitor_id": visitor.id,
            "default_session_id": session.id,
            "default_date": session.date,
            "default_channel_id": self.env.ref(CHANNEL).id,
            "default_municipality_id": session.municipality_id.id,
            "default_unnamed_count": 0 if visitor.client_id else visitor.person_count,
            "default_duration": USUAL_MINUTES,
        }
        case = visitor._case_today()
        if case:
            context["default_case_id"] = case.id
            context["default_client_ids"] = [Command.set(visitor.client_id.ids)]
        if visitor.appointment_id.state == "planned":
            context["default_appointment_id"] = visitor.appointment_id.id
        visitor._settle("with_me")
        return dict(action, context=context)

    def _case_today(self):
        """Return the open case in which a talk with the client is documented."""
        client = self.client_id
        own = client.case_ids.filtered(lambda case: case.state != "closed")
        return (own or client.family_case_id)[:1]

    def action_count(self):
        """Count a talk with somebody without a file: number, channel and place, nothing else."""
        visitor = self._turn("waiting", "with_me")
        if visitor.client_id:
            return visitor.action_talk()
        # As the user: whoever may not hold talks records none.
        talk = without_defaults(self.env["integration.contact"]).create(
            {
                "case_id": False,
                "session_id": visitor.session_id.id,
                "municipality_id": visitor.session_id.municipality_id.id,
                "date": visitor.session_id.date,
                "channel_id": self.env.ref(CHANNEL).id,
                "duration": USUAL_MINUTES,
                "unnamed_count": visitor.person_count,
            }
        )
        return visitor._settle("done", talk)

    def action_add_unnamed(self):
        """Put the next one without a file on the list of the session that is shown."""
        without_defaults(self).create({"session_id": self._session_shown()})
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_add_with_file(self):
        """Choose who has come of those with a file."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_office_visitor_action_new"
        )
        context = {"integration_show_name": True, "default_session_id": self._session_shown()}
        return dict(action, context=context)

    def _session_shown(self):
        """Return the id of the session whose list is on the screen."""
        session_id = self.env.context.get("default_session_id")
        if not isinstance(session_id, int):
            raise UserError(self.env._("Choose the session of office hours."))
        return session_id
