from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..access.base import APPOINTMENT
from ..mixins.references import proper_vals

# What a file may have of these is read with the file by walls of their own, or, as external ids,
# holds no words and is read by administrators alone.
FITTED = {"ir.attachment", "mail.activity", "ir.model.data"}
NAMES_OF_MODEL = ("res_model", "model", "res_model_id", "model_id")


class Base(models.AbstractModel):
    """What Odoo ties to whatever record by model and id does not stand beside a file.

    Odoo asks for the right to write the record at most, which a lead has on every case. So the
    words would pass the consent gate and be read without an access entry: a message to be sent
    later, a letter, a rating, a button pinned to a record. Which models can point anywhere is
    found out once per registry, so that a model of another module is closed like Odoo's own.
    Appointments alone may point to a file; who reads the file reads them, see ``ir.rule``. What
    is tied to such an appointment is tied to the file.
    """

    _inherit = "base"

    # The pairs of fields that name a model and a record of it; a reference holds both, then the
    # first of the pair is empty. And the fields that move a record to another one when written.
    _integration_tied_by = ()
    _integration_tying_fields = frozenset()
    # The links to the appointment without which a record would be nothing
    _integration_appointment_fields = ()

    @api.model
    def _post_model_setup__(self):  # pylint: disable=missing-return
        super()._post_model_setup__()
        cls = type(self)
        cls._integration_tied_by = self._find_ties()
        cls._integration_tying_fields = self._find_tying_fields()
        cls._integration_appointment_fields = self._find_links_to_appointments()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if self._integration_tied_by:
            records._check_ties()
        return records

    def write(self, vals):
        if self._name == APPOINTMENT:
            self._check_appointment_words(vals)
        tying = self._integration_tying_fields
        if not (tying and proper_vals(vals) and not tying.isdisjoint(vals)):
            return super().write(vals)
        before = self._tied_files()
        result = super().write(vals)
        self._check_ties_stay(before)
        self._check_ties()
        return result

    @api.model
    def _tied_by(self):
        return self._integration_tied_by

    @api.model
    def _find_ties(self):
        secured = isinstance(self, self.env.registry["integration.secured"])
        if secured or self._abstract or self._transient or not self._auto or self._name in FITTED:
            return ()
        ties = []
        for name, field in self._fields.items():
            if not field.store:
                continue
            if field.type == "reference":
                ties.append((None, name))
            elif field.type == "many2one_reference":
                ties.append((self._stored_name(field.model_field), name))
            elif field.type == "integer" and name.endswith("res_id"):
                start = name.removesuffix("res_id")
                named = [start + end for end in NAMES_OF_MODEL if start + end in self._fields]
                ties += [(self._stored_name(model), name) for model in named[:1]]
        return tuple(tie for tie in ties if tie[0] in self._fields or tie[0] is None)

    @api.model
    def _parts_of_appointments(self):
        return self._integration_appointment_fields

    @api.model
    def _find_links_to_appointments(self):
        if self._abstract or self._transient or not self._auto:
            return ()
        return tuple(
            name
            for name, field in self._fields.items()
            if field.comodel_name == APPOINTMENT
            and field.type == "many2one"
            and field.store
            and field.required
        )

    @api.model
    def _find_tying_fields(self):
        names = {name for tie in self._integration_tied_by for name in tie if name}
        related = [self._fields[name].related for name in names]
        return frozenset(names | {path.split(".")[0] for path in related if path})

    @api.model
    def _stored_name(self, name):
        """Return the stored field that ``name`` follows, such as the link to the model's row."""
        field = self._fields.get(name)
        if field is None or field.store or not field.related:
            return name
        return field.related.split(".")[0]

    def _tied_to(self):
        """Return the (model, id) the record points to.

        Nothing else of it is fetched. Odoo hides the words of others' private appointments while
        it fetches them for a user: what was fetched as superuser before, it would show her.
        """
        self.ensure_one()
        record = self.with_context(prefetch_fields=False)
        for model_field, id_field in self._integration_tied_by:
            value = record[id_field]
            if model_field is None:
                if value:
                    yield value._name, value.id
                continue
            model = record[model_field]
            yield (model.model if isinstance(model, models.BaseModel) else model), value

    def _tied_files(self):
        """Return {record: (model, id)} of the appointments that are tied to a file."""
        if self._name != APPOINTMENT:
            return {}
        ours = self.env["ir.rule"]._file_models()
        # sudo: calendar.event - to which record it is tied, no matter who asks
        ties = ((event, tie) for event in self.sudo() for tie in event._tied_to())
        return {event: tie for event, tie in ties if tie[0] in ours and tie[1]}

    def _check_ties(self):
        """Refuse to tie anything to a file that is not read with the file.

        :raises UserError: also for the superuser, who sends and posts for everybody
        """
        rules = self.env["ir.rule"]
        # sudo: self - to which record it is tied, no matter who asks
        for record in self.sudo():
            for model, id_ in record._tied_to():
                if not id_:
                    continue
                file = rules._file_behind(model, id_)
                if file and self._name == APPOINTMENT:
                    record.sudo(self.env.su)._check_appointment(*file)
                elif file or (model == "res.partner" and self._ties_client(id_)):
                    raise UserError(
                        self.env._(
                            "Nothing of this kind is kept in somebody's file. Document contacts "
                            "and notes there, or plan an activity."
                        )
                    )

    def _ties_client(self, id_):
        """Return whether a request points to the contact of a client.

        What Odoo does itself, such as noting that a mail was sent, leaves clients out elsewhere.
        """
        return not self.env.su and bool(self.env["res.partner"]._integration_clients([id_]))


def model_sql(model, alias, model_field, id_field):
    """Return the SQL of model and id that a pair of fields names."""
    field = model._fields[id_field]
    column = SQL.identifier(alias, id_field, to_flush=field)
    if field.type == "reference":
        return (
            SQL("split_part(%s, ',', 1)", column),
            SQL("NULLIF(split_part(%s, ',', 2), '')::integer", column),
        )
    named = SQL.identifier(alias, model_field, to_flush=model._fields[model_field])
    if model._fields[model_field].type == "many2one":
        named = SQL("(SELECT model FROM ir_model WHERE id = %s)", named)
    return named, column
