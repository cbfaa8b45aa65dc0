from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command

from ...figures.breakdowns import TOTAL
from ...figures.engine import figures_matrix
from ...figures.facts import Facts, collect_facts
from ...figures.output.difference import FiguresDifference
from ...figures.protection.answers import Answers
from ...figures.protection.contents import Contents
from ...figures.request import STATE
from ...figures.scope import Scope
from ...tools import local_day


class IntegrationReport(models.Model):
    """Submitting figures: frozen for good, and later compared with what they would be today."""

    _inherit = "integration.report"

    fact_ids = fields.One2many(
        "integration.report.fact", "report_id", readonly=True, copy=False, groups=fields.NO_ACCESS
    )
    difference = fields.Html(compute="_compute_difference", sanitize=False)

    @api.depends("state")
    @api.depends_context("lang", "uid")
    def _compute_difference(self):
        for report in self:
            stored = report._origin
            report.difference = stored.state == "submitted" and report.env["ir.qweb"]._render(
                "integration_management.report_figures_difference",
                {"view": stored._difference().data(stored._compared_breakdowns())},
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------
    def action_submit(self):
        """Freeze the figures for good, or show them anew if they have changed meanwhile.

        Nothing is submitted that nobody has looked at: what was entered since the figures
        were counted would be frozen unseen.
        """
        self.check_access("write")
        changed = [report for report in self if not report._submit()]
        if not changed:
            return True
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self.env._(
                    "Something was entered since these figures were counted. They were counted"
                    " again: please look at them and submit once more."
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_compare(self):
        """Open the submitted figures beside those of today."""
        self.ensure_one()
        self._check_comparable()
        view = self.env.ref("integration_management.integration_report_view_form_difference")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compared with today"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "current",
        }

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------
    def _submit(self):
        """Freeze one report; return False if the figures are other ones by now."""
        self.ensure_one()
        self._check_permitted()
        # sudo: the request may not be edited by hand, its state neither
        report = self.sudo()
        try:
            report.lock_for_update()  # of two submissions at once, one comes first
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is submitting these figures right now. Please look at them again"
                    " in a moment."
                )
            ) from error
        report.invalidate_recordset(["state"])
        if report.state == "submitted":
            raise UserError(self.env._("These figures were submitted already."))
        seen = report._counted_hash()
        self._count()
        if report._counted_hash() != seen:
            return False
        # Only exact figures are compared later: the others would tell what they hide.
        facts = self._facts() if report.profile == STATE else {}
        report.write(
            {
                "record_counts": facts and Facts(facts).record_counts(),
                "fact_ids": [
                    Command.create({"measure": measure, "monthly": monthly, "groups": groups})
                    for (measure, monthly), groups in facts.items()
                ],
            }
        )
        self._seal()
        return True

    def _counts_on(self, day, until):
        """Return the day as of which this report counts what happened on ``day``, or False.

        :param until: first day on which what lasts is over; ``day`` itself if nothing lasts
        """
        if self.date_from <= day <= self.date_to:
            return day
        last = min(self.date_to, local_day(self, self.submitted_on))
        return day < self.date_from and (not until or until > last) and last

    def _facts(self):
        """Return the ids of the rows that are counted now, for the engine's use alone."""
        self._check_permitted()
        # sudo: rows of files that the reader may not open; ids that do not leave the engine
        asked = self.sudo().env, Scope.from_data(self.scope_data or {}), self._period()
        facts = collect_facts(*asked)
        for protection in (Contents, Answers):
            protection(*asked).adjust(facts)
        return facts

    def _frozen_facts(self):
        """Return the ids of the rows that were counted when the figures were submitted."""
        self._check_permitted()
        facts = defaultdict(list)
        # sudo: as above; no role has a right to them
        for fact in self.sudo().fact_ids:
            facts[fact.measure, fact.monthly] += fact.groups
        return facts

    def _check_comparable(self):
        self._check_permitted()
        if self.state != "submitted" or self.profile != STATE:
            raise UserError(self.env._("Only submitted state figures are compared with today's."))

    def _compared_breakdowns(self):
        """Return the breakdowns of the difference view: the totals and the report's own."""
        return list(dict.fromkeys([TOTAL, self.breakdown]))

    def _difference(self) -> FiguresDifference:
        """Compare the frozen figures with those of today, for anyone who may see both."""
        self.ensure_one()
        self._check_comparable()
        # sudo: the list of indicators is no secret; hidden ones were counted then
        indicators = self.env["integration.indicator"].sudo().with_context(active_test=False)
        # sudo: as above
        codes = self.sudo().line_ids.mapped("code")
        current = figures_matrix(
            self.env,
            indicators.search([("code", "in", codes)]),
            Scope.from_data(self.scope_data),
            self._period(),
        )
        return FiguresDifference.of(self, current, self._frozen_facts(), self._facts())
