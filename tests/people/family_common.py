from odoo.fields import Command

from .people_common import PeopleCommon


class FamilyCommon(PeopleCommon):
    """The dialog “New Family”, filled in and saved."""

    def _wizard(self, *persons, user=None, **values):
        """Fill in the dialog; persons have agreed on paper unless told otherwise."""
        return self._as(user or self.worker_a)["integration.family.new"].create(
            {
                "municipality_id": self.town_a.id,
                "line_ids": [Command.create({"consent": "paper", **person}) for person in persons],
                **values,
            }
        )

    def _saved(self, *persons, **values):
        """Save a family; return its clients in the order of the list, and the case."""
        wizard = self._wizard(*persons, **values)
        case = wizard.env["integration.case"].browse(wizard.action_save()["res_id"])
        return self._family(case), case

    def _family(self, case):
        """Return the clients of a family that has been saved, in the order of the list."""
        return case.household_id.current_client_ids.sorted("id")

    def _counts(self):
        """Return how many of everything the dialog creates there are."""
        return [
            self.env[f"integration.{name}"].search_count([])
            for name in (
                "client",
                "household",
                "household.member",
                "consent",
                "case",
                "contact",
                "note",
            )
        ]
