from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ...figures.labels import sort_key
from ...figures.output.view import linked_number
from ...figures.quality_checks import CHECKS, QualityChecks
from ...models.access.case_access import FILE_ROLES
from ...tools import local_today

SILENT = "silent"  # the workers without entries: people of the employer, no files


class IntegrationQuality(models.TransientModel):
    """What is missing before the next submission, per worker, on one screen.

    Counts for anyone who answers for the figures; a number is a link only where the reader may
    open every record behind it, so that number and repair list are the same.
    """

    _name = "integration.quality"
    _inherit = ["integration.door"]
    _description = "Before the Submission"

    company_id = fields.Many2one(
        "res.company", string="Employer", required=True, readonly=True,
        default=lambda self: self.env.company,
    )  # fmt: skip
    date_from = fields.Date(
        string="From", required=True,
        default=lambda self: self.env.company._integration_submission_period()[0],
    )  # fmt: skip
    date_to = fields.Date(
        string="Until", required=True,
        default=lambda self: self.env.company._integration_submission_period()[1],
    )  # fmt: skip
    deadline = fields.Char(compute="_compute_deadline")
    body = fields.Html(compute="_compute_body", sanitize=False)

    @api.depends_context("lang")
    def _compute_display_name(self):
        for quality in self:
            quality.display_name = self.env._("Before the submission")

    @api.depends("company_id")
    @api.depends_context("lang", "uid")
    def _compute_deadline(self):
        today = local_today(self.env)
        for quality in self:
            # sudo: res.company - one date of the own employer
            day = quality._checked_company().sudo().integration_submission_date
            shown = day and format_date(self.env, day)
            if not day:
                quality.deadline = self.env._("No date is set for the next submission.")
            elif day < today:
                quality.deadline = self.env._(
                    "The last submission was due on %s; no later date is set.", shown
                )
            else:
                quality.deadline = self.env._(
                    "Next submission: %(date)s, in %(days)s days",
                    date=shown,
                    days=(day - today).days,
                )

    @api.depends("company_id", "date_from", "date_to")
    @api.depends_context("lang", "uid")
    def _compute_body(self):
        for quality in self:
            quality.body = quality._in_order() and self.env["ir.qweb"]._render(
                "integration_management.quality_screen", {"view": quality._view()}
            )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for quality in self:
            if not quality._in_order():
                raise UserError(self.env._("The period ends before it begins."))

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------
    @api.model
    def action_open(self):
        """Open the screen for the own employer."""
        self.check_access("read")
        quality = self.create({})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Before the submission"),
            "res_model": self._name,
            "res_id": quality.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def action_open_cell(self, cell):
        """List what is to be put right.

        :param cell: [check, id of a worker, or 0 for all]
        :raises AccessError: roles without files have no business there
        """
        self.ensure_one()
        self.check_access("read")
        if cell == [SILENT, 0] and self._sees_everybody():
            return self._action_silent()
        if not self.env.user.has_groups(FILE_ROLES):
            raise AccessError(self.env._("Your role opens no files."))
        try:
            check, worker = cell
            listed = self.env[CHECKS[check]]
            worker = int(worker)
        except (KeyError, TypeError, ValueError):
            raise UserError(self.env._("These figures have no such number.")) from None
        checks = self._checks()
        wanted = set()
        for (_company, user), ids in checks.found()[check].items():
            if user in (worker or user,) and self._is_shown(user):
                wanted |= ids
        records = listed.browse(sorted(wanted & checks.readable(check)))
        if check == "steps":
            return records._action_left_open()
        return {
            "type": "ir.actions.act_window",
            "name": self._titles()[check],
            "res_model": records._name,
            "views": [(False, mode) for mode in ("list", "kanban", "form")],
            "mobile_view_mode": "kanban",
            "domain": [("id", "in", records.ids)],
            "context": {"create": False, "integration_show_name": True},
            "target": "current",
        }

    def _action_silent(self):
        """List the workers who entered nothing, with how to reach them."""
        view = self.env.ref("integration_management.integration_quality_view_list_silent")
        workers = self._checks().silent(self._checked_company())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Workers without entries"),
            "res_model": "res.users",
            "views": [(view.id, "list")],
            "domain": [("id", "in", workers.ids)],
            "context": {"create": False},
            "target": "current",
        }

    # ------------------------------------------------------------
    # The screen
    # ------------------------------------------------------------
    def _checked_company(self):
        """Return the employer, refusing any but the user's own."""
        company = self.company_id
        if not self.env.su and company not in self.env.user.company_ids:
            raise AccessError(self.env._("Your role does not cover the figures of this scope."))
        return company

    def _checks(self):
        """Return the checks of the employer, for roles that answer for figures."""
        if not self.env.user.has_groups(
            "integration_management.group_caseworker,integration_management.group_reporting"
        ):
            raise AccessError(self.env._("Your role does not cover the figures of this scope."))
        return QualityChecks(self.env, {self._checked_company(): (self.date_from, self.date_to)})

    def _in_order(self):
        return self.date_from and self.date_to and self.date_from <= self.date_to

    def _sees_everybody(self):
        return self.env.user.has_group("integration_management.group_reporting")

    def _is_shown(self, user_id):
        """A case worker sees her own row; who reports sees everybody's."""
        return self._sees_everybody() or user_id == self.env.uid

    def _titles(self):
        return {
            "topic": self.env._("Talks without topic"),
            "consent": self.env._("Cases without consent"),
            "plan": self.env._("Cases without plan"),
            "review": self.env._("Plans overdue for review"),
            "steps": self.env._("Open steps of closed cases"),
        }

    def _view(self):
        """Return what the template shows: one row per worker, the total last."""
        checks = self._checks()
        found, contacts = checks.found(), checks.contacts()
        opens = self.env.user.has_groups(FILE_ROLES)
        readable = {check: checks.readable(check) if opens else set() for check in CHECKS}
        workers = checks.workers()[self.company_id.id]
        users = self._shown_users(found, workers)
        rows = [
            self._row(user, found, readable, contacts, user in workers)
            for user in users.sorted(lambda user: (sort_key(user.name), user.id))
        ]
        everything = self._everything(found, set(users.ids))
        return {
            "titles": list(self._titles().values()),
            "rows": rows,
            "silent": self._silent(sum(row["silent"] for row in rows)),
            "total": len(rows) > 1
            and {
                "contacts": sum(row["contacts"] for row in rows),
                "cells": [
                    self._cell(check, 0, everything[check], readable[check]) for check in CHECKS
                ],
            },
            "complete": not any(everything.values()),
        }

    def _shown_users(self, found, workers):
        """Return the workers of today and those who left something open, as far as shown."""
        ids = {user for rows in found.values() for _company, user in rows} | set(workers.ids)
        # sudo: res.users - names of colleagues who have left
        return self.env["res.users"].sudo().browse(ids).filtered(lambda u: self._is_shown(u.id))

    def _row(self, user, found, readable, contacts, works_here):
        """Return the numbers of one worker."""
        place = (self.company_id.id, user.id)
        number = contacts.get(place, 0)
        return {
            "name": user.name,
            "contacts": number,
            "silent": not number and works_here,
            "cells": [
                self._cell(check, user.id, found[check].get(place, set()), readable[check])
                for check in CHECKS
            ],
        }

    @staticmethod
    def _everything(found, shown):
        """Return {check: ids} over all workers shown."""
        return {
            check: set().union(*(ids for (_c, user), ids in found[check].items() if user in shown))
            for check in CHECKS
        }

    def _silent(self, number):
        """Say who entered nothing: for anyone who sees everybody, a number that lists them."""
        if not number:
            return ""
        if not self._sees_everybody():
            return self.env._("You have entered nothing for this period.")
        return Markup("%s %s") % (
            linked_number([SILENT, 0], str(number)),
            self.env._("without any entry in this period"),
        )

    @staticmethod
    def _cell(check, worker, ids, readable):
        """Return the number, as a link if the reader may open all of it."""
        text = str(len(ids))
        return linked_number([check, worker], text) if ids and ids <= readable else text
