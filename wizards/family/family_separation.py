from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...models.mixins.once import once
from ...name_keys import phone_numbers
from ...tools import local_today


class IntegrationFamilySeparation(models.TransientModel):
    """Somebody leaves the household: says what will happen, does it, and reports it.

    At once, for it may be a question of safety: from the next query on neither side is read by
    the case of the other.
    """

    _name = "integration.family.separation"
    _inherit = ["integration.family.event"]
    _description = "Separation"

    leaving_ids = fields.Many2many(
        "integration.client",
        "integration_family_separation_leaving_rel",
        string="Leave Together",
        check_company=True,
        domain="[('id', 'in', member_ids), ('household_id', '=', household_id)]",
        help="Who leaves, with the children who come along.",
    )
    street = fields.Char(string="New Street")
    zip = fields.Char(string="New ZIP")
    city = fields.Char(string="New City")
    protected_address = fields.Boolean(
        string="Protect the New Address",
        help="It must not become known to anybody; it is left out of every paper and search.",
    )
    own_case = fields.Boolean(
        string="Open a Case of Their Own",
        default=True,
        help="For the adults who would be accompanied in no case any more.",
    )
    consequences = fields.Text(compute="_compute_consequences", string="What Will Happen")

    @api.model
    def default_get(self, fields):
        """Propose the person at whom it was begun, but nobody at a case: that would be a guess."""
        defaults = super().default_get(fields)
        client = self.env["integration.client"]._begun_at("client_id")
        if client and "leaving_ids" in fields:
            defaults["leaving_ids"] = [Command.set(client.ids)]
        return defaults

    @api.model
    def _about_client(self, case):
        return False

    @api.depends("leaving_ids", "own_case", "street", "city")
    def _compute_consequences(self):
        for dialog in self:
            lines = dialog._lines_of_consequences() if dialog.leaving_ids else []
            dialog.consequences = "\n".join(f"• {line}" for line in lines)

    def _staying(self):
        """Return, as superuser, who lives there now and does not leave."""
        # sudo: integration.household - who stays, also persons whom the user may not read
        living = self.leaving_ids._origin.household_id.sudo().current_client_ids
        return living - self.leaving_ids._origin

    def _lines_of_consequences(self):
        """Return in words what the separation will do, by file numbers."""
        env, leaving = self.env, self.leaving_ids._origin
        staying = self._staying()
        lines = [
            env._(
                "File %(files)s: from today on no part of household %(number)s.",
                files=self._numbers(leaving),
                number=", ".join(leaving.household_id.mapped("name")),
            )
        ]
        for side, others in ((leaving, staying), (staying, leaving)):
            apart = self._across(side, others)
            if apart:
                lines.append(
                    env._(
                        "File %s: no longer accompanied in the case of the other side; its "
                        "readers lose them at once.",
                        self._numbers(apart),
                    )
                )
        lines.append(
            env._("The new address replaces the old one in their files.")
            if self.street or self.city
            else env._("The old address is taken out of their files, so that no letter goes there.")
        )
        shared = self._same_phone(leaving, staying)
        if shared:
            lines.append(
                env._(
                    "File %s: the telephone number is that of somebody who stays, and is taken "
                    "out.",
                    self._numbers(shared),
                )
            )
        if self._named_in_plans(leaving, staying):
            lines.append(env._("An agreed plan names both sides: agree on a new version for each."))
        readers = self._readers_of_both(leaving, staying)
        if readers:
            lines.append(
                env._(
                    "%s will read files of both sides. Ask the team lead whether one of them is "
                    "handed over.",
                    ", ".join(readers.mapped("name")),
                )
            )
        return lines

    @api.model
    def _across(self, side, others):
        # sudo: integration.client - in whose case they are accompanied
        return side.sudo().filtered(lambda client: client.family_case_id.client_id in others)

    @api.model
    def _same_phone(self, leaving, staying):
        """Return those who leave and whose telephone is that of somebody who stays."""
        # sudo: integration.client - their numbers are compared, and none is told
        theirs = {n for client in staying.sudo() for n in phone_numbers(client.phone)}
        return leaving.filtered(lambda client: theirs & set(phone_numbers(client.phone)))

    @api.model
    def _named_in_plans(self, leaving, staying):
        plans = self.env["integration.plan"].search([("state", "=", "agreed")] + [
            "|", ("case_id.client_id", "in", leaving.ids), ("client_ids", "in", leaving.ids),
        ])  # fmt: skip
        return plans.filtered(lambda plan: (plan.case_id.client_id | plan.client_ids) & staying)

    @api.model
    def _readers_of_both(self, leaving, staying):
        """Return the users to whom files of both sides are open after the separation."""
        # sudo: integration.case.access - who reads which file: users, no content
        register = self.env["integration.case.access"].sudo()
        entries = register.search([("client_id", "in", (leaving | staying).ids)])
        entries = entries._current()
        sides = [
            entries.filtered(lambda e, s=side: e.client_id in s) for side in (leaving, staying)
        ]
        return sides[0].user_id & sides[1].user_id

    # ------------------------------------------------------------
    # Doing it
    # ------------------------------------------------------------

    @once
    def action_save(self):
        """Separate those who leave, and say what was done.

        :raises UserError: nobody leaves, all do, or they live in different households
        """
        self.ensure_one()
        leaving = self.leaving_ids
        leaving.check_access("write")
        home = leaving.household_id
        if not leaving or len(home) != 1 or leaving.filtered(lambda c: not c.household_id):
            raise UserError(
                self.env._("Choose who leaves: one person or several of the same household.")
            )
        staying = self._staying()
        if not staying:
            raise UserError(
                self.env._(
                    "Household %s: somebody has to stay. If all move together, change the address "
                    "in their files.",
                    home.name,
                )
            )
        shared = self._same_phone(leaving, staying)
        rows = leaving.household_member_ids._valid_each(local_today(self.env))
        stay = staying.with_env(self.env)._filtered_access("write")
        towns = {c: c._current_case().municipality_id for c in leaving | stay}
        rows._leave_together()
        silent = leaving._filtered_took_back()
        self._write_contact(leaving - silent, shared)
        opened = self._open_cases(leaving - silent, towns)
        opened |= self._open_cases(stay - stay._filtered_took_back(), towns)
        return self._told(
            self.env._("Separated"),
            self.env._(
                "File %(files)s: no longer in household %(number)s.",
                files=self._numbers(leaving),
                number=home.name,
            ),
            opened
            and self.env._("A case of their own was opened for file %s.", self._numbers(opened)),
            silent
            and self.env._(
                "File %s: the consent was taken back, so the address in the card stayed as it was.",
                self._numbers(silent),
            ),
        )

    def _write_contact(self, clients, shared):
        """Write the new address, or none; and no telephone that rings with those who stay."""
        clients.write({"street": self.street, "street2": False, "zip": self.zip, "city": self.city})
        (shared & clients).write({"phone": False})
        if self.protected_address:
            self.leaving_ids.write({"protected_address": True})

    def _open_cases(self, clients, towns):
        """Open a case for each adult of one side who is in none any more; minors go along.

        :param towns: {client: where she was accompanied before, if anywhere}
        """
        lone = clients.filtered(lambda c: towns[c] and not c._current_case())
        lone -= lone.filtered("case_ids")  # a file that was closed is reopened, by its button
        grown = lone.filtered(lambda c: not c._is_minor())
        if not self.own_case or not grown:
            return lone.browse()
        cases = self.env["integration.case"].create(
            [{"client_id": client.id, "municipality_id": towns[client].id} for client in grown]
        )
        cases[:1]._accompany(lone - grown)
        return grown
