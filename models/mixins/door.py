from odoo import api, models
from odoo.exceptions import MissingError, UserError

# Held by our own code alone: a context sent over RPC can carry the key, never this object.
SYSTEM = object()


class Change:
    """One write on its way through the door.

    ``vals`` is what is written, which hooks may complete; ``before`` is what they remember of
    the time before it, each under a key of its own.
    """

    def __init__(self, vals):
        self.vals = dict(vals)
        self.before = {}

    @property
    def names(self):
        """The names of the fields that are written."""
        return self.vals.keys()


class IntegrationDoor(models.AbstractModel):
    """The one door for writes: what a request may not do is refused here, for all our models.

    A model declares which fields the system alone sets, which never change and which are
    locked from a state on. For everything else it implements a hook: ``_prepare_create`` and
    ``_created``, ``_before_write`` and ``_after_write``. Our own code passes by
    ``_as_system()``; being superuser is no pass, for other modules are that too.
    """

    _name = "integration.door"
    _inherit = ["integration.plausible", "integration.overtaken", "integration.save.once"]
    _description = "Door for Writes"

    # Stored fields that only our own methods set
    _system_fields = frozenset()
    # Where a record belongs, once and for all
    _fixed_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = self._checked_request(vals_list)
        vals_list = self._prepare_create([dict(vals) for vals in vals_list])
        records = super(IntegrationDoor, self._for_create()).create(vals_list)
        # Nothing follows from nothing: other code creates whatever list it has, also an empty one.
        if records:
            records._created()
        return records.with_env(self.env)

    def write(self, vals):
        if not self.env.su:
            # What a role may never do is said first, of whatever exists and does not.
            self.browse().check_access("write")
        self._check_proper([vals])
        try:
            self._check_overtaken(vals)
            change = Change(self._plausible(vals))
            self._check_change(change)
            records = self._for_write()
            records._before_write(change)
            super(IntegrationDoor, records).write(change.vals)
            records._after_write(change)
        except MissingError as error:
            raise self._told_missing(error, "write") from None
        return True

    def _told_missing(self, error, _operation):
        """Return what is said if a record does not exist."""
        return error

    # ------------------------------------------------------------
    # The pass
    # ------------------------------------------------------------

    def _as_system(self, **told):
        """Return the records as our own code writes them: past the declarations.

        The gate of consent stands all the same, but for what a model declares in
        ``_ending_fields``.

        :param told: further keys of the context that must not come from a request
        """
        return self.with_context(integration_system=SYSTEM, **told)

    def _is_system(self):
        """Return whether our own code is at work, and not a request."""
        return self.env.context.get("integration_system") is SYSTEM

    def _is_trusted(self):
        """Return whether our own code or a superuser's is at work, and not a request."""
        return self.env.su or self._is_system()

    # ------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------

    @api.model
    def _prepare_create(self, vals_list):
        """Return the values of new records, checked and completed."""
        return vals_list

    def _created(self):
        """Check what was created, and do what follows from it."""

    def _before_write(self, change):
        """Check and complete ``change``, and remember in it what was before."""

    def _after_write(self, change):
        """Check what was written, and do what follows from it."""

    def _for_create(self):
        """Return the model as the ORM, and then ``_created()``, shall know it."""
        refused = {f"default_{name}" for name in self._never_default_fields()}
        if self.env.su or refused.isdisjoint(self.env.context):
            return self
        context = {key: val for key, val in self.env.context.items() if key not in refused}
        return self.with_context(context)  # pylint: disable=context-overridden

    def _for_write(self):
        """Return the records as hooks and ORM shall know them."""
        return self

    # ------------------------------------------------------------
    # Declarations
    # ------------------------------------------------------------

    @api.model
    def _system_field_names(self):
        """Return the names of the stored fields that only our own methods set."""
        return self._system_fields

    @api.model
    def _never_default_fields(self):
        """Return the names of the fields whose ``default_*`` in the context is left out."""
        return self._system_field_names()

    def _locked_fields(self):
        """Return the names of the fields of this record that no request changes any more."""
        return frozenset()

    def _locked_message(self, names):
        """Return the refusal to change ``names``, some of which are locked."""
        return self.env._(
            "%(record)s: these fields no longer change: %(fields)s.",
            record=self.display_name,
            fields=self._labels(names & self._locked_fields()),
        )

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    @api.model
    def _checked_request(self, vals_list):
        """Return the values of a request for new records, if it may ask for any such."""
        if not self.env.su:
            # What a role may never do is said first, whatever is sent.
            self.browse().check_access("create")
        self._check_proper(vals_list)
        vals_list = [self._plausible(vals) for vals in vals_list]
        self._check_request(vals_list)
        return vals_list

    @api.model
    def _check_proper(self, vals_list):
        """Refuse what holds no values at all: no hook then trips over it.

        :raises UserError: once it is clear that the user may write such records
        """
        proper = isinstance(vals_list, (list, tuple))
        if not (proper and all(isinstance(vals, dict) for vals in vals_list)):
            raise UserError(self.env._("These are no values of a record."))

    @api.model
    def _check_request(self, vals_list):
        """Refuse values of new records that no request may set.

        :raises UserError: naming the fields by their labels
        """
        names = {name for vals in vals_list for name in vals}
        self._refuse_fields(self._system_field_names() & names)

    def _check_change(self, change):
        """Refuse values that no request may set, or not any more.

        What is fixed and repeated, as an import does, is left out: nothing follows from it.

        :raises UserError: naming the fields by their labels
        """
        self._check_locked(change.names)
        self._refuse_fields(self._system_field_names() & change.names)
        fixed = self._fixed_fields & change.names
        changed = {
            name
            for name in fixed
            if any(record._differs(name, change.vals[name]) for record in self)
        }
        self._refuse_fields(changed)
        for name in fixed - changed:
            del change.vals[name]

    def _check_locked(self, names):
        """Refuse to change ``names`` where they are locked.

        :raises UserError: see ``_locked_message()`` of the model
        """
        for record in () if self._is_system() else self:
            if record._locked_fields() & names:
                record._refuse(record._locked_message(frozenset(names)))

    def _refuse_fields(self, names):
        """Refuse to set the fields ``names``, if there are any, unless our own code does so."""
        if names and not self._is_system():
            self._refuse(
                self.env._(
                    "Not to be set by hand: %s. Such fields follow from others or from a button, "
                    "or "
                    "stay as they were entered.",
                    self._labels(names),
                )
            )

    def _refuse(self, message):
        """Refuse a request with ``message``, unless it speaks of records the user may not know.

        :raises AccessError: first, to a user who has no right to the records at all
        :raises UserError: ``message``
        """
        self.check_access("write" if self else "create")
        raise UserError(message)

    def _differs(self, name, value):
        """Return whether ``value``, as a write gives it, is another one than the field's."""
        self.ensure_one()
        field = self._fields[name]
        return field.convert_to_cache(value, self) != field.convert_to_cache(self[name], self)

    @api.model
    def _labels(self, names):
        return ", ".join(sorted(self._fields[name]._description_string(self.env) for name in names))
