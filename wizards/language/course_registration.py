from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ...models.disclosure.disclosure import PROMPT_DAYS
from ...models.mixins.once import once
from ...tools import local_today

# What a registration tells, unless other kinds are chosen; what the list has columns for
TOLD = ("identity", "language")
LISTED = (*TOLD, "residence")


class IntegrationCourseRegistration(models.TransientModel):
    """Register clients with the county's coordination office in one press, and make its list.

    Of each of them the register of disclosures gets an entry, by its own rules (§ 203 StGB).
    Whoever lacks a basis is named by file number and left out, of the list too.
    """

    _name = "integration.course.registration"
    _inherit = ["integration.once", "integration.secured"]
    _description = "Registration with the Coordination Office"
    _check_company_auto = True
    _system_fields = frozenset({"company_id"})
    # The list is printed and fetched afterwards
    _shown_when_done = frozenset({"line_ids", "kind_ids"})

    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.company,
    )
    office_id = fields.Many2one(
        "integration.service",
        string="Coordination Office",
        required=True,
        check_company=True,
        default=lambda self: self.env["integration.course.enrolment"]._default_office(),
        domain=[("kind", "!=", "category")],
    )
    date = fields.Date(
        string="Registered On", required=True, default=lambda self: local_today(self.env)
    )
    kind_ids = fields.Many2many(
        "integration.information.kind",
        "integration_course_registration_kind_rel",
        string="What the List Says",
        required=True,
        check_company=True,
        default=lambda self: self._default_kinds(),
        domain=[("code", "in", LISTED)],
        help="Nothing else stands on the list.",
    )
    reason = fields.Char(
        string="Why Only Now", help="Asked for if the registration lies more than a week back."
    )
    line_ids = fields.One2many(
        "integration.course.registration.line",
        "registration_id",
        string="Persons",
        default=lambda self: self._default_lines(),
    )
    registered_count = fields.Integer(compute="_compute_result")
    left_out = fields.Char(compute="_compute_result")

    @api.model
    def _default_kinds(self):
        return self.env["integration.information.kind"].search(
            [("code", "in", TOLD), ("company_id", "=", False)]
        )

    @api.model
    def _default_lines(self):
        """Return a line for each of the chosen courses that is not over."""
        context, enrolments = self.env.context, self.env["integration.course.enrolment"]
        if context.get("active_model") != enrolments._name:
            return []
        ids = [id_ for id_ in context.get("active_ids") or [] if isinstance(id_, int)]
        chosen = enrolments.search(
            Domain("id", "in", ids) & Domain("date_end", "=", False), order="date_need, id"
        )
        return [Command.create({"enrolment_id": enrolment.id}) for enrolment in chosen]

    @api.depends("date")
    def _compute_display_name(self):
        for dialog in self:
            dialog.display_name = format_date(self.env, dialog.date)

    @api.depends("once_done", "line_ids.registered")
    def _compute_result(self):
        for dialog in self:
            registered = dialog.line_ids.filtered("registered")
            others = dialog.line_ids - registered
            dialog.registered_count = len(registered)
            dialog.left_out = ", ".join(
                line.client_id.file_number or "" for line in others if dialog.once_done
            )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    @once
    def action_register(self):
        """Register whoever has a basis; then the list can be printed and fetched."""
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("Choose at least one course that has not ended."))
        if not self.kind_ids or set(self.kind_ids.mapped("code")) - set(LISTED):
            raise UserError(
                self.env._("Choose what the list has columns for: identity, language, residence.")
            )
        for line in self.line_ids:
            self._register_line(line)
        return self._shown_again()

    def _register_line(self, line):
        """Register one, or note why not; what the register refuses leaves nothing behind."""
        line = line._as_system()
        enrolment = line.enrolment_id
        if self._is_listed_again(enrolment):
            line.registered = True
            return
        if line.basis == "known":
            line.refusal = self.env._(
                "registered on %s already", format_date(self.env, enrolment.date_registered)
            )
            return
        if line.basis not in ("release", "present"):
            line.refusal = self.env._("no release, and the client is not present")
            return
        try:
            with self.env.cr.savepoint():
                enrolment._register_with(
                    self.office_id,
                    line.basis,
                    self.kind_ids,
                    self.date,
                    line.release_id if line.basis == "release" else None,
                    self.reason,
                )
        except UserError as error:
            self.env.invalidate_all()
            line.refusal = str(error)
        else:
            line.registered = True

    def _is_listed_again(self, enrolment):
        """Return whether what stands in the register is printed once more.

        A list that got lost can be made anew within the days in which such entries are made.
        Later the client may have told other things, which would be passed on unseen.
        """
        entry = enrolment.disclosure_id
        since = local_today(self.env) - timedelta(days=PROMPT_DAYS)
        return bool(entry) and entry.date >= since and enrolment.office_id == self.office_id

    def _shown_again(self):
        """Return the action that shows what came of it."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_course_registration_action"
        )
        context = {"integration_show_name": True}
        return dict(action, res_id=self.id, context=context)

    def action_download(self):
        """Fetch the list as a workbook."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/integration/course-list/{self.id}/xlsx",
            "target": "self",
        }

    def action_print(self):
        """Print the list."""
        self.ensure_one()
        report = self.env.ref("integration_management.integration_course_list_report")
        return report.report_action(self)

    # ------------------------------------------------------------
    # The list
    # ------------------------------------------------------------

    def _on_list(self):
        """Return the courses on the list: each with its entry in the register.

        :raises AccessError: a file on it is no longer open to the reader
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: integration.course.registration.line - all of the own dialog; what they name is
        # checked next
        lines = self.sudo().line_ids.filtered("registered")
        enrolments = lines.enrolment_id.sudo(False)
        enrolments.check_access("read")
        return enrolments.filtered("disclosure_id")

    def _file_name(self, extension):
        """Return a name without any name of a person."""
        words = self.env._("course-registration")
        return f"{words}-{self.date.isoformat()}.{extension}"
