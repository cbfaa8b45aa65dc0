from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools import ROLES
from ..mixins.door import SYSTEM


class ResUsers(models.Model):
    """Each change of a role of ours is noted, whoever makes it and in which way."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._follow_integration_roles(set())
        users._follow_municipality({})
        return users

    def write(self, vals):
        written = vals.keys() if isinstance(vals, dict) else set()
        roles = bool(written & {"group_ids", "company_ids", "role"})
        placed = "integration_municipality_id" in written
        before = self._integration_roles() if roles else set()
        places = {user.id: user.integration_municipality_id for user in self if placed}
        result = super().write(vals)
        if roles:
            self._follow_integration_roles(before)
        if placed:
            self._follow_municipality(places)
        return result

    def _follow_municipality(self, before):
        """Note who speaks for another municipality now.

        :param before: {id of a user: municipality}
        """
        none = self.env["integration.municipality"]
        changed = self.filtered(
            lambda user: user.integration_municipality_id != before.get(user.id, none)
        )
        self.env["integration.role.change"]._note_municipality(changed)

    def _integration_roles(self):
        """Return the set of (user, role, employer) that hold now."""
        return self._integration_roles_where(SQL("held.uid IN %s", tuple(self.ids) or (0,)))

    @api.model
    def _all_integration_roles(self):
        """Return the set of (user, role, employer) that hold now, of everybody."""
        return self._integration_roles_where(SQL("TRUE"))

    @api.model
    def _integration_roles_where(self, condition):
        """Return the set of (user, role, employer) under ``condition``, in one query.

        Whoever changes anybody's groups pays for it, in whatever database: Odoo drops its caches
        then, and asked by the ORM each role and each user would be looked up anew.
        """
        self.env["res.users"].flush_model(["group_ids", "company_ids"])
        self.env["res.groups"].flush_model(["implied_ids"])
        names = {f"group_{role}": role for role in ROLES}
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE giving (name, gid) AS (
                       SELECT name, res_id FROM ir_model_data
                        WHERE module = 'integration_management' AND model = 'res.groups'
                          AND name IN %s
                        UNION
                       SELECT giving.name, implied.gid FROM giving
                         JOIN res_groups_implied_rel implied ON implied.hid = giving.gid
                   )
                   SELECT DISTINCT held.uid, giving.name, company.id FROM giving
                     JOIN res_groups_users_rel held ON held.gid = giving.gid
                     JOIN res_company_users_rel employed ON employed.user_id = held.uid
                     JOIN res_company company ON company.id = employed.cid AND company.active
                    WHERE %s""",
                tuple(names),
                condition,
            )
        )
        users = self.env["res.users"].sudo(False)
        companies = self.env["res.company"].sudo(False)
        return {(users.browse(uid), names[name], companies.browse(cid)) for uid, name, cid in rows}

    def _follow_integration_roles(self, before):
        """Note what has changed since ``before``, unless it needs a second person.

        :raises UserError: one person would appoint and be data protection
        """
        self._judge_integration_roles(before, self._integration_roles())

    @api.model
    def _judge_integration_roles(self, before, after):
        """Note what has changed, unless it needs a second person; see above."""
        if after == before:
            return
        if not (self.env.user._is_superuser() or self._is_integration_confirmed()):
            self._check_integration_roles_apart(before, after)
        self.env["integration.role.change"]._note(before, after)

    def _is_integration_confirmed(self):
        return self.env.context.get("integration_system") is SYSTEM

    @api.model
    def _check_integration_roles_apart(self, before, after):
        """Refuse what only a second person may confirm; see ``_waits()`` of the register.

        :raises UserError: also for Odoo's own administrators
        """
        register = self.env["integration.role.change"]
        for user in {gained[0] for gained in after - before}:
            if register._clash({held for who, held, _where in after if who == user}):
                raise UserError(
                    self.env._(
                        "%(user)s: whoever speaks for a municipality has no other role. She raises "
                        "concerns, and those who work for an employer answer them.",
                        user=user.name,
                    )
                )
        for user, role, company in after - before:
            roles = {held for who, held, where in after if (who, where) == (user, company)}
            if register._waits(user, role, company, roles):
                raise UserError(
                    self.env._(
                        "%(user)s: data protection controls the administration, and neither opens "
                        "files to herself. One person does so only if a second one confirms it. "
                        "The dialog “Users and Roles” asks for that.",
                        user=user.name,
                    )
                )
