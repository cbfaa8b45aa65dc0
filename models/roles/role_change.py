from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...tools import ROLES
from ..mixins.door import SYSTEM

ROLE_NAMES = [
    ("caseworker", "Case worker"),
    ("lead", "Team leader"),
    ("reporting", "Reporting officer"),
    ("county", "County coordinator"),
    ("dpo", "Data protection officer"),
    ("admin", "Administrator of the employer"),
    ("accommodation", "Accommodation staff"),
    ("municipality", "Municipality"),
]
# Who controls and who is controlled
APART = {"dpo", "admin"}
# Who works for no employer: third parties direct nothing and see no file (county standard 3.2.1).
OUTSIDE = {"municipality"}
# Roles that open files, or give away who reads them
OPENING = {"caseworker", "lead"}
# Whoever was appointed by her who asks, so lately, is no second person.
INDEPENDENT_AFTER = timedelta(days=30)


class IntegrationRoleChange(models.Model):
    """Who was given which role by whom, or lost it; and what waits for a second person.

    An administrator appoints data protection, which controls her: nobody does both at one
    employer, or makes herself data protection, unless somebody else has confirmed it (Art. 38 (3)
    and (6) GDPR). Rows come about with the roles themselves, whatever the way, and nobody changes
    or deletes them.
    """

    _name = "integration.role.change"
    _description = "Change of a Role"
    _order = "id desc"

    user_id = fields.Many2one(
        "res.users", string="Person", required=True, readonly=True, index=True, ondelete="restrict"
    )
    role = fields.Selection(ROLE_NAMES, required=True, readonly=True)
    kind = fields.Selection(
        [
            ("given", "Given"),
            ("taken", "Taken away"),
            ("placed", "Speaks for another municipality"),
            ("asked", "Waits for confirmation"),
            ("confirmed", "Confirmed"),
            ("refused", "Refused"),
        ],
        string="What Happened",
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", string="Employer", required=True, readonly=True, index=True
    )
    municipality_id = fields.Many2one(
        "integration.municipality", string="Speaks For", readonly=True, ondelete="restrict"
    )
    by_id = fields.Many2one(
        "res.users", string="Done By", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Datetime(
        string="When", required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    decided_by_id = fields.Many2one(
        "res.users", string="Second Person", readonly=True, ondelete="restrict"
    )
    can_decide = fields.Boolean(compute="_compute_can_decide", export_string_translation=False)

    @api.depends("user_id", "role")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for change in self:
            change.display_name = f"{change.user_id.name}: {roles.get(change.role, '')}"

    @api.depends("kind")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for change in self:
            change.can_decide = change.kind == "asked" and self.env.user in change._second_persons()

    # ------------------------------------------------------------
    # The second person
    # ------------------------------------------------------------

    def action_confirm(self):
        """Give the role that waits, as the second person.

        :raises AccessError: somebody who is none, or who asked for it
        """
        for change in self._to_decide():
            user = change.user_id
            if not (user.active and user.company_ids == change.company_id):
                raise UserError(
                    self.env._("%s does not work for this employer alone any more.", user.name)
                )
            group = self.env.ref(f"integration_management.group_{change.role}")
            user.with_context(integration_system=SYSTEM).write(
                {"group_ids": [Command.link(group.id)]}
            )
            change.write({"kind": "confirmed", "decided_by_id": self.env.uid})

    def action_refuse(self):
        """Leave the role as it is, as the second person."""
        self._to_decide().write({"kind": "refused", "decided_by_id": self.env.uid})

    def _to_decide(self):
        """Return the changes, as superuser, after making sure that the user is a second person."""
        self.check_access("read")
        for change in self:
            if not change.can_decide:
                raise AccessError(
                    self.env._(
                        "A second person confirms this: data protection or, where there is none, "
                        "another administrator, neither of them the one who asked for it."
                    )
                )
        # sudo: integration.role.change, res.users - no role writes either; a second person decides
        return self.sudo()

    def _second_persons(self):
        """Return who may confirm: data protection, else another administrator."""
        self.ensure_one()
        return self._who_confirms(self.user_id, self.company_id, self.by_id)

    @api.model
    def _who_confirms(self, user, company, asking):
        """Return who may confirm that ``user`` gets a role for which ``asking`` asks.

        Nobody whom one of these two has lately given the role by which she would confirm.
        """
        # sudo: integration.role.change - who got which role by whom, for the check alone
        lately = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("role", "in", ["dpo", "admin"]),
                ("kind", "=", "given"),
                ("by_id", "in", (asking | user).ids),
                ("date", ">", fields.Datetime.now() - INDEPENDENT_AFTER),
            ]
        )
        for role in ("dpo", "admin"):
            made = lately.filtered(lambda row, role=role: row.role == role).user_id
            persons = self._holders(role, company) - user - asking - made
            if persons:
                return persons
        return self.env["res.users"]

    @api.model
    def _waits(self, user, role, company, roles):
        """Return whether a second person must confirm that ``user`` gets ``role``.

        Who controls and who is controlled are two, and nobody makes herself data protection. Nor
        does she give herself a role that opens files, if there is somebody to ask: the
        administration reads none (county standard 3.2.3), and a small office still begins.

        :param roles: all that she holds then at ``company``
        """
        if role in APART and roles >= APART:
            return True
        if user != self.env.user:
            return False
        if role in OPENING:
            return bool(self._who_confirms(user, company, self.env.user))
        return role == "dpo"

    @api.model
    def _clash(self, roles):
        """Return whether nobody may hold all of ``roles``, wherever she works.

        Whoever speaks for a municipality raises concerns; whoever works for an employer answers
        them. A second person confirms nothing here.
        """
        return bool(OUTSIDE & roles) and bool(roles - OUTSIDE)

    @api.model
    def _holders(self, role, company):
        """Return the active users with ``role`` at the employer."""
        group = self.env.ref(f"integration_management.group_{role}")
        # sudo: res.groups, res.users - who is to be told or asked, no matter who asks
        return group.sudo().all_user_ids.filtered(lambda u: u.active and company in u.company_ids)

    # ------------------------------------------------------------
    # What is noted
    # ------------------------------------------------------------

    @api.model
    def _ask(self, user, roles):
        """Note that ``roles`` of ``user`` wait for a second person, and tell those who may be it.

        :raises UserError: there is nobody
        """
        company = self.env.company
        persons = self._who_confirms(user, company, self.env.user)
        if not persons:
            raise UserError(
                self.env._(
                    "Data protection controls the administration. That one person does both, or "
                    "makes herself data protection, needs a second one who confirms it: data "
                    "protection, or another administrator, who was not appointed by the same "
                    "person within the last 30 days. There is none yet. Give the role to somebody "
                    "else first."
                )
            )
        # sudo: integration.role.change - written with the roles themselves, never by hand
        register = self.sudo()
        register.search(
            [("user_id", "=", user.id), ("role", "in", list(roles)), ("kind", "=", "asked")]
        ).write({"kind": "refused", "decided_by_id": self.env.uid})
        register._add("asked", {(user, role, company) for role in roles})
        self.env["mail.activity"]._tell(
            persons,
            self.env._(
                "Changes of roles: %(by)s asks for a second person: %(user)s, %(roles)s",
                by=self.env.user.name,
                user=user.name,
                roles=self._names(roles),
            ),
        )
        return persons

    @api.model
    def _note(self, before, after):
        """Note which roles came and went, and tell data protection or else administration.

        :param before: set of (user, role, employer)
        :param after: as ``before``
        """
        gained, lost = after - before, before - after
        # sudo: integration.role.change - written with the roles themselves, never by hand
        register = self.sudo()
        register._add("given", gained)
        register._add("taken", lost)
        # Nobody acts while the module is installed, or in the demo county.
        if self.env.user._is_superuser():
            return
        for company in {company for _user, _role, company in gained | lost}:
            # Who held it before: nobody is told by becoming one of those whom it concerns, and
            # whoever loses data protection hears of it.
            former = {
                role: self._holders(role, company).union(
                    *(who for who, held, where in lost if (held, where) == (role, company))
                )
                - self.env["res.users"].union(
                    *(who for who, held, where in gained if (held, where) == (role, company))
                )
                - self.env.user
                for role in ("dpo", "admin")
            }
            others = former["dpo"] or former["admin"]
            for user in {user for user, _role, where in gained | lost if where == company}:
                self._tell_change(others, user, company, gained, lost)

    @api.model
    def _who_is_told(self, company):
        """Return whom a change at the employer concerns: data protection, else administration."""
        holders = (self._holders(role, company) - self.env.user for role in ("dpo", "admin"))
        return next(filter(None, holders), self.env["res.users"])

    @api.model
    def _tell_change(self, persons, user, company, gained, lost):
        def roles(rows):
            return {role for who, role, where in rows if (who, where) == (user, company)}

        words = [f"+ {self._names(roles(gained))}"] if roles(gained) else []
        words += [f"− {self._names(roles(lost))}"] if roles(lost) else []
        self.env["mail.activity"]._tell(
            persons,
            self.env._(
                "Changes of roles: %(by)s has changed those of %(user)s: %(roles)s",
                by=self.env.user.name,
                user=user.name,
                roles="; ".join(words),
            ),
        )

    @api.model
    def _note_municipality(self, users):
        """Note for whom ``users`` speak from now on, and tell who is told of roles.

        Another municipality opens other concerns, as another role opens other files.
        """
        # sudo: integration.role.change - written with the setting itself, never by hand
        register = self.sudo()
        for user in users:
            place = user.integration_municipality_id
            for company in user.company_ids:
                register._add("placed", {(user, "municipality", company)}, municipality_id=place.id)
                # Nobody acts while the module is installed, or in the demo county.
                if self.env.user._is_superuser():
                    continue
                self.env["mail.activity"]._tell(
                    self._who_is_told(company),
                    self.env._(
                        "Changes of roles: %(by)s has set for whom %(user)s speaks: %(place)s",
                        by=self.env.user.name,
                        user=user.name,
                        # sudo: integration.municipality - its name is public
                        place=place.sudo().name or self.env._("nobody"),
                    ),
                )

    @api.model
    def _add(self, kind, rows, **more):
        self.create(
            [
                {
                    "user_id": user.id,
                    "role": role,
                    "company_id": company.id,
                    "kind": kind,
                    "by_id": self.env.uid,
                    **more,
                }
                for user, role, company in sorted(
                    rows, key=lambda row: (row[0].id, ROLES.index(row[1]), row[2].id)
                )
            ]
        )

    @api.model
    def _names(self, roles):
        names = dict(self._fields["role"]._description_selection(self.env))
        return ", ".join(names[role] for role in ROLES if role in roles)
