"""Whether a request that has failed could have been answered at all.

Odoo takes what comes for granted: a limit that is a text, a name with a sign that no database
stores, a field that does not exist end in an error of the server, for whatever model. Of ours a
sentence is said instead. A request is looked at only once it has failed, so that proper ones pay
nothing, and of one that is in order the error is one of the program and stays as it is.
"""

import base64
import inspect
import re
from collections.abc import Mapping

import pytz

from odoo.exceptions import AccessError
from odoo.fields import Command, Date, Domain
from odoo.orm.models import READ_GROUP_AGGREGATE
from odoo.orm.utils import (
    COLLECTION_TYPES,
    READ_GROUP_NUMBER_GRANULARITY,
    READ_GROUP_TIME_GRANULARITY,
)
from odoo.service.model import get_public_method

# Signs that are none by themselves, and the one that ends a text for the database
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
GREATEST = 2**63 - 1
ORDER = re.compile(r"\s*([\w.:]+)(\s+(asc|desc))?(\s+nulls\s+(first|last))?\s*", re.IGNORECASE)
GRANULARITIES = {*READ_GROUP_NUMBER_GRANULARITY, *READ_GROUP_TIME_GRANULARITY}
COUNTED = {"limit", "offset", "count_limit", "unfold_read_default_limit"}
# Of numbers and days, and of no relation
UNEQUAL = {"<", ">", "<=", ">="}
FAILURES = (ValueError, TypeError, LookupError, AttributeError, AssertionError)


def has_unstorable(value):
    """Return whether any text in a request holds a sign that is neither stored nor sought."""
    if isinstance(value, str):
        return bool(UNSTORABLE.search(value))
    if isinstance(value, Mapping):
        return any(map(has_unstorable, (*value, *value.values())))
    return isinstance(value, (list, tuple)) and any(map(has_unstorable, value))


def is_nonsense(error, model, method, args, kwargs):
    """Return whether no method of ``model`` could have made sense of these arguments.

    :param error: in which they have ended
    """
    try:
        one = not str(error).startswith("Expected singleton") or len(model.browse(args[0])) == 1
        return not (one and _makes_sense(model, method, args, kwargs))
    except AccessError:
        # A private method: that is said in words of its own.
        return False
    except FAILURES:
        return True


def _makes_sense(model, method, args, kwargs):
    function = get_public_method(model, method)
    args, kwargs = list(args), dict(kwargs)
    if not _proper_context(kwargs.pop("context", None) or {}):
        return False
    if not getattr(function, "_api_model", False) and not _ids(args.pop(0)):
        return False
    inspect.signature(function).bind(model, *args, **kwargs)
    # Who extends a method may pass its arguments on unnamed: the first one names them.
    first = [vars(cls)[method] for cls in type(model).__mro__ if method in vars(cls)][-1]
    given = inspect.signature(first).bind(model, *args, **kwargs).arguments
    given = {**given, **given.get("kwargs", {})}
    if method == "formatted_read_group":
        known = {"__count", *given.get("groupby", ()), *given.get("aggregates", ())}
        terms = (given.pop("order", None) or "").split(",")
        if not {_term(part) for part in terms if part} <= known:
            return False
    return all(_proper_argument(model, name, value) for name, value in given.items())


def _proper_context(context):
    return (
        isinstance(context, Mapping)
        and all(isinstance(context.get(name) or "", str) for name in ("lang", "active_model"))
        and (context.get("tz") or "UTC") in pytz.all_timezones_set
        and all(
            isinstance(context.get(name) or [], list) and _ids(context.get(name))
            for name in ("allowed_company_ids", "active_ids")
        )
    )


def _ids(value):
    values = value if isinstance(value, (list, tuple)) else [value or 0]
    return all(map(_is_number, values))


def _is_number(value):
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= GREATEST


# ------------------------------------------------------------
# Arguments, by their names in Odoo's methods
# ------------------------------------------------------------


def _proper_argument(model, name, value):
    proper = PROPER.get(name)
    if name in COUNTED:
        return value in (None, False) or (_is_number(value) and value >= 0)
    if proper is None:
        kinds = (("_ids", _are_ids), ("_id", _id), ("date", _day))
        proper = next(
            (proper for part, proper in kinds if name.endswith(part) or name.startswith(part)), None
        )
    # None and False stand for what is left out.
    return proper is None or (not value and name not in NEEDED) or proper(model, value)


def _id(model, value):
    return _is_number(value)


def _are_ids(model, value):
    return isinstance(value, (list, tuple)) and all(map(_is_number, value))


def _day(model, value):
    return isinstance(value, str) and bool(Date.to_date(value))


def _is_text(model, value):
    return isinstance(value, str)


def _orders(model, order):
    return all(_stored(model, _term(part)) for part in order.split(",") if part.strip())


def _term(part):
    """Return what is sorted by in one part of an order; its way is left out.

    :raises AttributeError: it is no part of an order
    """
    return ORDER.fullmatch(part)[1]


def _stored(model, name):
    name, *sub = name.split(":")[0].split(".")
    if name == "__count":
        return True
    field = model._fields[name]
    return field.store and (not sub or field.type == "properties")


def _names(model, paths):
    return _are_texts(paths) and all(
        re.split(r"[./:]", path)[0] in model._fields for path in paths if path != ".id"
    )


def _are_texts(values):
    return isinstance(values, (list, tuple)) and all(isinstance(each, str) for each in values)


def _groups(model, groupby):
    return bool(groupby) and _are_texts(groupby) and all(_group(model, path) for path in groupby)


def _group(model, path):
    path, _colon, granularity = path.partition(":")
    if granularity and granularity not in GRANULARITIES:
        return False
    for name in path.split("."):
        field = model._fields[name]
        model = model.env[field.comodel_name] if field.type == "many2one" else None
    return True


