from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command


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
        derived = {f"default_{name}" for name in self._derived_fields()}
        context = {key: val for key, val in self.env.context.items() if key not in derived}
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
    def _check_references(self, vals_list):
        """Refuse values that refer to a secured record the user may not read.

        :raises AccessError: naming no record, as the ORM does for any other access
        """
        if self.env.su:
            return
        referenced = {}
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if value and field and field.relational and (
                    self._is_secured_model(field.comodel_name)
                ):
                    ids = referenced.setdefault(field.comodel_name, set())
                    ids.update(self._referenced_ids(value))
        for model_name, ids in referenced.items():
            self.env[model_name].browse(ids).check_access("read")

    @staticmethod
    def _referenced_ids(value):
        """Return the record ids that a value of a relational field links to."""
        if isinstance(value, models.BaseModel):
            return value.ids
        if not isinstance(value, (list, tuple)):
            return [value]
        ids = []
        for command in value:
            if isinstance(command, int):
                ids.append(command)
            elif command[0] in (Command.LINK, Command.UPDATE, Command.UNLINK, Command.DELETE):
                ids.append(command[1])
            elif command[0] == Command.SET:
                ids += command[2]
        return ids
