"""What ordinary rows of an agency's other work cost: the same script with and without the module.

Run in one database without the module and in one with it, in turns; prints one line of JSON.
"""

import json
import time

ROWS = 1000
REPEATS = 5


def one_by_one(model, vals_list, changes):
    """Create and change rows as people do, each by itself."""
    for vals in vals_list:
        model.create(vals).write(changes)
    env.flush_all()


def partners():
    one_by_one(
        env["res.partner"],
        [{"name": f"Firm {number}"} for number in range(ROWS)],
        {"phone": "0123", "city": "Aheim"},
    )


def tags():
    """Write rows of a model that can refer to contacts, and so to clients."""
    one_by_one(
        env["res.partner.category"],
        [{"name": f"Tag {number}"} for number in range(ROWS)],
        {"color": 3},
    )


def banks():
    """Write rows of a model that has nothing to do with clients at all."""
    one_by_one(
        env["res.bank"], [{"name": f"Bank {number}"} for number in range(ROWS)], {"bic": "TESTDEFF"}
    )


measured = {}
for task in (partners, tags, banks):
    seconds = []
    for _ in range(REPEATS):
        with env.cr.savepoint() as savepoint:
            queries, start = env.cr.sql_log_count, time.process_time()
            task()
            seconds.append(time.process_time() - start)
            queries = env.cr.sql_log_count - queries
            savepoint.rollback()
            env.invalidate_all()
    measured[task.__name__] = {"seconds": min(seconds), "queries": queries}
print(json.dumps(measured))
