"""Keeps what was written or sought out of the server's log when it fails.

A failing INSERT or UPDATE is logged with all its values, a violated constraint with the whole
row. Constraints in Python speak first; this is for what they do not foresee.
"""

import logging
import re
import traceback

from psycopg2 import Error as DatabaseError
from psycopg2 import IntegrityError

from odoo.http import request

OURS = re.compile(r"\b(integration_\w+|res_partner|mail_activity|ir_attachment)\b")
# Errors of Python and of the database, whose texts repeat what they stumbled upon
REPEATING = (ValueError, TypeError, KeyError, AttributeError, LookupError, DatabaseError)
STATEMENT = re.compile(r"\s*(\w+(?:\s+(?:INTO|FROM))?\s+\"?\w+\"?)")


class FailedQueryFilter(logging.Filter):
    """Cuts failed queries on files and contacts down to statement, table and constraint."""

    def filter(self, record):
        """Shorten the record in place; it is always logged."""
        if str(record.msg).startswith("bad query") and len(record.args or ()) == 2:
            query, error = record.args
            text = query.decode(errors="replace") if isinstance(query, bytes) else str(query)
            # Deleting something else, an employer for one, may fail over a row of ours.
            if OURS.search(text) or OURS.search(str(error)):
                statement = STATEMENT.match(text)
                record.args = (
                    f"{statement[1] if statement else ''} … (values left out)",
                    self._without_values(error),
                )
        return True

    @staticmethod
    def _without_values(error):
        """Return what the error says of the table; its details quote the row."""
        kind = f"{type(error).__name__} {getattr(error, 'pgcode', '') or ''}".strip()
        if isinstance(error, IntegrityError):
            return f"{kind}: {str(error).splitlines()[0]}"
        return kind


class FailedRequestFilter(logging.Filter):
    """Leaves of a failed request on files and contacts where it failed, and not what it asked.

    A domain, an id or a value that does not fit its field stands in the text of the error.
    """

    def filter(self, record):
        """Write the traceback out, without the texts of the errors; it is always logged."""
        error = (record.exc_info or (None, None))[1]
        # A request that got no database, for it is just restarting, has no parameters yet.
        params = getattr(request, "params", None) or {} if request else {}
        if isinstance(error, REPEATING) and concerns_ours(params):
            record.exc_text = without_words(error)
            record.exc_info = None
        return True


class DomainFilter(logging.Filter):
    """Leaves of a condition that Odoo grumbles about field and operator, not what was sought."""

    def filter(self, record):
        """Shorten the record in place; it is always logged."""
        args = record.args if isinstance(record.args, tuple) else (record.args,)
        record.args = tuple(map(self._shortened, args)) if record.args else record.args
        return True

    @staticmethod
    def _shortened(arg):
        if isinstance(arg, tuple) and len(arg) == 3:
            return (*arg[:2], "…")
        if hasattr(arg, "field_expr"):
            return (arg.field_expr, arg.operator, "…")
        return arg


def concerns_ours(params):
    """Return whether a request is about files or contacts, or does not say what it is about."""
    named = [params.get(key) for key in ("model", "__model__", "res_model", "thread_model")]
    models = [name for name in named if isinstance(name, str)]
    return not models or any(
        OURS.fullmatch(name.replace(".", "_")) or name.startswith("mail.") for name in models
    )


def without_words(error):
    """Return the traceback of an error and of what led to it: places and kinds alone."""
    lines = []
    while error is not None:
        lines = [
            "Traceback (most recent call last):\n",
            *traceback.format_tb(error.__traceback__),
            f"{type(error).__name__} (text left out)\n",
            *(["\n"] if lines else []),
            *lines,
        ]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "".join(lines).rstrip()


def install():
    """Put the filters in front of the loggers concerned, once."""
    filters = {
        "odoo.sql_db": FailedQueryFilter,
        "odoo.http": FailedRequestFilter,
        "odoo.domains": DomainFilter,
    }
    for name, kind in filters.items():
        logger = logging.getLogger(name)
        if not any(isinstance(present, kind) for present in logger.filters):
            logger.addFilter(kind())
