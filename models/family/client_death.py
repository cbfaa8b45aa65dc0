from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools import local_today


class IntegrationClient(models.Model):
    """The death of a client, whether she had a case or was accompanied in the family's."""

    _inherit = "integration.client"
    # The consent does not decide on what is over.
    _ending_fields = frozenset({"date_death"})

    date_death = fields.Date(
        string="Died On",
        readonly=True,
        copy=False,
        help="From the day after, nobody can name the person in a talk any more.",
    )

    def _system_field_names(self):
        return super()._system_field_names() | {"date_death"}

    def _record_death(self, day):
        """Note the death, end what ends with it, and return the cases that were closed.

        Where she lived ends, her own case is closed, and whoever was accompanied in it goes on in
        another case of the household or stays with the worker.

        :raises UserError: the day cannot be, or she was named in a talk afterwards
        """
        self.ensure_one()
        self.check_access("write")
        self._check_can_have_died(day)
        # sudo: integration.client - who lived with her, to be accompanied elsewhere
        family = self.sudo()._household_on(day)
        self._as_system().write({"date_death": day})
        self.household_member_ids._end_on(day)
        cases = self.case_ids.filtered(lambda case: case.state != "closed")
        # sudo: integration.client - as above, of her own case
        for relative in cases.sudo().member_ids:
            relative._leave_family(family)
        if cases:
            reason = self._reason_of_death()
            steps = self.env["integration.plan.step"].search(
                [
                    ("case_id", "in", cases.ids),
                    ("state", "=", "open"),
                    ("plan_id.state", "=", "agreed"),
                ]
            )
            cases._close(reason, day)
            steps._settle("dropped", reason.name)
        self._end_of_age_task()
        return cases

    def _check_can_have_died(self, day):
        """Refuse a day before the birth, ahead, before a talk, or a second death."""
        if self.date_death:
            raise UserError(
                self._about_file(
                    self.env._(
                        "the death on %s is entered already. If it is wrong, take it back in the "
                        "person's form first.",
                        format_date(self.env, self.date_death),
                    )
                )
            )
        if day > local_today(self.env) or (self.birthdate and day < self.birthdate):
            raise UserError(
                self._about_file(
                    self.env._("the day of death lies between the date of birth and today.")
                )
            )
        # sudo: integration.contact.person - the days alone, also of talks in a colleague's case
        talks = self.env["integration.contact.person"].sudo()
        later = talks.search(
            [("client_id", "=", self.id), ("date", ">", day), ("contact_id.cancelled", "=", False)],
            order="date, id",
            limit=1,
        )
        if later:
            raise UserError(
                self._about_file(
                    self.env._(
                        "a talk on %s names the person. Correct that contact or the day of death.",
                        format_date(self.env, later.date),
                    )
                )
            )

    def _reason_of_death(self):
        """Return the closure reason “death” of the employer, else the shared one."""
        reason = self.env["integration.closure.reason"].search(
            [("kind", "=", "death"), ("company_id", "in", [False, self.company_id.id])],
            order="company_id, sequence, id",
            limit=1,
        )
        if not reason:
            raise UserError(
                self._about_file(
                    self.env._(
                        "there is no closure reason “Death” in use. Ask the administration to "
                        "activate it."
                    )
                )
            )
        return reason

    def action_take_back_death(self):
        """Take back a death that was entered by mistake; cases are reopened by their buttons."""
        for client in self:
            client.check_access("write")
            day = client.date_death
            if not day:
                raise UserError(client._about_file(client.env._("no death is entered.")))
            client._as_system().write({"date_death": False})
            ended = client.household_member_ids.filtered(lambda row, day=day: row.date_to == day)
            if ended and not client.household_id:
                ended.sorted("date_from")[-1:].date_to = False
            closed = client.case_ids.filtered(
                lambda case: case.may_undo_close and case.closure_reason_id.kind == "death"
            )
            closed.action_undo_close()
