"""Everything else that lies in files: a table for each model, found from the registry."""

from odoo.fields import Datetime
from odoo.tools import split_every

# What the system keeps beside a record, and what is true of the reader alone
TECHNICAL = frozenset({"in_my_files", "write_uid", "write_date"})
# Their rows are on the way into a file, not yet in it.
ON_THE_WAY = ("integration.import.", "integration.contact.draft")
# A cell holds words; what is longer or of another kind stands in a file of its own, or elsewhere.
NO_CELLS = ("binary", "one2many", "json", "properties", "reference", "many2one_reference")
SLICE = 1000


def tables_of_files(env):
    """Return the names of the models whose rows lie in somebody's file, and that the user reads."""
    secured = env.registry["integration.secured"]
    return [
        name
        for name, model in sorted(env.registry.items())
        if issubclass(model, secured)
        and model._auto
        and not model._abstract
        and not model._transient
        and not name.startswith(ON_THE_WAY)
        and env[name].has_access("read")
    ]


def found_of(env, name, company):
    """Return what the user may read of a model, of one employer, in the order of entering."""
    model = env[name].with_context(active_test=False)
    return model.search([("company_id", "=", company.id)], order="id")


def columns_of(records):
    """Return the names of the columns: what is stored, has words and is open to the user."""
    fields = records.fields_get(attributes=["type", "store"])
    stored = {
        name
        for name, spec in fields.items()
        if spec.get("store") and spec["type"] not in NO_CELLS and name not in TECHNICAL
    }
    return sorted(stored, key=lambda name: (name != "id", name))


def rows_of(records, columns):
    """Yield a row of words for each record, in the order of ``columns``."""
    for some in split_every(SLICE, records.ids, records.browse):
        for record in some:
            yield [_words(record, name) for name in columns]
        # What has been written out need not be held until the end.
        some.invalidate_recordset(flush=False)


def _words(record, name):
    field, value = record._fields[name], record[name]
    if field.type in ("many2one", "many2many"):
        return _referred(record.env, value)
    if field.type == "datetime":
        return Datetime.context_timestamp(record, value).isoformat() if value else ""
    if field.type == "date":
        return value.isoformat() if value else ""
    if field.type == "boolean":
        return "yes" if value else "no"
    if field.type in ("integer", "float", "monetary"):
        return str(value)
    return value or ""


def _referred(env, targets):
    """Return what a reference says: rows of files by their id, everything else by its name."""
    if issubclass(env.registry[targets._name], env.registry["integration.secured"]):
        return ", ".join(map(str, targets.ids))
    # sudo: names of users, classifications and entries of lists that the record itself shows
    return ", ".join(targets.sudo().mapped("display_name"))
