"""Answers that hand out a file: as a download, kept by no browser, and never taken for a page."""

from odoo.http import content_disposition, request


def file_answer(content, mimetype, name):
    """Return ``content`` as a file of the name ``name``, which names no person."""
    return request.make_response(
        content,
        headers=[
            ("Content-Type", mimetype),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(name)),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
