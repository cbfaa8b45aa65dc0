"""An import under way, for the world of the walls: its file, a row of it, and its columns."""


def import_under_way(client):
    """Return {key of the table: records} of an import by whoever keeps the file of ``client``."""
    batch = client.env["integration.import.batch"].create({"file": b"TmFtZQpFdmE="})
    mapping = batch.mapping_id._for_columns(client.company_id, ["Name", f"Of {client.id}"])
    rows = client.env["integration.import.row"].sudo()._as_system()
    row = rows.create({"batch_id": batch.id, "number": 2, "verdict": "new", "label": "Words"})
    return {
        batch._name: batch,
        row._name: row.with_env(client.env),
        mapping._name: mapping,
        mapping.line_ids._name: mapping.line_ids,
    }
