from odoo import api, models
from odoo.exceptions import AccessError

from ..mixins.references import linked_ids, nested_vals, proper_vals

# What may point to a file and is then read with it; the app may be missing
APPOINTMENT = "calendar.event"


class Base(models.AbstractModel):
    """Nothing outside the module refers to the contact of a client.

    Odoo copies name, address and telephone of a contact to whatever document names it, as
    superuser, and the ORM does not ask whether the user may read what she refers to: one
    request with a guessed id shows it all. So no message, follower, channel, bank account,
    opportunity, appointment, text message or user has a client for a contact, in whatever
    module; for the work with clients there are the module's own models.

    Which fields of a model refer to contacts is found out when the registry is set up: whatever
    else an agency does pays next to nothing.
    """

    _inherit = "base"

    # The names of the fields by which records of this model refer to contacts
    _integration_contact_fields = frozenset()

    @api.model
    def _post_model_setup__(self):  # pylint: disable=missing-return
        super()._post_model_setup__()
        cls = type(self)
        ours = issubclass(cls, self.env.registry["integration.secured"])
        cls._integration_contact_fields = frozenset(
            name
            for name, field in cls._fields.items()
            if not ours
            and field.comodel_name == "res.partner"
            and field.type in ("many2one", "many2many")
        )

    @api.model_create_multi
    def create(self, vals_list):
        if self._names_contacts(vals_list):
            self._refuse_integration_clients(vals_list, operation="create")
        if self._name == APPOINTMENT:
            vals_list = self._with_private_appointments(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if self._names_contacts([vals]):
            self._refuse_integration_clients([vals], operation="write")
        if self._name == APPOINTMENT and proper_vals(vals) and "privacy" in vals:
            # sudo: calendar.event - the technical name of the document only, and nothing fetched
            # beside it
            events = self.sudo().with_context(prefetch_fields=False)
            if any(self._is_file_model(event.res_model) for event in events):
                vals = dict(vals, privacy="private")
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        if self._names_contacts([defaults]):
            self._refuse_integration_clients([defaults])
        return defaults

    def onchange(self, values, field_names, fields_spec):
        self._refuse_integration_clients([values], nested=True)
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _with_private_appointments(self, vals_list):
        """Return the values, those of an appointment about a file of ours marked private.

        Here, for the calendar may be installed or not: colleagues, also of other employers of the
        same database, see that somebody is busy, never with which file.
        """
        if len(proper_vals(vals_list)) < len(vals_list):
            return vals_list
        models_ = self.env["ir.model"].sudo()  # sudo: ir.model - the technical name only
        result = []
        for vals in vals_list:
            model = models_.browse(linked_ids(vals.get("res_model_id"))[:1]).model
            result.append(dict(vals, privacy="private") if self._is_file_model(model) else vals)
        return result

    @api.model
    def _names_contacts(self, vals_list):
        """Return whether values may refer to contacts; nothing else is looked at any closer."""
        contacts = self._integration_contact_fields
        # A loop: asked for each row that anybody writes
        for vals in vals_list if contacts and isinstance(vals_list, (list, tuple)) else ():
            if isinstance(vals, dict) and not contacts.isdisjoint(vals):
                return True
        return False

    @api.model
    def _is_file_model(self, model_name):
        """Return whether records of ``model_name`` lie in somebody's file."""
        known = isinstance(model_name, str) and self.env.registry.get(model_name)
        return bool(known) and issubclass(known, self.env.registry["integration.secured"])

    @api.model
    def _refuse_integration_clients(self, vals_list, nested=False, operation=None):
        """Refuse values that refer to the contact of a client.

        :param nested: whether to look into the lines of a form as well
        :param operation: what the user must have the right to, before she is told that this is one
        :raises AccessError: also for the superuser, who reads and writes for everybody
        """
        ids = set()
        self._collect_partner_ids(vals_list, nested, ids)
        # Nearly every message and follower is the user herself: no query for that.
        if ids:
            ids.discard(self.env.user.partner_id.id)
        if ids and self.env["res.partner"]._integration_clients(ids):
            if operation:
                self.check_access(operation)
            raise AccessError(self.env._("This contact cannot be used here."))

    @api.model
    def _collect_partner_ids(self, vals_list, nested, ids):
        """Add to ``ids`` the contacts that ``vals_list`` refers to; see above."""
        contacts = self._integration_contact_fields
        for vals in proper_vals(vals_list):
            if not contacts.isdisjoint(vals):
                for name in contacts & vals.keys():
                    ids.update(linked_ids(vals[name]))
            for name, value in vals.items() if nested else ():
                field = self._fields.get(name)
                if value and field is not None and field.relational:
                    comodel = self.env[field.comodel_name]
                    comodel._collect_partner_ids(nested_vals(value), nested, ids)
