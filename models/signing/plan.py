import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from .agreement_words import german_day


class IntegrationPlan(models.Model):
    """What was agreed is frozen to the letter, and printed in the client's language."""

    _inherit = "integration.plan"

    sheet_ids = fields.One2many(
        "integration.agreement.sheet", "plan_id", string="Agreement Sheets", readonly=True
    )
    sheet_count = fields.Integer(compute="_compute_sheet_count", string="Sheets")

    @api.depends("sheet_ids")
    def _compute_sheet_count(self):
        counts = dict(
            self.env["integration.agreement.sheet"]._read_group(
                [("plan_id", "in", self.ids)], ["plan_id"], ["__count"]
            )
        )
        for plan in self:
            plan.sheet_count = counts.get(plan._origin, 0)

    def _after_write(self, change):
        super()._after_write(change)
        if change.vals.get("date_agreed"):
            self.env["integration.agreement"]._freeze(self)

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def _agreed_words(self):
        """Return the words of this version as they were agreed.

        :raises UserError: it is not agreed yet, or the words are no longer those
        """
        self.ensure_one()
        self.check_access("read")
        if not self.date_agreed:
            raise UserError(
                self.env._("%s is not agreed yet: agree it first, then print.", self.display_name)
            )
        agreements = self.env["integration.agreement"]
        # For plans that were agreed before there were frozen words
        agreements._freeze(self)
        # sudo: integration.agreement - of a plan whose right to be read was checked
        agreement = agreements.sudo().search([("plan_id", "=", self.id)])
        agreements._ensure_intact(agreement)
        return json.loads(agreement.words)

    def _words_now(self):
        """Return what the plan says today, as plain values."""
        self.ensure_one()
        # sudo: integration.plan - names of who plans together; the plan itself was checked
        plan = self.sudo()
        employer, client = plan.company_id, plan.client_id
        place = " ".join(filter(None, (employer.zip, employer.city)))
        return {
            "employer": [
                part for part in (employer.name, employer.street, place, employer.phone) if part
            ],
            "people": [person.name or "" for person in client | plan.client_ids],
            "born": german_day(client.birthdate),
            "file_number": plan.case_id.file_number or "",
            "version": plan.version,
            "worker": plan.user_id.name,
            "agreed": german_day(plan.date_agreed),
            "review": german_day(plan.date_next_review),
            "goals": [goal._words_now() for goal in plan.line_ids.sorted()],
        }

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_make_sheet(self):
        """Open the dialog in which a sheet is made: language, translations, how it is signed."""
        self.ensure_one()
        self.check_access("write")
        self._agreed_words()
        return {
            "type": "ir.actions.act_window",
            "res_model": "integration.agreement.make",
            "target": "new",
            "views": [(False, "form")],
            "name": self.env._("Agreement Sheet"),
            "context": {"default_plan_id": self.id, "integration_show_name": True},
        }

    def action_open_sheets(self):
        """Open the sheets that were made of this version."""
        self.ensure_one()
        sheets = self.sheet_ids
        return {
            "type": "ir.actions.act_window",
            "res_model": sheets._name,
            "name": self.env._("Agreement Sheets"),
            "views": [(False, "list"), (False, "form")],
            "domain": [("plan_id", "=", self.id)],
            "context": {"create": False},
        }
