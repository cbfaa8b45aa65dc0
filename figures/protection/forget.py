"""What is left of a person in what was decided once she is erased: that she was one.

Decisions say who was counted in a table under what, or what a talk with whom was about. Without
that, one of two prints would tell of somebody else what it must not. So a random number stands in
her place, the same one everywhere, and nothing says any more whose it is.
"""

import json
import secrets

from odoo.tools import SQL


def forget(env, clients):
    """Take persons out of all that was decided; ``env`` is the engine's.

    :param clients: their ids
    """
    markers = {client: -1 - secrets.randbelow((1 << 31) - 1) for client in clients}
    if not markers:
        return
    rows = env.execute_query(
        SQL(
            "SELECT id, tables FROM integration_figures_decision WHERE tables::text ~ %s",
            rf"\m({'|'.join(map(str, sorted(markers)))})\M",
        )
    )
    for record, tables in rows:
        env.execute_query(
            SQL(
                "UPDATE integration_figures_decision SET tables = %s WHERE id = %s RETURNING id",
                json.dumps(_forgotten(tables, markers)),
                record,
            )
        )


def _forgotten(tables, markers):
    """Return what was kept with markers instead of persons, of whatever it is about."""
    if isinstance(tables, dict):  # areas and topics
        return {
            **tables,
            "hidden": [[key, _marked(persons, markers)] for key, persons in tables["hidden"]],
            "talks": [[*talk, _marked(persons, markers)] for *talk, persons in tables["talks"]],
        }
    if tables and len(tables[0]) == 4 and isinstance(tables[0][0], list):  # traits
        return [
            [node, span, [[*group, _marked(ids, markers)] for *group, ids in groups], hidden]
            for node, span, groups, hidden in tables
        ]
    return tables  # answers of arrivals, who are no clients


def _marked(persons, markers):
    return sorted(markers.get(person, person) for person in persons)
