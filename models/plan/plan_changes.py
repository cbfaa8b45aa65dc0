from odoo import api, fields, models
from odoo.tools import format_date

TEMPLATE = "integration_management.integration_plan_changes"


class IntegrationPlan(models.Model):
    """What a version says that the one before did not: added, left out, changed.

    Both versions are frozen once they are agreed, so the list says the same for good. It is told
    in words: neither colours nor signs alone bear a meaning.
    """

    _inherit = "integration.plan"

    former_id = fields.Many2one(
        "integration.plan", string="Version Before", compute="_compute_former_id"
    )
    changes = fields.Html(
        string="What Has Changed", compute="_compute_changes", sanitize=False, copy=False
    )

    @api.depends("origin_id", "version")
    def _compute_former_id(self):
        chains = self.search(
            [("origin_id", "in", self.origin_id.ids), ("date_agreed", "!=", False)],
            order="version desc",
        )
        for plan in self:
            plan.former_id = chains.filtered(
                lambda p, plan=plan: p.origin_id == plan.origin_id and p.version < plan.version
            )[:1]

    @api.depends(
        "former_id",
        "client_ids",
        "line_ids.area_id",
        "line_ids.name",
        "line_ids.recognised_by",
        "line_ids.date_target",
        "line_ids.step_ids.name",
        "line_ids.step_ids.owner",
        "line_ids.step_ids.date_due",
    )
    @api.depends_context("lang", "uid", "integration_show_name")
    def _compute_changes(self):
        for plan in self:
            # What is saved: a list that moved with each key pressed could not be read.
            now = plan._origin
            former = now.former_id
            plan.changes = self._told_changes(now, former) if former else False

    @api.model
    def _told_changes(self, now, former):
        return self.env["ir.qweb"]._render(
            TEMPLATE,
            {
                "former": former,
                "joined": now.client_ids - former.client_ids,
                "left": former.client_ids - now.client_ids,
                "goals": now.line_ids._changes_since(former.line_ids),
            },
        )


class IntegrationPlanPart(models.AbstractModel):
    """How goals and steps are compared with those of the version before."""

    _inherit = "integration.plan.part"

    @api.model
    def _compared_fields(self):
        """Return the names of the fields that are agreed on, in the order they are told."""
        return []

    def _changes_since(self, formers):
        """Return what is told of the parts in ``self`` and of ``formers`` that are gone.

        :return: dictionaries with ``kind`` (new, changed, same, left), ``title``, ``details`` in
            words, and the ``steps`` of a goal, told in the same way
        """
        told = []
        known = self._known_formers(formers)
        for part in self:
            former = known.get(part)
            details = part._changed_fields(former) if former else []
            kind = ("changed" if details else "same") if former else "new"
            change = part._told_change(kind, former)
            told.append(change | {"details": details or change["details"]})
        gone = formers - formers.browse([former.id for former in known.values()])
        told += [part._told_change("left", part) for part in gone]
        return [change for change in told if change["kind"] != "same" or change["steps"]]

    def _known_formers(self, formers):
        """Return {part: the part of the version before that it goes on with}.

        Versions that are older than the reference are compared by their words.
        """
        known = {part: part.former_id for part in self if part.former_id in formers}
        if known:
            return known
        rest = list(formers)
        for part in self:
            same = next((f for f in rest if f._key_words() == part._key_words()), None)
            if same:
                known[part] = same
                rest.remove(same)
        return known

    def _key_words(self):
        """Return by what a part is known again where nothing refers to it."""
        return self.name

    def _told_change(self, kind, former):
        """Return what is told of a part; a goal tells its steps as well."""
        return {"kind": kind, "title": self._title_of_change(kind), "details": [], "steps": []}

    def _title_of_change(self, kind):
        """Return what happened to which part, in words."""
        return ""

    def _changed_fields(self, former):
        """Return in words which fields say something else than before."""
        return [
            self.env._(
                "%(field)s: from %(before)s to %(now)s",
                field=self._fields[name]._description_string(self.env),
                before=former._quoted(name),
                now=self._quoted(name),
            )
            for name in self._compared_fields()
            if former._told_value(name) != self._told_value(name)
        ]

    def _told_fields(self, names):
        """Return in one line what the fields say, if they say anything."""
        told = [
            self.env._(
                "%(field)s: %(value)s",
                field=self._fields[name]._description_string(self.env),
                value=self._quoted(name),
            )
            for name in names
            if self._told_value(name)
        ]
        return [" · ".join(told)] if told else []

    def _quoted(self, name):
        """Return the value of a field in words, typed ones in quotation marks."""
        value = self._told_value(name)
        if value and self._fields[name].type in ("char", "text"):
            return self.env._("“%(words)s”", words=value)
        return value or "–"

    def _told_value(self, name):
        """Return the value of a field in words."""
        field, value = self._fields[name], self[name]
        if field.type == "date":
            return format_date(self.env, value) if value else ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        return (value or "").strip()

    def _result(self):
        """Return what became of a part of the version before, if anything did."""
        if self.state == "open":
            return ""
        return ": ".join(filter(None, (self._told_value("state"), self._told_value("reason"))))
