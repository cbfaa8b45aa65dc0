"""Compiled scripts and styles, carried from one database to the next.

Compiling takes longer than installing the module. A compiled file's address names the state of
its sources, so one that no longer fits is simply not found and compiled again.
"""

from .postgres.databases import link_file

COLUMNS = "name, type, url, public, mimetype, store_fname, file_size, checksum, res_model, res_id"
COMPILED = "url LIKE '/web/assets/%' AND store_fname IS NOT NULL"


def carry_over(databases, sources, target):
    """Copy the compiled files of the first database that has any into ``target``."""
    for source in sources:
        rows = _compiled(databases, source) if databases.stamp(source) else []
        if rows:
            _insert(databases, rows, target)
            _link_files(databases, rows, source, target)
            return


def _compiled(databases, database):
    return databases.server.query(
        f"SELECT {COLUMNS} FROM ir_attachment WHERE {COMPILED}", database=database
    )


def _insert(databases, rows, target):
    columns = f"{COLUMNS}, create_uid, write_uid, create_date, write_date"
    values = ", ".join(["%s"] * len(rows[0]) + ["1", "1", "now()", "now()"])
    statement = ", ".join([f"({values})"] * len(rows))
    databases.server.query(
        f"INSERT INTO ir_attachment ({columns}) VALUES {statement}",
        [cell for row in rows for cell in row],
        database=target,
    )


def _link_files(databases, rows, source, target):
    place = COLUMNS.split(", ").index("store_fname")
    for row in rows:
        file = databases.filestore(source) / row[place]
        copy = databases.filestore(target) / row[place]
        if file.exists() and not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            link_file(file, copy)
