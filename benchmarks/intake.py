"""What an import costs: preview and import of many rows against Odoo's import of as many contacts.

Both by one user in one process, CPU seconds, rolled back at the end. BENCH_ROWS says how many.
"""

import base64
import os
import time

ROWS = int(os.environ.get("BENCH_ROWS", "10000"))
# County: an import takes at most twice as long as one of plain contacts
ALLOWED = 2.0
HEAD = ["Nachname", "Vorname", "Geburtsdatum", "Telefon", "Straße", "PLZ", "Ort"]
LINES = [
    [f"Beispiel{number}", "Eva", "03.02.1990", "07541 1", "Musterweg 1", "88045", "Ort"]
    for number in range(ROWS)
]


def measured(function):
    """Return what a function costs in CPU seconds, with all that it writes."""
    start = time.process_time()
    function()
    env.flush_all()
    return time.process_time() - start


def plain():
    env.user.env["res.partner"].load(
        ["name", "ref", "phone", "street", "zip", "city"],
        [[f"{line[1]} {line[0]}", line[2], *line[3:]] for line in LINES],
    )


def preview():
    batch.action_read()
    batch.action_preview()


def entered():
    batch._as_system().write({"state": "running", "file": False})
    while batch._import_slice():
        pass


worker = env["res.users"].search(
    [("all_group_ids", "in", env.ref("integration_management.group_caseworker").ids)], limit=1
)
own = env(user=worker.id, su=False, context={"allowed_company_ids": worker.company_id.ids})
content = "\n".join(";".join(line) for line in [HEAD, *LINES])
with env.cr.savepoint() as savepoint:
    contacts = measured(plain)
    savepoint.rollback()
env.invalidate_all()
with env.cr.savepoint() as savepoint:
    batch = own["integration.import.batch"].create({"file": base64.b64encode(content.encode())})
    looked, took = measured(preview), measured(entered)
    done = batch.done_count
    savepoint.rollback()
print(f"Import of {ROWS:,} rows ({done:,} entered), CPU seconds:")
print(f"  contacts by Odoo's own import: {contacts:.1f}")
ratio = (looked + took) / contacts
print(
    f"  preview {looked:.1f}, import {took:.1f}: {ratio:.2f} times as long, "
    f"budget {ALLOWED}: {'met' if ratio <= ALLOWED else 'missed'}"
)
