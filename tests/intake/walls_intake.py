"""An import under way, for the world of the walls: its file, a row of it, and its columns."""


def import_under_way(client, env=None):
    """Return {key of the table: records} of an import at the employer of ``client``.

    :param env: whose import it is; otherwise that of whoever keeps the file
    """
    env = env or client.env
    # sudo: integration.client - for which employer; she need not read the file
    company = client.sudo().company_id.with_env(env)
    batch = env["integration.import.batch"].create({"file": b"TmFtZQpFdmE="})
    mapping = batch.mapping_id._for_columns(company, ["Name", f"Of {client.id}"])
    rows = env["integration.import.row"].sudo()._as_system()
    row = rows.create({"batch_id": batch.id, "number": 2, "verdict": "new", "label": "Words"})
    return {
        batch._name: batch,
        row._name: row.with_env(env),
        mapping._name: mapping,
        mapping.line_ids._name: mapping.line_ids,
    }
