"""The ways by which the ORM finds rows, and those by which it opens or changes a known one.

A route that finds takes a model and a domain and returns the ids it finds, or how many.
A route to a row takes the row; it must raise if the row is closed.
"""

from odoo.exceptions import AccessError

QUIET = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.sql_db")
SIMPLE = ("char", "text", "html", "integer", "float", "boolean", "date", "datetime", "selection")


def specification(model):
    """Return the specification of every field of ``model``, with the names of what it refers to."""
    return {
        name: {"fields": {"display_name": {}}} if model._fields[name].relational else {}
        for name in model.fields_get([], ["type"])
        if not name.startswith("my_activity")
    }


def groupable(model):
    """Return a stored field by which any rows of ``model`` can be grouped."""
    names = [
        name
        for name, field in model._fields.items()
        if field.store and field.type == "many2one" and not field.groups
    ]
    return "company_id" if "company_id" in names else names[0]


def _web_read_group(model, domain):
    groups = model.web_read_group(domain, [groupable(model)], ["__count"])["groups"]
    return sum(group["__count"] for group in groups)


def _grouping_sets(model, domain):
    (groups,) = model.formatted_read_grouping_sets(domain, [[groupable(model)]], ["__count"])
    return sum(group["__count"] for group in groups)


def _ids(rows):
    return {row["id"] for row in rows}


FINDING = {
    "search": lambda model, domain: set(model.search(domain).ids),
    "search_count": lambda model, domain: model.search_count(domain),
    "search, ordered": lambda model, domain: set(model.search(domain, order="id desc").ids),
    "search_fetch": lambda model, domain: set(model.search_fetch(domain, ["display_name"]).ids),
    "search_read": lambda model, domain: _ids(model.search_read(domain, ["display_name"])),
    "web_search_read": lambda model, domain: _ids(
        model.web_search_read(domain, {"display_name": {}})["records"]
    ),
    "name_search": lambda model, domain: {
        id_ for id_, _name in model.name_search("", domain, limit=None)
    },
    "web_name_search": lambda model, domain: _ids(
        model.web_name_search("", {"display_name": {}}, domain, limit=None)
    ),
    "_read_group": lambda model, domain: set(
        model._read_group(domain, [], ["id:recordset"])[0][0].ids
    ),
    "formatted_read_group": lambda model, domain: sum(
        group["__count"]
        for group in model.formatted_read_group(domain, [groupable(model)], ["__count"])
    ),
    "web_read_group": _web_read_group,
    "formatted_read_grouping_sets": _grouping_sets,
    "nested domain": lambda model, domain: set(model.search(["|", ("id", "=", 0), *domain]).ids),
}


def found(route, model, domain):
    """Return what ``route`` finds; a role without any right to the model finds nothing."""
    try:
        return FINDING[route](model.with_context(active_test=False), domain)
    except AccessError:
        return set()


def writable(model):
    """Return values that could be written to a row of ``model``."""
    for name, field in model._fields.items():
        if field.store and field.type in SIMPLE and not field.readonly and not field.compute:
            return {name: False if field.type == "boolean" else field.falsy_value}
    return {}


OPENING = {
    "read": lambda row: row.read(),
    "read the name": lambda row: row.read(["display_name"]),
    "web_read": lambda row: row.web_read(specification(row)),
    "attribute": lambda row: row[groupable(row)],
    "export_data": lambda row: row.export_data([".id", "display_name"]),
    "copy": lambda row: row.copy(),
    "write nothing": lambda row: row.write({}),
    "write": lambda row: row.write(writable(row)),
    "web_save": lambda row: row.web_save(writable(row), {"display_name": {}}),
    "unlink": lambda row: row.unlink(),
}
# What each route to a row asks of it; the others need the right to read.
NEEDS = {"write nothing": "write", "write": "write", "web_save": "write", "unlink": "unlink"}
