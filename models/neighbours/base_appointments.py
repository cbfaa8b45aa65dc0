import re

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..mixins.references import proper_vals
from .base import APPOINTMENT

# In the context: groups are made by the words of appointments, behind a path.
GROUPED = "integration_appointments_grouped"
# What of an appointment says more than that and when somebody is busy
WORDS = {"name", "display_name", "location", "description", "notes", "videocall_location"}


class Base(models.AbstractModel):
    """Appointments of a file, whether the calendar is installed or not.

    What Odoo asks of ``calendar.event`` before ours comes from above this class, and what it ends
    in, from below. What has to come before Odoo's own methods stands in ``beside.py``.
    """

    _inherit = "base"

    # ------------------------------------------------------------
    # Tied once and for all
    # ------------------------------------------------------------

    def _check_appointment(self, model, id_):
        """Let an appointment point to a file that is open to the user, and keep it private.

        :raises UserError: as for anything else that is written into the file
        """
        self._check_appointment_file(model, id_)
        # sudo: calendar.event - private, whoever has tied it to the file
        event = self.sudo().with_context(prefetch_fields=False)
        elsewhere = event.activity_ids.filtered(lambda a: (a.res_model, a.res_id) != (model, id_))
        if elsewhere:
            raise UserError(self._words_of_planned())
        if event.privacy != "private":
            event.privacy = "private"
        event._end_openness()

    def _check_appointment_file(self, model, id_):
        """Refuse an appointment about a file that is closed to the user or lacks its consent.

        :raises UserError: as for anything else that is written into the file
        """
        if not self.env.su:
            if not self.env["ir.rule"]._opens_file(model, id_):
                raise self.env["ir.rule"]._neutral_error(self.env[model].browse(id_))
            self.env["integration.client"]._whose_file(model, id_)._ensure_consent()

    def _check_appointment_words(self, vals):
        """Refuse words about an appointment of a file whose consent does not hold any more.

        :raises UserError: county standard 2.2; moving or cancelling it is no word
        """
        words = any(values[name] for values in proper_vals(vals) for name in WORDS & values.keys())
        if not words or self.env.su:
            return
        for tie in self._tied_files().values():
            self.env["integration.client"]._whose_file(*tie)._ensure_consent()

    def _tie_to_file(self, model, id_):
        """Tie an appointment that somebody may write to the file in which its activity lies."""
        self.check_access("write")
        self._check_appointment_file(model, id_)
        # sudo: calendar.event - both were checked; it may be somebody else's by now
        self.sudo().write({"res_model_id": self.env["ir.model"]._get_id(model), "res_id": id_})

    def _end_openness(self):
        """Take back what opened the appointment to others before it was tied to a file."""
        place = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        # sudo: mail.followers - nobody follows what lies in a file
        self.env["mail.followers"].sudo().search(place).unlink()
        # sudo: ir.attachment - of this appointment; no address with a token opens it any more
        attachments = self.env["ir.attachment"].sudo().search(place)
        opened = attachments.filtered(lambda a: a.public or a.access_token)
        if opened:
            opened.write({"public": False, "access_token": False})

    def _check_ties_stay(self, before):
        """Refuse to take an appointment out of its file, with the words that were written in it.

        :param before: what ``_tied_files`` returned before the change
        :raises UserError: also for the superuser
        """
        if any(event._tied_files().get(event) != tie for event, tie in before.items()):
            raise UserError(
                self.env._(
                    "This appointment belongs to a file and stays there. Delete it and plan "
                    "another one instead."
                )
            )

    def copy_data(self, default=None):
        if self._name == APPOINTMENT and self._tied_files():
            default = {k: v for k, v in (default or {}).items() if k not in self._tying_fields()}
        return super().copy_data(default)

    @api.model
    def _tying_fields(self):
        return self._integration_tying_fields

    @api.model
    def _words_of_planned(self):
        return self.env._(
            "Activity and appointment share their words, so both lie in the same file or in none. "
            "Plan the appointment from the activity, or in the file."
        )

    # ------------------------------------------------------------
    # Others' words are neither found nor grouped
    # ------------------------------------------------------------

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        if self._name == APPOINTMENT and not self.env.su:
            domain = self._without_private_words(domain, order)
        return super()._search(domain, offset, limit, order, **kwargs)

    @api.model
    def _without_private_words(self, domain, order):
        """Return ``domain``, without others' private appointments if it asks for their words.

        Odoo shows of these that somebody is busy, but finds them by title, place and document.
        Groups by words would list those of files besides: of these there are none at all.
        Left out is just what is shown as busy (``_check_private_event_conditions``). Odoo's own
        domain for groups leaves out more: what one is invited to, and what colleagues plan who
        have no settings yet.
        """
        shown = self._get_public_fields() | {"partner_ids", "user_id", "attendee_ids", "active"}
        domain = Domain(domain)
        asked = {condition.field_expr.split(".")[0] for condition in domain.iter_conditions()}
        terms = [term.split()[0] for term in (order or "").split(",") if term.strip()]
        asked |= {re.split(r"[.:]", term)[0] for term in terms}
        grouped = self.env.context.get(GROUPED)
        if asked <= shown and not grouped:
            return domain
        domain &= self._not_shown_as_busy()
        return domain & self._in_no_file() if grouped else domain

    @api.model
    def _not_shown_as_busy(self):
        """Return the domain of the appointments whose words Odoo lets the user read."""
        # sudo: res.users.settings - who keeps the calendar private, to whomever it is closed
        settings = self.env["res.users.settings"].sudo()
        private = settings._search([("calendar_default_privacy", "=", "private")])
        by_default = Domain("user_id", "not in", private.select("user_id"))
        return (
            Domain("user_id", "=", self.env.uid)
            | Domain("partner_ids", "in", self.env.user.partner_id.ids)
            | Domain("privacy", "in", ["public", "confidential"])
            | Domain("privacy", "=", False) & by_default
        )

    @api.model
    def _in_no_file(self):
        ours = self.env["ir.rule"]._file_models()
        return Domain("res_model", "not in", ours) | Domain("res_id", "in", [0, False])

    @api.model
    def _without_words_of_files(self, domain, specs):
        """Return ``domain``, without appointments of files if the groups tell of their words."""
        names = {re.split(r"[.:]", spec)[0] for spec in specs if spec != "__count"}
        if self._name != APPOINTMENT or self.env.su or names <= self._get_public_fields():
            return domain
        return Domain(domain) & self._in_no_file()

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        domain = self._without_words_of_files(domain, (*groupby, *aggregates))
        return super()._read_group(domain, groupby, aggregates, *args, **kwargs)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), *args, **kwargs):
        specs = [*(spec for groupby in grouping_sets for spec in groupby), *aggregates]
        domain = self._without_words_of_files(domain, specs)
        return super()._read_grouping_sets(domain, grouping_sets, aggregates, *args, **kwargs)

    @api.model
    def _read_group_groupby(self, alias, groupby_spec, query):
        """Group by a path over an appointment without those whose words are not the reader's.

        The ORM joins the appointments that are found at all, and a busy hour is found.
        """
        name, _dot, path = groupby_spec.partition(".")
        field = self._fields.get(name)
        model = self
        if path and field is not None and field.comodel_name == APPOINTMENT and not self.env.su:
            public = self.env[APPOINTMENT]._get_public_fields()
            if re.split(r"[.:]", path)[0] not in public:
                model = self.with_context(**{GROUPED: True})
        return super(Base, model)._read_group_groupby(alias, groupby_spec, query)

    def _compute_display_name(self):  # pylint: disable=missing-return
        """Name no appointment of a file to whoever has lost the file, or never had it.

        The ORM reads names behind a relation as superuser, and Odoo hides them from those alone
        who are not expected.
        """
        super()._compute_display_name()
        if self._name != APPOINTMENT or self.env.uid == SUPERUSER_ID or not self.ids:
            return
        closed = self.env["ir.rule"]._closed_appointments()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM calendar_event WHERE id IN %s AND id IN %s", tuple(self.ids), closed
            )
        )
        if rows:
            self.browse(id_ for (id_,) in rows).display_name = self.env._("Appointment")

    # ------------------------------------------------------------
    # Documented
    # ------------------------------------------------------------

    def action_integration_contact(self):
        """Begin a contact at the entry of an appointment, or at what is tied to a case.

        Here and not on the calendar's own model, which may be missing.

        :raises UserError: the record is no appointment, or belongs to no case
        """
        self.ensure_one()
        if self._name != APPOINTMENT:
            raise UserError(self.env._("This entry belongs to no case."))
        self.check_access("read")
        appointment = self.env["integration.appointment"]._behind(self).get(self)
        if appointment:
            return appointment.with_env(self.env).action_held()
        model, id_ = self._tied_files().get(self, (None, None))
        case = self.env["integration.case"].browse(id_ if model == "integration.case" else [])
        if not case:
            raise UserError(self.env._("This entry belongs to no case."))
        case.check_access("read")
        return case.action_new_contact()

    # ------------------------------------------------------------
    # Logged like notes
    # ------------------------------------------------------------

    def _read_format(self, fnames, load="_classic_read"):
        rows = super()._read_format(fnames, load)
        if self._name == APPOINTMENT and not WORDS.isdisjoint(fnames):
            self._log_appointments("open")
        return rows

    def export_data(self, fields_to_export):
        data = super().export_data(fields_to_export)
        if self._name == APPOINTMENT:
            self._log_appointments("export")
        return data

    def _log_appointments(self, kind):
        """Log the files whose appointments were read in their words, not those shown as busy."""
        if self.env.su:
            return
        clients = self.env["integration.client"]
        for event, tie in self._tied_files().items():
            if not event._check_private_event_conditions():
                clients |= clients._whose_file(*tie)
        if clients:
            self.env["integration.access.log"]._log(kind, clients)
