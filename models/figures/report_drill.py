from odoo import models
from odoo.exceptions import AccessError, UserError

from ...figures.facts import Facts, record_id
from ...figures.protection.answers import Answers
from ...figures.protection.contents import Contents
from ...figures.registry import PLAN, RULES
from ...figures.request import STATE
from ...figures.scope import Scope
from ..access.case_access import FILE_ROLES


class IntegrationReport(models.Model):
    """From a number to the records behind it, as far as the reader's own files go."""

    _inherit = "integration.report"

    def action_open_cell(self, cell):
        """List the records behind one cell that the user may read.

        :param cell: [code, item, breakdown, key], as the screen links it
        :raises AccessError: roles without files have no business there
        """
        self.ensure_one()
        self._check_permitted()
        if not self._may_open_cells():
            raise AccessError(self.env._("Your role opens no files."))
        row, breakdown, key = self._find_cell(cell)
        submitted = self.state == "submitted" and self.sudo().fact_ids  # sudo: whether any
        if not submitted:
            self._check_still_told(row, breakdown, key)
        facts = Facts(self._frozen_facts() if submitted else self._facts())
        records, opened, total = self._opened(facts, row.rule, row.item, breakdown, key)
        unit = RULES[row.rule].unit
        title, note = self._opened_words(row, opened, total)
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "params": {"note": note},
            "res_model": unit.model,
            "view_mode": unit.modes,
            "views": [(False, mode) for mode in unit.modes.split(",")],
            # Nothing but what she may read: the ids of the others stay here.
            "domain": [("id", "in", records.ids)],
            "context": {"create": False, "active_test": False, "integration_show_name": True},
            "target": "current",
        }

    def _may_open_cells(self):
        """Return whether numbers are links: for roles with files, on exact figures."""
        return self.profile == STATE and self.env.user.has_groups(FILE_ROLES)

    def _find_cell(self, cell):
        """Return (row, breakdown, key) of a cell of this report.

        :raises UserError: there is no such cell
        """
        matrix = self._matrix()
        try:
            code, item, breakdown, key = cell
            row = next(
                row
                for row in matrix.rows
                if (row.code, row.item) == (code, item) and not row.is_heading
            )
            next(column for column in matrix.columns[breakdown] if column.key == key)
            if matrix.value(row, breakdown, key) is None:  # hidden, so is how many of them
                raise KeyError
        except (KeyError, StopIteration, TypeError, ValueError):
            raise UserError(self.env._("These figures have no such number.")) from None
        return row, breakdown, key

    def _check_still_told(self, row, breakdown, key):
        """Raise UserError where a number printed earlier would be hidden by now.

        What is opened is counted anew, so whether it is told is decided anew as well.
        """
        rule = RULES[row.rule]
        if not (rule.content or rule.answer):
            return
        # sudo: persons in talks that the reader may not open; whether they are enough, no more
        env = self.sudo().env
        protection = Contents if rule.content else Answers
        told = protection(env, Scope.from_data(self.scope_data or {}), self._period())
        if rule.answer and not told.is_told(breakdown, key):
            raise UserError(
                self.env._(
                    "What arrivals answered is not told here any more. Count the figures anew to "
                    "see what is told today."
                )
            )
        if not told.is_told(breakdown, key):
            raise UserError(
                self.env._(
                    "What talks were about is not told here any more: the talks, or the smallest"
                    " number that is printed, have changed since these figures were counted."
                    " Count them anew to see what is told today."
                )
            )

    def _opened(self, facts, rule, item, breakdown, key):
        """Return the readable records behind a cell, how many of them count, and of how many."""
        idents = facts.behind(rule, item, breakdown, key)
        unit = RULES[rule].unit
        model = self.env[unit.model].with_context(active_test=False)
        if rule == "family":
            persons = facts.behind("person", 0, breakdown, key)
            return self._opened_families(model, facts, idents, persons)
        if unit is PLAN:
            return self._opened_plans(model, idents)
        records = model.search([("id", "in", list({record_id(ident) for ident in idents}))])
        found = set(records.ids)
        return records, sum(record_id(ident) in found for ident in idents), len(idents)

    @staticmethod
    def _opened_families(model, facts, idents, persons):
        """Return the persons of families, who have no list of their own.

        :param set persons: the clients counselled in the same cell
        """
        clients = {
            ident: {facts.presences[p][0] for p in facts.present["family", ident]} & persons
            for ident in idents
        }
        records = model.search([("id", "in", list(set().union(*clients.values())))])
        found = set(records.ids)
        return records, sum(bool(found & ids) for ids in clients.values()), len(idents)

    @staticmethod
    def _opened_plans(model, idents):
        """Return the latest readable version of each plan; one may count once per worker."""
        origins = [record_id(ident) for ident in idents]
        latest = {}
        for plan in model.search([("origin_id", "in", origins)], order="version desc"):
            latest.setdefault(plan.origin_id.id, plan.id)
        found = sum(origin in latest for origin in origins)
        return model.browse(latest.values()), found, len(origins)

    def _opened_words(self, row, opened, total):
        """Return the title of the list, e.g. "Counselling talks: 5 of 7", and where the rest is."""
        figure = row.text("label", self.env.lang or "en_US")
        if opened == total:
            return f"{figure}: {total}", ""
        title = self.env._(
            "%(figure)s: %(opened)s of %(total)s", figure=figure, opened=opened, total=total
        )
        if self.env.user.has_group("integration_management.group_lead"):
            return title, self.env._("%s, the rest lies in files not open to you.", title)
        return title, self.env._("%s, the rest lies in files handed over.", title)
