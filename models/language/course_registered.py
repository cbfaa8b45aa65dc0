from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from ...tools import without_defaults

REGISTERED = frozenset({"date_registered", "registered_by", "office_id"})


class IntegrationCourseEnrolment(models.Model):
    """Registration with the county's coordination office for language courses.

    Whoever registers a client passes on data about her, so the register of disclosures gets its
    entry in the same save, by its own rules (§ 203 StGB). A client may register herself; then
    nothing is passed on from here.
    """

    _inherit = "integration.course.enrolment"

    registered_by = fields.Selection(
        [("office", "By us, with the coordination office"), ("client", "By the client herself")],
        copy=False,
    )
    office_id = fields.Many2one(
        "integration.service",
        string="Coordination Office",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain=[("kind", "!=", "category")],
    )
    disclosure_id = fields.Many2one(
        "integration.disclosure",
        string="Entry of the Register",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    @api.model
    def _system_field_names(self):
        return super()._system_field_names() | {"disclosure_id"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        return locked | REGISTERED if self.disclosure_id else locked

    def _locked_message(self, names):
        if self.disclosure_id and names & REGISTERED:
            return self._about_file(
                self.env._(
                    "the registration stands in the register of disclosures. Correct it there by a "
                    "further entry."
                )
            )
        return super()._locked_message(names)

    def _created(self):
        super()._created()
        self._check_registered()

    def _after_write(self, change):
        super()._after_write(change)
        if change.names & {*REGISTERED, "disclosure_id"}:
            self._check_registered()

    def _check_registered(self):
        """Refuse a registration that says not who made it, or that passed by the register."""
        for enrolment in self:
            if bool(enrolment.date_registered) != bool(enrolment.registered_by):
                enrolment._refuse_values(
                    self.env._("a registration names the day and who made it.")
                )
            if enrolment.registered_by == "office" and not enrolment.disclosure_id:
                enrolment._refuse_values(
                    self.env._(
                        "whom we register, of her something is passed on. Choose “Register”: it "
                        "makes the list for the office and the entry in the register of "
                        "disclosures."
                    )
                )

    # ------------------------------------------------------------
    # Registering
    # ------------------------------------------------------------

    def action_register(self):
        """Open the dialog that registers these clients with the coordination office."""
        self.check_access("write")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "integration_management.integration_course_registration_action"
        )
        context = {"active_model": self._name, "active_ids": self.ids}
        return dict(action, context={**context, "integration_show_name": True})

    @api.model
    def _default_office(self):
        """Return the entry of the directory where the guard rail leads, if it names one."""
        rail = self.env.ref(
            "integration_management.guard_rail_course_registration", raise_if_not_found=False
        )
        # sudo: integration.guard.rail - where the standard leads, whoever asks
        named = rail.sudo().service_ids.filtered(lambda s: s.kind != "category") if rail else None
        return named.sudo(False)[:1] if named else self.env["integration.service"]

    def _covering_release(self, office, kinds, day):
        """Return a release of the client by which ``kinds`` pass to ``office`` on ``day``.

        To propose it alone; the register itself decides once more.
        """
        self.ensure_one()
        releases = self.env["integration.release"].search(
            [("client_id", "=", self.client_id.id), ("date_signed", "!=", False)]
        )
        probe = self.env["integration.disclosure"].new(
            {
                "service_id": office.id,
                "recipient_kind": office.kind,
                "recipient_name": office.name,
                "recipient_category": office.category_id.name,
            }
        )
        return releases.filtered(
            lambda release: (
                release.state == "valid"
                and max(release.valid_from, release.date_signed) <= day
                and kinds <= release.kind_ids
                and release._names_recipient(probe)
            )
        )[:1]

    def _register_with(self, office, basis, kinds, day, release=None, reason=False):
        """Register the client with ``office`` and enter into the register what was passed on.

        :raises UserError: no basis holds, or she is registered already
        """
        self.ensure_one()
        self.check_access("write")
        self._refuse_registered_before()
        entry = without_defaults(self.env["integration.disclosure"]).create(
            {
                "client_id": self.client_id.id,
                "date": day,
                "channel": "referral",
                "basis": basis,
                "service_id": office.id,
                "kind_ids": [Command.set(kinds.ids)],
                "release_id": release.id if release else False,
                "reason": reason,
            }
        )
        self._as_system().write(
            {
                "date_registered": day,
                "registered_by": "office",
                "office_id": office.id,
                "disclosure_id": entry.id,
            }
        )

    def _refuse_registered_before(self):
        if self.date_registered:
            raise UserError(
                self._about_file(
                    self.env._(
                        "registered on %s already.", format_date(self.env, self.date_registered)
                    )
                )
            )
        if self.state != "need":
            raise UserError(
                self._about_file(
                    self.env._("there is nothing to register: the course is under way or over.")
                )
            )

    def action_open_disclosure(self):
        """Open the entry of the register that the registration made."""
        self.ensure_one()
        return self.disclosure_id._get_records_action()
