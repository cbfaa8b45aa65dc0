from odoo import models

from ...tools import local_today


def _words(name):
    """Return the words of a name, in whatever order and spelling of capitals."""
    return sorted((name or "").replace(",", " ").casefold().split())


class IntegrationClient(models.Model):
    """Who lives with whom, and who may stand for a minor."""

    _inherit = "integration.client"

    def _household_on(self, day):
        """Return the other persons of the household as it was on ``day`` or is today."""
        self.ensure_one()
        days = {day, local_today(self.env)}
        # sudo: integration.household.member - who lives together; the caller reads the persons
        own = (self._origin or self).sudo().household_member_ids
        households = own.browse().union(*(own._valid_on(each) for each in days)).household_id
        members = households.member_ids
        together = members.filtered(lambda member: any(member._valid_on(each) for each in days))
        return together.client_id - own.client_id

    def _possible_guardians(self, day=None):
        """Return the adults of the household, as far as the user may read them."""
        day = day or local_today(self.env)
        persons = self._household_on(day).with_env(self.env)._filtered_access("read")
        return persons.filtered(lambda person: not person._is_minor(day))

    def _is_called(self, name):
        """Return whether ``name`` is the client's own."""
        return bool(_words(name)) and _words(name) == _words(self.name)

    def _names_a_child(self, name, day):
        """Return whether ``name`` is a minor's of the household, and no adult's as well."""
        namesakes = self._household_on(day).filtered(lambda person: person._is_called(name))
        return bool(namesakes) and all(person._is_minor(day) for person in namesakes)
