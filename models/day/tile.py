from ast import literal_eval

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .questions import QUESTIONS

# Which tiles a role sees, in the order of the page
SCOPES = [("mine", "My Cases"), ("team", "My Team"), ("privacy", "Data Protection")]
SCOPE_ROLES = {"mine": "caseworker", "team": "lead", "privacy": "dpo"}


class IntegrationDayTile(models.Model):
    """One thing on My Day that needs somebody: how much of it there is, and since when.

    The page is the kanban of these rows. All numbers of a page come in one query, and each from
    the question whose list the tile opens (``questions.py``), under the rights of the reader.
    """

    _name = "integration.day.tile"
    _inherit = ["integration.door"]
    _description = "Tile of My Day"
    _order = "scope, sequence, id"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, translate=True)
    hint = fields.Char(translate=True, help="What is meant, and what to do.")
    icon = fields.Char(required=True, help="Name of a Font Awesome icon.")
    scope = fields.Selection(SCOPES, required=True, readonly=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_urgent = fields.Boolean(help="Shown in the colour of warning as soon as there is any.")
    count = fields.Integer(compute="_compute_count")
    first_day = fields.Date(string="Since or By", compute="_compute_count")
    is_for_me = fields.Boolean(
        compute="_compute_is_for_me", search="_search_is_for_me", export_string_translation=False
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "A tile with this code exists already.")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_count(self):
        asked = self.filtered(lambda tile: tile.code in QUESTIONS)
        found = {}
        parts = [part for part in map(IntegrationDayTile._count_sql, asked) if part]
        if parts:
            self.env.flush_all()
            rows = self.env.execute_query(SQL(" UNION ALL ").join(parts))
            found = {code: (count, day) for code, count, day in rows}
        for tile in self:
            tile.count, day = found.get(tile.code, (0, None))
            tile.first_day = day or False

    def _count_sql(self):
        """Return the SQL that counts what the tile is about, as the reader may see it."""
        question = QUESTIONS[self.code]
        model = self.env[question.model]
        if not model.has_access("read"):
            return None
        query = model._search(question.domain(self.env))
        day = SQL("NULL")
        if question.day:
            day = SQL("min(%s)", model._field_to_sql(query.table, question.day, query))
        return SQL(
            "(%s)", query.select(SQL("%s", self.code), SQL("count(*)"), SQL("%s::date", day))
        )

    def action_open(self):
        """Open the list that the number counts."""
        self.ensure_one()
        question = QUESTIONS[self.code]
        action = self.env["ir.actions.act_window"]._for_xml_id(question.action)
        context = literal_eval(action.get("context") or "{}")
        context = {k: v for k, v in context.items() if not k.startswith("search_default_")}
        if self.count:
            # On a phone one column is seen: not an empty one
            context["integration_filled_columns"] = True
            if question.group_by:
                context["group_by"] = [question.group_by]
        return dict(
            action,
            help=self._nothing_there(),
            name=self.name,
            display_name=self.name,
            domain=[*Domain(question.domain(self.env))],
            context=context,
            path=False,
        )

    def _nothing_there(self):
        """Return what an empty list says: what the tile asks, not how records are made."""
        return Markup('<p class="o_view_nocontent_smiling_face">%s</p><p>%s</p>') % (
            self.env._("Nothing is waiting here"),
            self.hint or "",
        )

    # ------------------------------------------------------------
    # Whose tile it is
    # ------------------------------------------------------------

    @api.depends_context("uid")
    def _compute_is_for_me(self):
        scopes = self._my_scopes()
        for tile in self:
            tile.is_for_me = tile.scope in scopes

    def _search_is_for_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = Domain("scope", "in", self._my_scopes())
        return Domain.OR(mine if wanted else ~mine for wanted in value)

    @api.model
    def _my_scopes(self):
        """Return the scopes of the roles that the reader has."""
        group = "integration_management.group_%s"
        return [s for s, role in SCOPE_ROLES.items() if self.env.user.has_group(group % role)]