def _aggregates(model, aggregates):
    return _are_texts(aggregates) and all(
        each == "__count" or _aggregate(model, *each.split(":")) for each in aggregates
    )


def _aggregate(model, name, function):
    return name in model._fields and function in READ_GROUP_AGGREGATE


def _bar(model, bar):
    return bar["field"] in model._fields and isinstance(bar["colors"], Mapping)


def _fits(model, domain):
    """Return whether fields and operators exist, and whether ids are sought by ids.

    :raises ValueError: as the ORM says it
    """
    return all(_matches(model, each) for each in Domain(domain).optimize(model).iter_conditions())


def _matches(model, condition):
    name, value = condition.field_expr, condition.value
    field = model._fields[name.split(".")[0]]
    if "." in name and field.type not in ("properties", "date", "datetime"):
        return False
    if field.relational and condition.operator in UNEQUAL:
        return False
    if isinstance(value, Domain):
        return _fits(model.env[field.comodel_name], value)
    if condition.operator in ("child_of", "parent_of"):
        if field.comodel_name == model._name:
            return True
        comodel = model.env[field.comodel_name] if field.relational else model
        return comodel._parent_name in comodel._fields
    values = value if isinstance(value, COLLECTION_TYPES) else [value]
    numeric = field.relational or field.name == "id" or field.type in ("integer", "float")
    if numeric and any(each is True for each in values):
        return False
    # What a text has become on its way, a day for one
    return not any(isinstance(each, (Mapping, list)) for each in values)


def _specifies(model, specification):
    for name, spec in specification.items():
        if not isinstance(spec, Mapping) or not _specified(model, model._fields[name], spec):
            return False
    return True


def _specified(model, field, spec):
    return (
        ("fields" not in spec or _specifies(model.env[field.comodel_name], spec["fields"]))
        and all(_proper_argument(model, name, spec.get(name)) for name in COUNTED)
        and _proper_context(spec.get("context") or {})
    )


def _specifies_groups(model, specification):
    return all(
        _specifies(model.env[model._fields[name].comodel_name], spec)
        for name, spec in specification.items()
    )


def _opens(model, infos):
    return all(
        {"value", "folded"} <= info.keys()
        and (info["folded"] or {"limit", "offset"} <= info.keys())
        and all(_proper_argument(model, name, info.get(name)) for name in COUNTED)
        and _opens(model, info.get("groups") or ())
        for info in infos
    )


# ------------------------------------------------------------
# Values of fields
# ------------------------------------------------------------


def _values(model, values):
    """Return whether values are those of fields of a record, as a form has them."""
    return isinstance(values, Mapping) and all(
        not value or _value(model, model._fields[name], value) for name, value in values.items()
    )


def _record(model, values):
    """Return whether values are those of a record that is saved: nothing unsaved among them."""
    single = {name for name in values if model._fields[name].type == "many2one"}
    return _values(model, values) and all(_is_number(values[name] or 0) for name in single)


def _records(model, vals_list):
    several = vals_list if isinstance(vals_list, (list, tuple)) else [vals_list]
    return all(_record(model, values) for values in several)


def _value(model, field, value):
    if field.type in ("date", "datetime"):
        return _day(model, value)
    if field.type in ("integer", "float", "monetary"):
        return isinstance(value, (int, float)) and abs(value) <= GREATEST
    if field.type == "binary":
        return base64.b64decode(value) is not None
    if field.type == "selection":
        return value in field.get_values(model.env)
    if field.type in ("char", "text", "html"):
        return isinstance(value, (str, int, float))
    if field.type == "many2one":
        # An id, one with its name, or the values of what is not saved yet
        if isinstance(value, Mapping):
            return _values(model.env[field.comodel_name], value)
        return _is_number(value[0] if isinstance(value, (list, tuple)) else value)
    if field.type in ("one2many", "many2many"):
        comodel = model.env[field.comodel_name]
        return isinstance(value, (list, tuple)) and all(_command(comodel, each) for each in value)
    return True


def _command(model, command):
    """Return whether this is an id or a command of a relation to many records."""
    if not isinstance(command, (list, tuple)):
        return _is_number(command)
    operation, *rest = command
    if operation in (Command.CREATE, Command.UPDATE):
        return _values(model, rest[1])
    if operation == Command.SET:
        return _are_ids(model, rest[1])
    return operation in tuple(Command)


PROPER = {
    "order": _orders,
    "domain": _fits,
    **dict.fromkeys(("fields", "field_names", "allfields", "fields_to_export"), _names),
    "groupby": _groups,
    "group_by": lambda model, path: _group(model, path),
    "aggregates": _aggregates,
    "progress_bar": _bar,
    **dict.fromkeys(("specification", "fields_spec", "unfold_read_specification"), _specifies),
    "groupby_read_specification": _specifies_groups,
    "opening_info": _opens,
    "operator": lambda model, name: isinstance(name, str) and not name.endswith("any"),
    **dict.fromkeys(("name", "key", "window", "button"), _is_text),
    "attributes": lambda model, names: _are_texts(names),
    "values": _values,
    "vals": _record,
    "vals_list": _records,
    "cell": lambda model, cell: isinstance(cell, (list, tuple)) and len(cell) == 4,
    "views": lambda model, views: all(map(_is_view, views)),
    # Of search_read, which passes on what it does not know
    "read_kwargs": lambda model, given: given.keys() <= {"load"},
}
NEEDED = {"groupby", "group_by", "operator"}


def _is_view(view):
    return isinstance(view, (list, tuple)) and len(view) == 2 and isinstance(view[1], str)
