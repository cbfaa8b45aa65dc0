from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.mixins.once import once
from ...tools import local_today


class IntegrationFamilyBirth(models.TransientModel):
    """A child is born: card, household, the guardian's answer and the family's case at once."""

    _name = "integration.family.birth"
    _inherit = ["integration.family.event", "integration.family.person"]
    _description = "Birth in the Family"

    birthdate = fields.Date(required=True, default=lambda self: local_today(self.env))
    client_id = fields.Many2one(
        string="Parent", readonly=False, help="Who lives with the child and decides for it."
    )
    language_ids = fields.Many2many(check_company=True)
    interpreter = fields.Char(help="Who interpreted, if anybody did.")

    @api.model
    def default_get(self, fields):
        """Let the child speak what its parent speaks."""
        defaults = super().default_get(fields)
        parent = self.env["integration.client"].browse(defaults.get("client_id") or [])
        if parent and "language_ids" in fields:
            languages = parent._filtered_access("read").language_ids
            defaults.setdefault("language_ids", [(6, 0, languages.ids)])
        return defaults

    @once
    def action_save(self):
        """Enter the child, and say in which case it is accompanied.

        :raises UserError: no answer is chosen, or the parent is a minor and cannot decide
        """
        self.ensure_one()
        parent = self._person()
        if not self.consent:
            raise UserError(
                self.env._(
                    "Choose whether the guardian agrees to the counselling file, or “Not asked "
                    "yet”."
                )
            )
        if self.birthdate > local_today(self.env):
            raise UserError(self.env._("The child is entered once it is born."))
        parent_row = parent.household_member_ids._valid_on(local_today(self.env))
        began = max(self.birthdate, parent_row.date_from or self.birthdate)
        household = parent._own_household(began)
        entered = self._create_client(household, "child", began)
        if self.consent != "later":
            self.env["integration.consent"].create(self._consent_vals(entered, parent))
        case = self._open_case()
        if case:
            case._accompany(entered)
        return self._told(
            self.env._("Birth entered"),
            self.env._("File %s was opened.", entered.file_number),
            case and self.env._("Accompanied in the case of file %s.", case.file_number),
        )

    def _entry_company(self):
        return self.client_id.company_id

    def _entry_interpreter(self):
        return self.interpreter

    def _entry_values(self):
        """Return where the parent lives; a child of hers is hidden like her."""
        parent = self.client_id
        names = ("street", "street2", "zip", "city", "protected_address")
        return {name: parent[name] for name in names if parent[name]}
