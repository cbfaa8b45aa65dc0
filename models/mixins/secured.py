from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..access.base import nested_vals


class IntegrationSecured(models.AbstractModel):
    """Base of every model that holds personal or case data.

    The ORM lets anybody who may write a record point its many2one at any id, and
    then reads the name of the target back as superuser. Here every reference to a
    secured record is checked for read access first, so that guessing ids reveals
    nothing and links nothing.
    """

    _name = "integration.secured"
    _description = "Record Behind the Walls"

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        self._check_references(vals_list)
        self._refuse_derived(vals_list)
        refused = {f"default_{name}" for name in self._never_default_fields()}
        context = {key: val for key, val in self.env.context.items() if key not in refused}
        clean = self.with_context(context)  # pylint: disable=context-overridden
        return super(IntegrationSecured, clean).create(vals_list).with_env(self.env)

    def write(self, vals):
        if not self.env.su:
            self._check_references([vals])
            self._refuse_derived([vals])
        return super().write(vals)

    @api.model
    def _derived_fields(self):
        """Return the names of the stored fields that follow from others.

        The ORM takes values for them from a request all the same, and from ``default_*`` in
        the context: a forged employer, day or consent would open walls and change figures.
        """
        return {
            name
            for name, field in self._fields.items()
            if field.store and field.compute and field.readonly
        }

    @api.model
    def _never_default_fields(self):
        """Return the names of the fields whose ``default_*`` in the context is left out."""
        return self._derived_fields()

    @api.model
    def _refuse_derived(self, vals_list):
        """Refuse values for fields that are computed.

        :raises UserError: naming the fields by their labels
        """
        given = {name for vals in vals_list for name in vals} & self._derived_fields()
        if given:
            raise UserError(self.env._(
                "These fields follow from others and cannot be set: %s.",
                ", ".join(sorted(self._fields[name].string for name in given)),
            ))

    @api.model
    def _is_secured_model(self, model_name):
        """Return whether records of ``model_name`` stand behind the walls."""
        model = self.env.registry[model_name]
        return issubclass(model, self.env.registry["integration.secured"])

    @api.model
    def default_get(self, fields):
        """Check what comes by ``default_*`` in the context like any other request."""
        defaults = super().default_get(fields)
        self._check_references([defaults], nested=True)
        return defaults

    def onchange(self, values, field_names, fields_spec):
        """Check what a form pretends to hold: computed fields would show it at once."""
        self._check_references([values], known=self, nested=True)
        return super().onchange(values, field_names, fields_spec)

    def _sms_get_recipients_info(self, force_field=False, partner_fallback=True):
        """Refuse text messages: number and words would go to Odoo's in-app-purchase service.

        Called by the module *sms*, which comes with *mail*, on whatever model has a number.
        """
        raise UserError(self.env._("No text message is sent from a file."))

    @api.model
    def _check_references(self, vals_list, known=None, nested=False):
        """Refuse values that refer to a secured record the user may not read.

        :param known: record whose own references are left out: a lead edits a case and
            may not read its client
        :param nested: whether to look into the lines of a form as well; on ``create`` and
            ``write`` they are checked when they are written themselves
        :raises AccessError: naming no record, as the ORM does for any other access
        """
        if self.env.su:
            return
        if known:
            known.check_access("write")
        referenced = {}
        self._collect_references(vals_list, known, nested, referenced)
        for model_name, ids in referenced.items():
            self.env[model_name].browse(ids).check_access("read")

    @api.model
    def _collect_references(self, vals_list, known, nested, referenced):
        """Add to ``referenced`` the ids of secured records by model; see above."""
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if not (value and field and field.relational):
                    continue
                if not self._is_secured_model(field.comodel_name):
                    continue
                ids = self._referenced_ids(value)
                if known:
                    # sudo: self - what the record refers to already, to be left out
                    ids = set(ids).difference(known.sudo()[name].ids)
                referenced.setdefault(field.comodel_name, set()).update(ids)
                if nested:
                    comodel = self.env[field.comodel_name]
                    comodel._collect_references(nested_vals(value), None, nested, referenced)

    @api.model
    def _referenced_ids(self, value):
        """Return the record ids that a value of a relational field links to.

        :raises UserError: anything else than ids where ids belong: a text that the database
            takes for a number must not go by
        """
        if isinstance(value, models.BaseModel):
            return value.ids
        if isinstance(value, dict):
            # A form sends its parent that is not saved yet by its values.
            ids = [value["id"]] if value.get("id") else []
        elif not isinstance(value, (list, tuple)):
            ids = [value]
        else:
            ids = [id_ for command in value for id_ in self._commanded_ids(command)]
        if not all(isinstance(id_, int) for id_ in ids):
            raise UserError(self.env._("This is not the id of a record."))
        return ids

    @staticmethod
    def _commanded_ids(command):
        """Return the ids in one command of an x2many field, or the bare id that stands for it."""
        if not isinstance(command, (list, tuple)):
            return [command]
        operation, *arguments = command or [None]
        if operation == Command.CLEAR or (operation == Command.CREATE and len(arguments) == 2):
            return []
        if operation == Command.SET:
            return arguments[1] if len(arguments) == 2 else [None]
        # Lines of a form that are not saved yet have a name instead of an id.
        unsaved = arguments and str(arguments[0]).startswith("virtual_")
        return [] if unsaved else arguments[:1] or [None]
