"""Keeps conditions of a request behind the record rules where Odoo 19.0 passes over them.

**Operators.** ``any!`` and ``not any!`` search past the record rules and are for code alone. Odoo
refuses them in lists of conditions, which is how a request brings them, but compares the letters
as they came and makes them small only afterwards: ``ANY!`` goes by, and answers anyone who may
read one record letter by letter what stands in those she may not. A mended Odoo refuses it itself;
this guard then finds nothing to do.

**Ids.** What a relation to many records is compared with, an id or nothing, Odoo looks up as
superuser: a lead would learn, id by id, to which case a note belongs, and whether there is any.
How the condition was written, or which field's search has led to it, makes no difference where it
becomes SQL; so it is asked by the rules there.
"""

import functools
import logging

from odoo.fields import Domain, One2many
from odoo.orm.utils import COLLECTION_TYPES
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


def passes_rules(item):
    """Return whether a condition of a list has an operator that skips the record rules."""
    operator = item[1] if isinstance(item, (list, tuple)) and len(item) == 3 else None
    return isinstance(operator, str) and operator.strip().endswith("!")


def asks_past_rules(field, value, model):
    """Return whether ids of records in somebody's file would be compared as superuser."""
    if model.env.su or not field.store or not isinstance(value, COLLECTION_TYPES):
        return False
    secured = model.env.registry.get("integration.secured")
    return (
        secured is not None
        and isinstance(model, secured)
        and model._lies_in_file(field.comodel_name)
    )


def install():
    """Put the guards in front of what Odoo does, once."""
    _guard_operators()
    _guard_ids()


def _guard_operators():
    original = Domain.__new__
    if getattr(original, "guards_operators", False):
        return

    @functools.wraps(original)
    def guarded(cls, *args, internal=False):
        listed = args[0] if len(args) == 1 and isinstance(args[0], (list, tuple)) else ()
        if not internal and any(map(passes_rules, listed)):
            # Neither log nor answer repeats what was sought: it may be personal data.
            _logger.warning("A request asked for an operator that skips the record rules.")
            raise ValueError("This operator is not for lists of conditions: it skips the rules.")
        return original(cls, *args, internal=internal)

    guarded.guards_operators = True
    Domain.__new__ = guarded


def _guard_ids():
    # Of whatever relation to many records
    relations = next(cls for cls in One2many.__mro__ if "condition_to_sql" in vars(cls))
    original = relations.condition_to_sql
    if getattr(original, "guards_ids", False):
        return

    @functools.wraps(original)
    def guarded(self, field_expr, operator, value, model, alias, query):
        if not asks_past_rules(self, value, model):
            return original(self, field_expr, operator, value, model, alias, query)
        found = []
        if ids := [id_ for id_ in value if id_]:
            among = Domain("id", "in", ids)
            if "active" in model.env[self.comodel_name]._fields:
                among &= Domain("active", "in", [True, False])
            found.append(original(self, field_expr, "any", among, model, alias, query))
        if len(ids) < len(value):
            found.append(original(self, field_expr, "not any", Domain.TRUE, model, alias, query))
        sql = SQL(" OR ").join(found)
        return SQL("(%s)", sql) if operator == "in" else SQL("(%s) IS NOT TRUE", sql)

    guarded.guards_ids = True
    relations.condition_to_sql = guarded
