"""All that somebody may read of an employer in one packed file, for leaving or for looking."""

import csv
import io
import mimetypes
import zipfile

from odoo.fields import Domain

from ...models.intake.reader import escaped
from .export_people import COLUMNS, people_rows
from .export_tables import columns_of, found_of, rows_of, tables_of_files

PAPERS = ("path", "model", "record", "mimetype", "bytes", "sha1")


def write_people(env, company, stream):
    """Write the csv file in the columns of the import; return whose files it shows."""
    clients = found_of(env, "integration.client", company)
    _write_csv(stream, COLUMNS, people_rows(clients))
    return clients


def write_pack(env, company, stream):
    """Write the packed file with people, all tables and papers; return whose files it shows.

    Everything is read as the user of ``env``: what is closed to her is not in it.
    """
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as pack:
        with pack.open("people.csv", "w", force_zip64=True) as part:
            clients = write_people(env, company, part)
        papers = [
            paper
            for name in tables_of_files(env)
            for paper in _pack_model(pack, env, name, company)
        ]
        with pack.open("papers.csv", "w") as part:
            _write_csv(part, PAPERS, papers)
    return clients


def _pack_model(pack, env, name, company):
    """Pack the table of a model and what is attached to its rows; return a row for each paper."""
    records = found_of(env, name, company)
    if not records:
        return []
    columns = columns_of(records)
    with pack.open(f"tables/{name}.csv", "w", force_zip64=True) as part:
        _write_csv(part, columns, rows_of(records, columns))
    return [_pack_paper(pack, paper) for paper in _papers_of(records)]


def _papers_of(records):
    """Return the documents at ``records``, scans in fields of theirs as well."""
    own = Domain("res_model", "=", records._name) & Domain("res_id", "in", records.ids)
    scans = [name for name, field in records._fields.items() if field.type == "binary"]
    kept = Domain("res_field", "in", [False, *scans]) & Domain("type", "=", "binary")
    return records.env["ir.attachment"].search(own & kept, order="id")


def _pack_paper(pack, paper):
    # Never the name it was given, which may be that of a person.
    extension = mimetypes.guess_extension(paper.mimetype or "") or ""
    path = f"papers/{paper.res_model}-{paper.res_id}-{paper.id}{extension}"
    content = paper.raw or b""
    pack.writestr(path, content)
    return path, paper.res_model, paper.res_id, paper.mimetype, len(content), paper.checksum


def _write_csv(stream, columns, rows):
    """Write a table as Excel and the import read it: a mark for UTF-8, semicolons, no formulas."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    writer.writerow(columns)
    writer.writerows([escaped(cell) for cell in row] for row in rows)
    # The stream is its owner's to close.
    text.detach()
