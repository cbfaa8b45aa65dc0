from datetime import timedelta

from odoo import models

from ...tools import local_today


class IntegrationClient(models.Model):
    """Who is accompanied with whom once a family is no longer what it was.

    Whoever parts, dies or says no leaves the family's case; nobody is left without a worker.
    """

    _inherit = "integration.client"

    def _part_from(self, staying):
        """Let nobody be accompanied any more in a case across the line between two households.

        :param staying: the persons whom those in ``self`` do not live with any more
        :return: {client: the case in which she is accompanied now, or none}
        """
        moved = {}
        for side, others in ((self, staying), (staying, self)):
            # sudo: integration.client - who is accompanied in whose case, also of persons whom
            # the user may not read: the line is drawn for both sides alike
            persons = side.sudo()
            for client in persons:
                if client.family_case_id.client_id in others:
                    moved[client] = client._leave_family(persons)
        return moved

    def _leave_family(self, companions=None):
        """Take the client, called as superuser, out of the family's case; return the new one.

        :param companions: whose open case takes her in, if the file may pass there
        """
        self.ensure_one()
        left = self.family_case_id
        running = (companions or self).case_ids.filtered(
            lambda case: case.state != "closed" and case != left
        )
        for case in running.sorted("date_start"):
            if not self._filtered_not_passing_to(case.user_id):
                case._accompany(self)
                return case
        # First this: in between nobody would have the file.
        self.env["integration.case.access"]._grant_client(self, left.user_id)
        self.family_case_id = False
        return left.browse()

    def _move_in(self, household, day, roles=None):
        """Let the clients live in ``household`` from ``day`` on; where they lived before ends.

        :param roles: {client: role}, else the one that each had where she lived before
        """
        rows = self.env["integration.household.member"]
        # sudo: integration.household.member - who lived where before; writing is checked below
        before = {client: client.sudo().household_member_ids._valid_on(day) for client in self}
        roles = {client: before[client].role or "adult" for client in self} | (roles or {})
        self.household_member_ids._end_on(day - timedelta(days=1))
        return rows.create(
            [
                {
                    "household_id": household.id,
                    "client_id": client.id,
                    "role": roles[client],
                    "date_from": day,
                }
                for client in self
            ]
        )

    def _own_household(self, day):
        """Return the household the client lives in, a new one of her own if there is none."""
        self.ensure_one()
        if self.household_id:
            return self.household_id
        household = self.env["integration.household"].create({"company_id": self.company_id.id})
        self._move_in(household, day)
        return household

    def _marry(self, spouse, day, along=None):
        """Let ``spouse``, and those who come along, live with the client from ``day`` on.

        :return: the household
        """
        self.ensure_one()
        today = local_today(self.env)
        household = self._own_household(day)
        moving = (spouse | (along or spouse.browse())).filtered(
            lambda person: person.household_id != household
        )
        moving._move_in(household, day, {spouse: "partner"})
        couple = (self | spouse).household_member_ids._valid_each(today)
        # A grown child who marries at home stays the child of the house.
        couple.filtered(lambda row: row.role in ("adult", "other")).role = "partner"
        return household
