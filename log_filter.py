"""Keeps what was written out of the server's log when a query of ours fails.

A failing INSERT or UPDATE is logged with all its values, a violated constraint with the whole
row. Constraints in Python speak first; this is for what they do not foresee.
"""

import logging
import re

from psycopg2 import IntegrityError

OURS = re.compile(r"\b(integration_\w+|res_partner|mail_activity|ir_attachment)\b")
STATEMENT = re.compile(r"\s*(\w+(?:\s+(?:INTO|FROM))?\s+\"?\w+\"?)")


class FailedQueryFilter(logging.Filter):
    """Cuts failed queries on files and contacts down to statement, table and constraint."""

    def filter(self, record):
        """Shorten the record in place; it is always logged."""
        if str(record.msg).startswith("bad query") and len(record.args or ()) == 2:
            query, error = record.args
            text = query.decode(errors="replace") if isinstance(query, bytes) else str(query)
            if OURS.search(text):
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


def install():
    """Put the filter in front of the logger of the database layer, once."""
    logger = logging.getLogger("odoo.sql_db")
    if not any(isinstance(present, FailedQueryFilter) for present in logger.filters):
        logger.addFilter(FailedQueryFilter())
