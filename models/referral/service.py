from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import local_today

# After so many months somebody looks whether an entry is still right
CHECK_MONTHS = 12


class IntegrationService(models.Model):
    """What the directory tells of each entry: for whom, where, when, and whether it still holds.

    Clients are linked to the regular services, so that nothing is built twice (county standard
    3.2.2). What an entry leaves empty does not narrow it: without municipalities it is there for
    the whole county, without areas for everything.
    """

    _inherit = "integration.service"

    area_ids = fields.Many2many(
        "integration.area",
        string="Life Areas",
        check_company=True,
        help="What it helps with. Empty: everything.",
        context={"active_test": False},
    )
    municipality_ids = fields.Many2many(
        "integration.municipality",
        string="Municipalities",
        falsy_value_label="Whole county",
        help="Whose inhabitants it serves. Empty: the whole county.",
        context={"active_test": False},
    )
    language_ids = fields.Many2many(
        "integration.language",
        string="Languages Spoken",
        check_company=True,
        context={"active_test": False},
    )
    residence_status_ids = fields.Many2many(
        "integration.residence.status",
        string="Residence Statuses Served",
        check_company=True,
        help="Empty: everybody, whatever the status.",
        context={"active_test": False},
    )
    opening_hours = fields.Text(help="Printed on the slip for the client.")
    bring = fields.Text(string="What to Bring", help="Printed on the slip for the client.")
    checked_on = fields.Date(string="Last Checked on", copy=False)
    checked_by_id = fields.Many2one(
        "res.users", string="Last Checked by", readonly=True, copy=False, ondelete="restrict"
    )
    check_due = fields.Boolean(
        string="To Be Checked",
        compute="_compute_check_due",
        search="_search_check_due",
        help="Nobody has looked for a year whether it is still right.",
    )

    @api.depends("checked_on", "kind")
    def _compute_check_due(self):
        limit = self._check_limit()
        for service in self:
            old = not service.checked_on or service.checked_on < limit
            service.check_due = service.kind != "category" and old

    def _search_check_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        due = Domain("kind", "!=", "category") & (
            Domain("checked_on", "=", False) | Domain("checked_on", "<", self._check_limit())
        )
        return Domain.OR(due if wanted else ~due for wanted in value)

    @api.model
    def _check_limit(self):
        return local_today(self.env) - relativedelta(months=CHECK_MONTHS)

    @api.constrains("checked_on")
    def _check_checked_on(self):
        today = local_today(self.env)
        for service in self:
            if service.checked_on and service.checked_on > today:
                raise ValidationError(
                    self.env._("“%s” cannot have been checked in the future.", service.name)
                )

    def _before_write(self, change):
        super()._before_write(change)
        if change.vals.get("checked_on") and "checked_by_id" not in change.names:
            change.vals["checked_by_id"] = self.env.uid

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def action_still_right(self):
        """Say that the entries are still right today.

        Whoever works with the directory knows first what has changed, so workers and leads may
        say so as well; they change nothing else.
        """
        self.check_access("read")
        today = local_today(self.env)
        # sudo: integration.service - the day and who said it, of entries that may be read
        self.sudo().write({"checked_on": today, "checked_by_id": self.env.uid})
        return True

    def action_print_by_municipality(self):
        """Print the directory by municipality (county standard 1.1): these entries, or all."""
        entries = self or self.search([("kind", "!=", "category")])
        report = self.env.ref("integration_management.integration_service_report")
        return report.report_action(entries)

    @api.model
    def _domain_for(self, case, topics):
        """Return the domain of the entries that serve ``case`` in matters of ``topics``.

        Where a guard rail names to whom a topic leads, that is offered and nothing else.
        """
        rails = self.env["integration.guard.rail"]
        company = case.company_id or self.env.company
        leading = rails._at(company, topic=topics, area=topics.area_id).filtered("service_ids")
        led = topics.filtered(lambda t: t in leading.topic_ids or t.area_id in leading.area_ids)
        named = leading.service_ids.ids
        offered = Domain("id", "in", named) | Domain("category_id", "in", named)
        if topics != led or not topics:
            about = Domain("area_ids", "in", (topics - led).area_id.ids) if topics else Domain.TRUE
            here = Domain("municipality_ids", "in", case.municipality_id.ids)
            fits = about | Domain("area_ids", "=", False)
            offered |= fits & (
                here | Domain("municipality_ids", "=", False) if case else Domain.TRUE
            )
        return Domain("kind", "!=", "category") & offered

    def _purposes(self, topic=None):
        """Return the purposes that referring to this entry about ``topic`` needs a consent to.

        Where the entry is there for such areas alone, such as health, its name says enough
        (Art. 9 GDPR).
        """
        purposes = set(topic.mapped("consent_purpose")) if topic else set()
        of_areas = self.area_ids.mapped("consent_purpose")
        if of_areas and len(of_areas) == len(self.area_ids) and all(of_areas):
            purposes |= set(of_areas)
        return sorted(purpose for purpose in purposes if purpose)

    def _filtered_used(self):
        used = super()._filtered_used()
        # sudo: integration.referral - only whether a name is used at all, no matter by what
        referrals = self.env["integration.referral"].sudo()
        return used | (self - used).filtered(
            lambda row: referrals.search_count(referrals._names_in_words(row), limit=1)
        )
