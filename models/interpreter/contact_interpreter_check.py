from odoo import models
from odoo.exceptions import UserError

MINUTES_A_DAY = 24 * 60


class IntegrationContactInterpreter(models.Model):
    """What cannot be: children, relatives without a reason, no pledge, too many minutes.

    Asked of rows and contact together, once both are written.
    """

    _inherit = "integration.contact.interpreter"

    def _check_asked_anew(self):
        """Refuse somebody who has left the pool; what was interpreted before stays."""
        for row in self:
            # sudo: integration.interpreter - whether it is archived, of one who was chosen
            interpreter = row.sudo().interpreter_id
            if interpreter and not interpreter.active:
                row._refuse_row(
                    self.env._(
                        "“%s” is archived and no longer in the pool. Choose somebody else.",
                        interpreter.name,
                    )
                )

    def _check_whole(self):
        """Refuse what cannot be about these rows.

        :raises UserError: with file number and day, what is wrong, and what can be done
        """
        # sudo: integration.contact.interpreter - the rule holds for whatever the writer may read
        for row in self.sudo():
            contact = row.contact_id
            refusal = row._impossible_minutes(contact) or getattr(row, f"_impossible_{row.kind}")(
                contact.person_ids.client_id | contact.case_id.client_id, contact
            )
            if not refusal and not contact.reached:
                refusal = self.env._("nobody was reached, so nobody interpreted.")
            if refusal:
                row._refuse_row(refusal)

    def _refuse_row(self, text):
        # sudo: integration.contact - number and day, which the writer of the contact knows
        raise UserError(self.sudo().contact_id.with_env(self.env)._about_file(text))

    def _impossible_minutes(self, contact):
        if self.minutes < 0:
            return self.env._("the minutes interpreted cannot lie below zero.")
        if self.minutes > (contact.duration or MINUTES_A_DAY):
            return self.env._(
                "%(minutes)s minutes were interpreted, but the contact took %(duration)s. Correct "
                "one of them.",
                minutes=self.minutes,
                duration=contact.duration or MINUTES_A_DAY,
            )
        return False

    def _impossible_pool(self, clients, contact):
        interpreter = self.interpreter_id
        if not interpreter:
            return self.env._("choose who of the pool interpreted, or name the service.")
        if self.name or self.relative_id:
            return self.env._("name either somebody of the pool or a service or a relative.")
        if self.language_id not in interpreter.language_ids:
            return self.env._(
                "“%(name)s” does not interpret %(language)s by the pool. Correct one of them.",
                name=interpreter.name,
                language=self.language_id.name,
            )
        return interpreter._objection(clients, contact.date)

    def _impossible_service(self, clients, contact):
        if self.interpreter_id or self.relative_id or not self.name:
            return self.env._("enter the name of the service that interpreted, and nobody else.")
        for client in clients:
            if client._is_called(self.name) or any(
                person._is_called(self.name) for person in client._household_on(contact.date)
            ):
                return self.env._(
                    "the name is that of a person of the household. Relatives interpret only as a "
                    "stated exception, and children never."
                )
        return False

    def _impossible_relative(self, clients, contact):
        relative, day = self.relative_id, contact.date
        if not contact.case_id:
            return self.env._(
                "a relative is named in a file only. Choose the case, or leave it at “With "
                "Interpreter”."
            )
        if self.interpreter_id or bool(relative) == bool(self.name):
            return self.env._("choose the relative of the household, or enter the name; not both.")
        named = any(client._names_a_child(self.name, day) for client in clients)
        if named or (relative and relative._is_minor(day)):
            return self.env._(
                "this person was under age. Children never interpret for their family; ask the "
                "pool or a telephone service."
            )
        if relative and not any(relative in c._household_on(day) for c in clients):
            return self.env._("this person is not of the household. Enter the name instead.")
        if relative and contact.person_ids.client_id == relative:
            return self.env._("nobody interprets for herself or himself alone.")
        if not (relative and relative.birthdate) and not self.of_age:
            return self.env._("confirm that this person is of full age. Children never interpret.")
        if not self.reason:
            return self.env._(
                "give the reason why a relative interpreted: it is an exception, for relatives "
                "neither keep secrets by duty nor stand outside."
            )
        return False
