"""Refuses what Odoo 19.0 takes from a request by mistake: an operator that skips the rules.

``any!`` and ``not any!`` search past the record rules and are for code alone. Odoo refuses them
in lists of conditions, which is how a request brings them, but compares the letters as they
came and makes them small only afterwards: ``ANY!`` goes by, and answers anyone who may read one
record letter by letter what stands in those she may not. A mended Odoo refuses it itself; this
guard then finds nothing to do.
"""

import functools
import logging

from odoo.fields import Domain

_logger = logging.getLogger(__name__)


def passes_rules(item):
    """Return whether a condition of a list has an operator that skips the record rules."""
    operator = item[1] if isinstance(item, (list, tuple)) and len(item) == 3 else None
    return isinstance(operator, str) and operator.strip().endswith("!")


def install():
    """Put the guard in front of the reading of lists of conditions, once."""
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
