from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

# Of the type of the column; beyond it the database itself would answer.
GREATEST_ID = 2**31 - 1


def nested_vals(value):
    """Return the values of the lines, or of the unsaved parent, within those of a form."""
    if isinstance(value, dict):
        return [value]
    return [
        line[2]
        for line in (value if isinstance(value, (list, tuple)) else ())
        if isinstance(line, (list, tuple)) and len(line) == 3 and isinstance(line[2], dict)
    ]


def proper_vals(vals_list):
    """Return those of the values of a request that are any; the rest is for the ORM to refuse.

    It asks first whether the user may write such records at all. A hook before it that trips over
    what is malformed would answer in its stead.
    """
    items = vals_list if isinstance(vals_list, (list, tuple)) else [vals_list]
    return [vals for vals in items if isinstance(vals, dict)]


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
            found += command[2] if isinstance(command[2], (list, tuple, set)) else [command[2]]
        elif len(command) > 1 and command[0] == Command.LINK:
            found.append(command[1])
    numbers = [int(id_) for id_ in found if isinstance(id_, int) or str(id_).isdecimal()]
    return [number for number in numbers if 0 < number <= GREATEST_ID]


class IntegrationSecured(models.AbstractModel):
    """Whether a request may refer to what it refers to."""

    _inherit = "integration.secured"

    @api.model
    def _begun_at(self, name):
        """Return the record of this model at which a dialog was begun, if the user may read it.

        The request says which (``default_<name>``), so it may say anything: whatever is not the
        id of such a record is none.
        """
        id_ = self.env.context.get(f"default_{name}")
        if type(id_) is not int or not 0 < id_ <= GREATEST_ID:
            return self.browse()
        found = self.with_context(active_test=False).search([("id", "=", id_)])
        return found.with_env(self.env)

    @api.model
    def _is_secured_model(self, model_name):
        """Return whether records of ``model_name`` stand behind the walls."""
        model = self.env.registry[model_name]
        return issubclass(model, self.env.registry["integration.secured"])

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
            # An empty set would ask whether the user may read such records at all.
            if ids:
                self.env[model_name].browse(ids).check_access("read")

    @api.model
    def _collect_references(self, vals_list, known, nested, referenced):
        """Add to ``referenced`` the ids of secured records by model; see above."""
        for vals in proper_vals(vals_list):
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
            ids = arguments[1] if len(arguments) == 2 else None
            return ids if isinstance(ids, (list, tuple)) else [None]
        # Lines of a form that are not saved yet have a name instead of an id.
        unsaved = arguments and str(arguments[0]).startswith("virtual_")
        return [] if unsaved else arguments[:1] or [None]
