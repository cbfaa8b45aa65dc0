from odoo import api, fields, models

from ...tools import local_today

# What Odoo calls a company until somebody says its name
UNNAMED = ("My Company", "YourCompany", "Mein Unternehmen", "")


class IntegrationFirstSteps(models.TransientModel):
    """What is left to do in an empty database, as seven ticks, instead of an empty app."""

    _name = "integration.first.steps"
    _description = "First Steps"

    has_county = fields.Boolean(compute="_compute_steps")
    has_mandate = fields.Boolean(compute="_compute_steps")
    has_worker = fields.Boolean(compute="_compute_steps")
    has_employer_type = fields.Boolean(compute="_compute_steps")
    has_letterhead = fields.Boolean(compute="_compute_steps")
    has_notice = fields.Boolean(compute="_compute_steps")
    has_family = fields.Boolean(compute="_compute_steps")
    done_count = fields.Integer(compute="_compute_steps")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_steps(self):
        company = self.env.company
        today = local_today(self.env)
        caseworkers = self.env.ref("integration_management.group_caseworker")
        # sudo: integration.consent.notice - only whether one is in force, without which nobody
        # consents
        notices = self.env["integration.consent.notice"].sudo()
        # sudo: res.users - only whether there is one; the administrator reads no groups
        users = self.env["res.users"].sudo()
        # sudo: integration.case - only whether there is one; the administrator reads no files
        cases = self.env["integration.case"].sudo()
        values = {
            "has_employer_type": bool(company.integration_employer_type),
            "has_county": bool(self.env["integration.municipality"].search_count([], limit=1)),
            # What papers and notices bear
            "has_letterhead": bool(
                company.name not in UNNAMED and company.logo and not company.uses_default_logo
            ),
            "has_notice": bool(
                notices.search_count(
                    [
                        ("company_id", "=", company.id),
                        ("state", "=", "published"),
                        ("valid_from", "<=", today),
                    ],
                    limit=1,
                )
            ),
            "has_mandate": bool(
                self.env["integration.mandate"].search_count(
                    [
                        ("company_id", "=", company.id),
                        ("date_start", "<=", today),
                        "|",
                        ("date_end", "=", False),
                        ("date_end", ">=", today),
                    ],
                    limit=1,
                )
            ),
            "has_worker": bool(
                users.search_count(
                    [("all_group_ids", "in", caseworkers.ids), ("company_ids", "in", company.ids)],
                    limit=1,
                )
            ),
            "has_family": bool(cases.search_count([("company_id", "=", company.id)], limit=1)),
        }
        for page in self:
            page.update({**values, "done_count": sum(values.values())})

    def _compute_display_name(self):
        for page in self:
            page.display_name = self.env._("First Steps")

    @api.model
    def action_open(self):
        """Open the page."""
        page = self.create({})._get_records_action(
            name=self.env._("First Steps"), views=[(False, "form")], target="main"
        )
        # By the id of its menu's action the client knows in which app it stands.
        return dict(
            page, id=self.env.ref("integration_management.integration_first_steps_action").id
        )
