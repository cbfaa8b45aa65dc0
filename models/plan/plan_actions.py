from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools import local_today, same_words

# A plan is looked at again twice a year unless both agree on something else.
REVIEW_AFTER = relativedelta(months=6)


class IntegrationPlan(models.Model):
    """The course of a plan: agreed, reviewed, continued in a new version, ended."""

    _inherit = "integration.plan"
    # A withdrawal must never keep a case open.
    _ending_fields = frozenset({"state", "date_ended", "origin_id"})

    def action_agree(self, date=None, date_next_review=None):
        """Agree the drafts in ``self``; the version in force before ends that day.

        :param date: day of the agreement, today by default
        :param date_next_review: six months later by default
        """
        self.check_access("write")
        date = fields.Date.to_date(date) or local_today(self.env)
        for plan in self:
            plan._check_can_agree(date)
            previous = plan._agreed_version()
            # Not gated: a family member who withdrew is why there is a new version.
            previous._as_system().write({"state": "ended", "date_ended": date})
            previous.flush_recordset()  # the unique index must see this row first
            plan._as_system().write(
                {
                    "state": "agreed",
                    "date_agreed": date,
                    "date_next_review": date_next_review
                    or plan.date_next_review
                    or date + REVIEW_AFTER,
                    "municipality_id": plan.case_id._municipality_on(date).id,
                    # Imports and the demo name the worker themselves.
                    "user_id": plan.user_id.id if self.env.su else self.env.uid,
                }
            )
        return True

    def action_new_version(self):
        """Open the next version: a draft with the goals that are still worked on."""
        self.ensure_one()
        self.check_access("write")
        chain = self.search([("origin_id", "=", self.origin_id.id)], order="version desc")
        draft = chain.filtered(lambda p: p.state == "draft")
        if not draft:
            if self.state != "agreed":
                raise UserError(
                    self.env._("%s is not in force: start a new plan instead.", self.display_name)
                )
            draft = self._as_system().create(self._prepare_version(chain[0].version + 1))
        return draft.with_env(self.env)._get_records_action()

    def action_review(self):
        """Open the dialog in which a review talk is recorded."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "agreed":
            raise UserError(
                self.env._("%s is not in force and cannot be reviewed.", self.display_name)
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "integration_management.integration_plan_review_wizard_action"
        )
        return action | {"context": {"default_plan_id": self.id}}

    def action_take_goals(self, template_ids):
        """Copy entries of the library into the draft, as the reader's language says them.

        What stands in the draft already is left as it is, so that a second press, or a second
        worker, makes no second goal.

        :param template_ids: ids of integration.goal.template
        """
        self.ensure_one()
        self.check_access("write")
        self._check_locked({"case_id"})
        entries = self._offered(template_ids)
        self._take_turns()
        for entry in entries:
            if not any(
                goal.area_id == entry.area_id and same_words(goal.name, entry.name)
                for goal in self.line_ids
            ):
                self._take_goal(entry)
        return True

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _end(self, date):
        """End the versions still running, because their case is closed on ``date``.

        Also without a valid consent: a withdrawal must never keep a case open.
        """
        running = self.filtered(lambda p: p.state != "ended")
        for plan in running:
            if plan.date_agreed and plan.date_agreed > date:
                raise UserError(self.env._("%s was agreed only after that day.", plan.display_name))
        running._as_system().write({"state": "ended", "date_ended": date})

    def _undo_end(self, date):
        """Let the last version agreed, and a draft after it, go on: their case was not closed.

        :param date: day of the end; what a new version ended on it stays ended
        """
        chain = self.sorted("id")[-1:].origin_id
        ended = self.filtered(
            lambda p: p.origin_id == chain and p.state == "ended" and p.date_ended == date
        )
        drafts = ended.filtered(lambda p: not p.date_agreed)
        agreed = (ended - drafts)._last_agreed()
        for plans, state in ((drafts, "draft"), (agreed, "agreed")):
            plans._as_system().write({"state": state, "date_ended": False})

    def _check_can_agree(self, date):
        """Refuse to agree what is no plan: nothing to reach, or due before it begins."""
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self.env._("%s is no draft.", self.display_name))
        if not self.line_ids:
            raise UserError(self.env._("%s has no goal yet.", self.display_name))
        previous = self._agreed_version()
        if previous and date < previous.date_agreed:
            raise UserError(
                self.env._(
                    "%(plan)s cannot be agreed before %(previous)s.",
                    plan=self.display_name,
                    previous=previous.display_name,
                )
            )
        days = self.line_ids.filtered(lambda g: g.state == "open").mapped("date_target")
        days += self.step_ids.filtered(lambda s: s.state == "open").mapped("date_due")
        if any(day and day < date for day in days):
            raise UserError(
                self.env._(
                    "%s: a goal or step is due before the agreement. Set new dates first.",
                    self.display_name,
                )
            )

    def _prepare_version(self, version):
        """Return the values of the next version of this plan."""
        goals = self.line_ids.filtered(lambda goal: goal.state in ("open", "partly"))
        return {
            "case_id": self.case_id.id,
            "client_ids": [Command.set(self._going_on_together().ids)],
            "origin_id": self.origin_id.id,
            "version": version,
            "line_ids": [Command.create(goal._prepare_version()) for goal in goals],
        }

    def _going_on_together(self):
        """Return who takes part in the next version: nobody who left the household."""
        return self._family(self.client_ids)

    # ------------------------------------------------------------
    # Goals of the library: their words are copied
    # ------------------------------------------------------------

    def _offered(self, template_ids):
        """Return the entries of these ids that the library offers now.

        :raises UserError: if one was archived, deleted or never offered to the reader
        """
        ids = template_ids if isinstance(template_ids, list) else [None]
        known = all(isinstance(id_, int) and not isinstance(id_, bool) for id_ in ids)
        entries = self.env["integration.goal.template"]
        if known:
            entries = entries.search(
                [("id", "in", ids), ("company_id", "in", [False, self.company_id.id])]
            )
        if not known or len(entries) != len(set(ids)):
            raise UserError(
                self.env._(
                    "%s: this goal is no longer in the library. Close the window and choose anew.",
                    self.display_name,
                )
            )
        return entries

    def _take_goal(self, entry):
        """Write the words of ``entry`` into a new goal at the end of the plan."""
        return self.env["integration.plan.line"].create(
            {
                **entry._goal_words(),
                "plan_id": self.id,
                "area_id": entry.area_id.id,
                "sequence": max([0, *self.line_ids.mapped("sequence")]) + 10,
            }
        )
