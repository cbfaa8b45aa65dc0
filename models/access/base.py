from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command


class Base(models.AbstractModel):
    """Nothing outside the module refers to the contact of a client.

    Odoo copies name, address and telephone of a contact to whatever document names it, as
    superuser, and the ORM does not ask whether the user may read what she refers to: one
    request with a guessed id shows it all. So no message, follower, channel, bank account,
    opportunity, appointment, text message or user has a client for a contact, in whatever
    module; for the work with clients there are the module's own models.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_integration_clients(vals_list)
        return super().create(self._with_private_appointments(vals_list))

    def write(self, vals):
        self._refuse_integration_clients([vals])
        if "privacy" in vals and self._name == "calendar.event":
            # sudo: calendar.event - the technical name of the document only
            if any(self._is_file_model(event.res_model) for event in self.sudo()):
                vals = dict(vals, privacy="private")
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
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
        if self._name != "calendar.event":
            return vals_list
        models_ = self.env["ir.model"].sudo()  # sudo: ir.model - the technical name only
        result = []
        for vals in vals_list:
            model = models_.browse(vals.get("res_model_id")).model
            result.append(dict(vals, privacy="private") if self._is_file_model(model) else vals)
        return result

    @api.model
    def _is_file_model(self, model_name):
        """Return whether records of ``model_name`` lie in somebody's file."""
        model = self.env.registry.get(model_name or "", models.BaseModel)
        return issubclass(model, self.env.registry["integration.secured"])

    @api.model
    def _refuse_integration_clients(self, vals_list, nested=False):
        """Refuse values that refer to the contact of a client.

        :param nested: whether to look into the lines of a form as well
        :raises AccessError: also for the superuser, who reads and writes for everybody
        """
        ids = set()
        self._collect_partner_ids(vals_list, nested, ids)
        # Nearly every message and follower is the user herself: no query for that.
        ids.discard(self.env.user.partner_id.id)
        if ids and self.env["res.partner"]._integration_clients(ids):
            raise AccessError(self.env._("This contact cannot be used here."))

    @api.model
    def _collect_partner_ids(self, vals_list, nested, ids):
        if isinstance(self, self.env.registry["integration.secured"]):
            return
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if not (value and field is not None and field.relational):
                    continue
                to_partner = field.comodel_name == "res.partner"
                if to_partner and field.type != "one2many":
                    ids.update(linked_ids(value))
                if nested:
                    comodel = self.env[field.comodel_name]
                    comodel._collect_partner_ids(nested_vals(value), nested, ids)


def linked_ids(value):
    """Return the ids that a value of a field links to; what is no id is left to the ORM."""
    if isinstance(value, models.BaseModel):
        return value.ids
    if isinstance(value, dict):
        value = [value.get("id")]
    found = []
    for command in value if isinstance(value, (list, tuple)) else [value]:
        if not isinstance(command, (list, tuple)):
            found.append(command)
        elif len(command) > 2 and command[0] == Command.SET:
            found += command[2]
        elif len(command) > 1 and command[0] == Command.LINK:
            found.append(command[1])
    return [int(id_) for id_ in found if isinstance(id_, int) or str(id_).isdecimal()]


def nested_vals(value):
    """Return the values of the lines, or of the unsaved parent, within those of a form."""
    if isinstance(value, dict):
        return [value]
    return [
        line[2] for line in (value if isinstance(value, (list, tuple)) else ())
        if isinstance(line, (list, tuple)) and len(line) == 3 and isinstance(line[2], dict)
    ]
