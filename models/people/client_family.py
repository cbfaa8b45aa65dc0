from odoo import models

from ...tools import local_today, plain_name


def _words(name):
    """Return the words of a name, in whatever order, as :func:`plain_name` compares them."""
    return sorted(plain_name((name or "").replace(",", " ")).split())


class IntegrationClient(models.Model):
    """Who lives with whom, and who may stand for a minor."""

    _inherit = "integration.client"

    def _household_on(self, day):
        """Return the other persons of the household as it was on ``day`` or is today."""
        self.ensure_one()
        # sudo: integration.household.member - who lives together; the caller reads the persons
        own = (self._origin or self).sudo().household_member_ids
        together = own.client_id.browse()
        # Each day by itself: who moved into the former flat never lived with this client.
        for each in (day, local_today(self.env)):
            members = own._valid_on(each).household_id.member_ids
            together |= members.filtered(lambda m, on=each: m._valid_on(on)).client_id
        return together - own.client_id

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
